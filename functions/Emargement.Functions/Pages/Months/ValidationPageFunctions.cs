using System.Globalization;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Months;
using Emargement.Functions.Months.Runs;
using Emargement.Functions.Months.Telling;
using Emargement.Functions.Months.Validation;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Http.Bodies;
using Emargement.Functions.Sessions.Marks;
using Emargement.Web.Months;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Pages.Months;

/// <summary>The page on which a month is accepted, validated, taken up again or closed, and its forms, which need no script.</summary>
public sealed class ValidationPageFunctions(
    OrganisationSettings organisations, ShowValidationPage show, AcceptAnomalies accept, ValidateMonth validate, WithdrawMonth withdraw,
    MonthRuns runs)
{
    private const string Route = "o/{org}/months/{month}/validation";

    /// <summary>What stands against validating a month, and the act itself.</summary>
    [Function("ShowValidationPage")]
    [Access(Callers.Manager)]
    [Page]
    public async Task<IResult> Show(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route)] HttpRequest request, CancellationToken cancellation) =>
        await request.ShowAsync<ValidationPage, ValidationModel>(
            await organisations.OfAsync(request, cancellation),
            organisation => ShownAsync(request, organisation, cancellation));

    /// <summary>Accepts, validates, takes up again or closes, as the form says.</summary>
    [Function("ChangeMonthByForm")]
    [Access(Callers.Manager, PerMinute = 60)]
    [Page]
    public Task<IResult> Change(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route)] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        PageForms.RunAsync(
            request,
            organisations.OfAsync(request, cancellation),
            async (organisation, form) =>
            {
                var done = await MonthRoute.Of(request).ThenAsync(month => ActAsync(
                    new Act(organisation, month, form, request.Caller()), client, cancellation));
                return done.IsOk
                    ? Results.Redirect($"{request.Path}?done={done.Value}")
                    : await RefusedAsync(request, organisation, form, done.Refusal, cancellation);
            },
            cancellation);

    private Task<Result<ValidationModel>> ShownAsync(
        HttpRequest request, Organisation organisation, CancellationToken cancellation) =>
        MonthRoute.Of(request).ThenAsync(month => show.RunAsync(organisation, month, request.Query, request.Texts(), cancellation));

    private Task<IResult> RefusedAsync(
        HttpRequest request, Organisation organisation, FormFields form, Refusal refusal, CancellationToken cancellation) =>
        request.ReturnAsync<ValidationPage, ValidationModel>(
            organisation,
            refusal,
            ShownAsync(request, organisation, cancellation),
            shown => shown with { Returned = request.Returned(form.Text("act") ?? "", form, refusal, organisation) });

    private Task<Result<string>> ActAsync(Act act, DurableTaskClient client, CancellationToken cancellation) => act.Form.Text("act") switch
    {
        "accept" => AcceptAsync(act, client, cancellation),
        "validate" => ValidateAsync(act, client, cancellation),
        "withdraw" => DoneAsync(
            withdraw.RunAsync(
                act.Organisation, act.Month, new MonthReason(act.Form.Text("reason") ?? ""), act.Caller, cancellation),
            "withdrawn"),
        "lock" => DoneAsync(
            withdraw.LockAsync(act.Organisation, act.Month, act.Caller, cancellation)
                .TellAsync(client, life => (act.Organisation.Id, life.Month), cancellation),
            "locked"),
        _ => Task.FromResult<Result<string>>(Refusal.BadInput("form-invalid")),
    };

    private async Task<Result<string>> AcceptAsync(Act act, DurableTaskClient client, CancellationToken cancellation)
    {
        var asked = new AcceptancesRequest(
            act.Form.Text("code") ?? "", ComputedAt(act.Form), act.Form.Text("reason") ?? "", All: true);
        var accepted = await accept.RunAsync(act.Organisation, act.Month, asked, act.Caller, cancellation);
        return await accepted.ThenAsync(_ => DoneAsync(
            runs.StartAsync(client, MonthRun.Of(act.Organisation.Id, act.Month), cancellation), "accepted"));
    }

    private async Task<Result<string>> ValidateAsync(Act act, DurableTaskClient client, CancellationToken cancellation)
    {
        var asked = new ValidationRequest(act.Form.Text("name") ?? "", ComputedAt(act.Form));
        var validated = await validate.RunAsync(act.Organisation, act.Month, asked, act.Caller, cancellation);
        return await validated.ThenAsync(life => DoneAsync(
            ValidationRuns.StartAsync(client, act.Organisation, life, act.Caller.Id, cancellation), "validated"));
    }

    private static async Task<Result<string>> DoneAsync<T>(Task<Result<T>> acting, string done)
    {
        var acted = await acting;
        return acted.IsOk ? done : acted.Refusal;
    }

    private static DateTimeOffset ComputedAt(FormFields form) => DateTimeOffset.TryParse(
        form.Text("computedAt"), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at) ? at : default;

    private sealed record Act(Organisation Organisation, YearMonth Month, FormFields Form, Caller Caller);
}
