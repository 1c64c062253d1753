using Emargement.Domain.People;
using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Domain.Platform.Calendar;
using Emargement.Domain.Sessions;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Http.Bodies;
using Emargement.Functions.Sessions;
using Emargement.Functions.Sessions.Paper;
using Emargement.Web.Platform;
using Emargement.Web.Sessions.Paper;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Pages.Sessions.Paper;

/// <summary>A group's week on paper: printed, scanned, entered by keyboard.</summary>
public sealed class PaperPageFunctions(
    OrganisationSettings organisations, ShowPaperWeek show, SheetScans scans, RecordSheet record, SealStarter seal, LargeBodies bodies)
{
    private const string Address = "o/{org}/paper/{training}/{group}/{week}";

    /// <summary>The week.</summary>
    [Function("ShowPaperWeekPage")]
    [Access(Callers.Manager)]
    [Page]
    public async Task<IResult> Show(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Address)] HttpRequest request, CancellationToken cancellation) =>
        await request.ShowAsync<PaperPage, PaperModel>(
            await organisations.OfAsync(request, cancellation),
            async organisation => (await ShownAsync(request, organisation, null, cancellation)).Then(
                shown => int.TryParse(request.Query["saved"], out var saved) && saved is > 0 and < 50
                    ? shown with { Saved = saved }
                    : shown));

    /// <summary>Keeps the scan of the week's sheet, then asks for what it says.</summary>
    [Function("UploadSheetScanByForm")]
    [Access(Callers.Manager, PerMinute = 20)]
    [Page(Of = Address)]
    public async Task<IResult> Scan(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Address + "/scan")] HttpRequest request,
        CancellationToken cancellation)
    {
        var organisation = await organisations.OfAsync(request, cancellation);
        var kept = await organisation.ThenAsync(found => Week(request).ThenAsync(
            week => KeepAsync(request, found.Id, week, cancellation)));
        return organisation.IsOk
            ? await request.AnswerAsync<string, PaperPage, PaperModel>(
                organisation.Value, kept, address => address, () => ShownAsync(request, organisation.Value, null, cancellation),
                (shown, why) => shown with { Returned = new ReturnedForm("scan", why, new Dictionary<string, string>()) })
            : await request.RefusalPageAsync(null, organisation.Refusal);
    }

    /// <summary>Records the half-days that were entered; the sheets are sealed in the background.</summary>
    [Function("RecordSheetsByForm")]
    [Access(Callers.Manager)]
    [OwnFacts]
    [Page]
    public Task<IResult> Enter(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Address)] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        PageForms.RunAsync(
            request,
            organisations.OfAsync(request, cancellation),
            (organisation, form) => EnterAsync(request, client, organisation, form, cancellation),
            cancellation);

    private async Task<Result<string>> KeepAsync(
        HttpRequest request, OrganisationId organisation, PaperWeek week, CancellationToken cancellation)
    {
        var body = await bodies.ReadFileAsync(request, "file", BodyLane.Known, ScanType.MaxBytes, cancellation);
        if (!body.IsOk)
        {
            return body.Refusal;
        }

        using var held = body.Value;
        var kept = await scans.StoreAsync(organisation, week.Training, week.Months, held.Bytes, cancellation);
        var day = request.Query["d"].FirstOrDefault();
        return kept.Then(scan => $"{week.Address(organisation)}?scan={scan}{(CalendarDay.TryParse(day, out _) ? $"&d={day}" : "")}#entry");
    }

    // Each half-day stands by itself: those that are refused are shown again with what was typed.
    private async Task<IResult> EnterAsync(
        HttpRequest request, DurableTaskClient client, Organisation organisation, FormFields form, CancellationToken cancellation)
    {
        var typed = PaperForms.Read(form);
        var refused = new List<(SessionId Session, Refusal Why)>();
        foreach (var one in typed.IsOk ? typed.Value : [])
        {
            var recorded = await one.Entry
                .ThenAsync(entry => record.RunAsync(organisation.Id, one.Session, entry, request.Caller(), cancellation))
                .ThenAsync(closed => seal.StartAsync(client, closed, cancellation));
            if (!recorded.IsOk)
            {
                refused.Add((one.Session, recorded.Refusal));
            }
        }

        var week = Week(request);
        return typed.IsOk && refused.Count == 0 && week.IsOk
            ? Results.Redirect($"{week.Value.Address(organisation.Id)}?scan={form.Text("scan")}&saved={typed.Value.Count}")
            : await request.ReturnAsync<PaperPage, PaperModel>(
                organisation,
                typed.Refusal ?? week.Refusal ?? refused[0].Why,
                ShownAsync(request, organisation, form.Text("scan"), cancellation),
                shown => Returned(request, shown, organisation, form, typed, refused));
    }

    private static PaperModel Returned(
        HttpRequest request,
        PaperModel shown,
        Organisation organisation,
        FormFields form,
        Result<IReadOnlyList<PaperTyped>> typed,
        List<(SessionId Session, Refusal Why)> refused)
    {
        var texts = request.Texts();
        var saved = typed.IsOk ? typed.Value.Count - refused.Count : 0;
        return shown with
        {
            Saved = saved > 0 ? saved : null,
            Returned = new ReturnedForm("entry", typed.IsOk ? "" : texts.Refusal(typed.Refusal, organisation.Zone), form.Typed),
            Refused =
            [
                .. refused.Select(
                    r => $"{texts.HalfDay(r.Session.Date, r.Session.HalfDay)} – {texts.Refusal(r.Why, organisation.Zone)}"),
            ],
        };
    }

    private Task<Result<PaperModel>> ShownAsync(
        HttpRequest request, Organisation organisation, string? scan, CancellationToken cancellation) =>
        Week(request).ThenAsync(week => show.RunAsync(
            organisation,
            new PaperAsked(
                week,
                scan ?? request.Query["scan"].FirstOrDefault(),
                CalendarDay.TryParse(request.Query["d"].FirstOrDefault(), out var day) ? day : null),
            cancellation));

    private static Result<PaperWeek> Week(HttpRequest request) =>
        !Reference.TryParseKey(request.RouteText("training"), out var training) ? Refusal.NotFound("training-unknown")
        : !Reference.TryParseKey(request.RouteText("group"), out var group) ? Refusal.NotFound("group-unknown")
        : IsoWeek.TryParse(request.RouteText("week"), out var week) ? new PaperWeek(training, group.Value, week)
        : Refusal.BadInput("date-invalid");
}
