using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Domain.Platform.Calendar;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Sheets.Blank;

/// <summary>Sheets to sign by hand, for a week or for a day.</summary>
public sealed class BlankSheetFunctions(OrganisationSettings organisations, PrintBlankSheet print, PublicAddress address)
{
    private const string Route = "api/organisations/{org}/groups/{training}/{group}/blank.pdf";

    /// <summary>The sheet of a group's week (?week=2026-W48) or day (?date=2026-11-23), to be printed and signed by hand.</summary>
    [Function("PrintBlankSheet")]
    [Access(Callers.Trainer | Callers.Manager | Callers.Machine, Right = "sessions")]
    [Audit(AuditKind.Export)]
    public async Task<IResult> Print(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route)] HttpRequest request, CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            await organisations.OfAsync(request, cancellation),
            organisation => Of(request).ThenAsync(asked => print.RunAsync(organisation, asked, request.Caller(), cancellation)),
            pdf => Results.Bytes(pdf, "application/pdf", "feuille-a-signer.pdf"));

    private Result<BlankAsked> Of(HttpRequest request)
    {
        if (!Reference.TryParseKey(request.RouteText("training"), out var training)
            || !Reference.TryParseKey(request.RouteText("group"), out var group))
        {
            return Refusal.NotFound("group-unknown");
        }

        var here = address.Of(request);
        return IsoWeek.TryParse(request.Query["week"], out var week)
                ? new BlankAsked(training, group.Value, week.Monday, week.Sunday, here)
            : CalendarDay.TryParse(request.Query["date"], out var day) ? new BlankAsked(training, group.Value, day, day, here)
            : Refusal.BadInput("date-invalid");
    }
}
