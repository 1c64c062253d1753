using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Http.Bodies;
using Emargement.Functions.Statements;
using Emargement.Functions.Statements.Bulk;
using Emargement.Functions.Statements.Signing;
using Emargement.Web.Platform;
using Emargement.Web.Statements;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Pages.Statements;

/// <summary>Whole trainings' certificates and statements, and who signs certificates.</summary>
public sealed class StatementPageFunctions(
    OrganisationSettings organisations, ShowStatements show, StatementRuns runs, NameSignatory signatory)
{
    private const string Address = "o/{org}/statements";

    /// <summary>What can be issued, how far it is, and who signs.</summary>
    [Function("ShowStatementsPage")]
    [Access(Callers.Manager)]
    [Audit(AuditKind.Read)]
    [Page]
    public async Task<IResult> Show(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Address)] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        await request.ShowAsync<StatementsPage, StatementsModel>(
            await organisations.OfAsync(request, cancellation),
            async organisation => (await ShownAsync(request, client, organisation, Asked(request), null, cancellation)).Then(
                shown => shown with { Done = request.Query["done"] == "mark" ? "mark" : request.Query["done"] == "name" ? "name" : null }));

    /// <summary>Issues a training's statements, names who signs, or keeps that person's typed signature; then shows the page
    /// again.</summary>
    [Function("ChangeStatementsByForm")]
    [Access(Callers.Manager, PerMinute = 20)]
    [Page]
    public Task<IResult> Change(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Address)] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        PageForms.RunAsync(
            request,
            organisations.OfAsync(request, cancellation),
            (organisation, form) => ActAsync(request, client, organisation, form, cancellation),
            cancellation);

    private async Task<IResult> ActAsync(
        HttpRequest request, DurableTaskClient client, Organisation organisation, FormFields form, CancellationToken cancellation)
    {
        var (act, home) = (form.Text("act") ?? "issue", $"/o/{organisation.Id}/statements");
        var done = act switch
        {
            "name" => (await NameAsync(request, organisation, form, cancellation)).Then(_ => $"{home}?done=name"),
            "mark" => (await signatory.MarkAsync(
                organisation.Id, new SignatoryMarkBody(null, form.Text("typedName")), request.Caller(), cancellation))
                .Then(_ => $"{home}?done=mark"),
            _ => await StatementForms.Of(form).ThenAsync(async asked =>
                (await runs.StartAsync(client, organisation, asked, request.Caller(), cancellation)).Then(_ => home + Query(asked))),
        };
        return await request.AnswerAsync<string, StatementsPage, StatementsModel>(
            organisation,
            done,
            address => address,
            () => ShownAsync(request, client, organisation, null, act == "issue" ? StatementForms.Typed(form) : null, cancellation),
            (shown, why) => shown with { Returned = new ReturnedForm(act, why, form.Typed) });
    }

    private async Task<Result<SignatoryView>> NameAsync(
        HttpRequest request, Organisation organisation, FormFields form, CancellationToken cancellation) =>
        Reference.TryParse(form.Text("account"), out var account)
            ? await signatory.NameAsync(
                organisation.Id,
                new SignatoryBody(account, form.Text("name") ?? "", form.Text("capacity") ?? "", form.Text("place") ?? ""),
                request.Caller(),
                cancellation)
            : Refusal.NotFound("account-unknown");

    private async Task<Result<StatementsModel>> ShownAsync(
        HttpRequest request, DurableTaskClient client, Organisation organisation, TrainingStatements? asked, StatementAsked? typed,
        CancellationToken cancellation)
    {
        var run = asked is { } known
            ? new ShownRun(known, await StatementRuns.FindAsync(client, organisation.Id, known, cancellation))
            : null;
        return await show.RunAsync(organisation, request.Caller(), run, typed, request.Texts(), cancellation);
    }

    private static TrainingStatements? Asked(HttpRequest request) =>
        Reference.TryParse(request.Query["training"], out var training) && StatementRoute.Asked(request, training) is
        { IsOk: true, Value: var asked }
            ? asked
            : null;

    private static string Query(TrainingStatements asked)
    {
        var of = StatementForms.Of(asked);
        return $"?training={Uri.EscapeDataString(asked.Training.Value)}&kind={of.Kind}&first={of.First}&last={of.Last}";
    }
}
