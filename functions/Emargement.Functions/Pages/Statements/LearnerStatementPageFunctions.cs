using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Sealing;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Http.Bodies;
using Emargement.Functions.Statements;
using Emargement.Functions.Statements.Issuing;
using Emargement.Functions.Statements.Records;
using Emargement.Web.Platform;
using Emargement.Web.Statements;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Pages.Statements;

/// <summary>One learner's certificates and statements.</summary>
public sealed class LearnerStatementPageFunctions(OrganisationSettings organisations, ShowLearnerStatements show, IssueStatement issue)
{
    private const string Address = "o/{org}/people/learners/{learner}/statements";

    /// <summary>What was issued, and what can be.</summary>
    [Function("ShowLearnerStatementsPage")]
    [Access(Callers.Manager)]
    [Audit(AuditKind.Read)]
    [Page]
    public async Task<IResult> Show(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Address)] HttpRequest request, CancellationToken cancellation) =>
        await request.ShowAsync<LearnerStatementsPage, LearnerStatementsModel>(
            await organisations.OfAsync(request, cancellation),
            async organisation => (await ShownAsync(request, organisation, null, cancellation)).Then(
                shown => shown with { Issued = VerificationCode.TryParse(request.Query["issued"], out var code) ? $"{code}" : null }));

    /// <summary>Issues a statement, then shows the page again.</summary>
    [Function("IssueStatementByForm")]
    [Access(Callers.Manager, PerMinute = 60)]
    [Page]
    public Task<IResult> Issue(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Address)] HttpRequest request, CancellationToken cancellation) =>
        PageForms.RunAsync(
            request,
            organisations.OfAsync(request, cancellation),
            (organisation, form) => IssueAsync(request, organisation, form, cancellation),
            cancellation);

    private async Task<IResult> IssueAsync(
        HttpRequest request, Organisation organisation, FormFields form, CancellationToken cancellation)
    {
        var issued = await StatementRoute.Learner(request).ThenAsync(learner => StatementForms.Of(form)
            .ThenAsync(asked => issue.RunAsync(
                organisation, new StatementKey(asked.Training, learner, asked.Kind, asked.Span), request.Caller(), cancellation)));
        return await request.AnswerAsync<StatementRecord, LearnerStatementsPage, LearnerStatementsModel>(
            organisation,
            issued,
            made => $"/o/{organisation.Id}/people/learners/{made.Key.Learner.Key}/statements?issued={made.Code.Value}",
            () => ShownAsync(request, organisation, StatementForms.Typed(form), cancellation),
            (shown, why) => shown with { Returned = new ReturnedForm("issue", why, form.Typed) });
    }

    private Task<Result<LearnerStatementsModel>> ShownAsync(
        HttpRequest request, Organisation organisation, StatementAsked? typed, CancellationToken cancellation) =>
        StatementRoute.Learner(request).ThenAsync(learner => show.RunAsync(organisation, learner, typed, cancellation));
}
