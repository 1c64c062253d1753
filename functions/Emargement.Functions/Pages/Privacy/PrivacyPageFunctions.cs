using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Privacy;
using Emargement.Web.Privacy;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Pages.Privacy;

/// <summary>The pages of personal data.</summary>
public sealed class PrivacyPageFunctions(OrganisationSettings organisations, ListRetention list)
{
    /// <summary><c>GET o/{org}/retention</c>: until when each training's proofs are kept.</summary>
    [Function("ShowRetentionPage")]
    [Access(Callers.Manager)]
    [Page]
    public async Task<IResult> ShowRetention(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "o/{org}/retention")] HttpRequest request,
        CancellationToken cancellation) =>
        await request.ShowAsync<RetentionPage, RetentionModel>(await organisations.OfAsync(request, cancellation), async organisation =>
        {
            var kept = await list.RunAsync(organisation, cancellation);
            return new RetentionModel([.. kept.Trainings.Select(k => new KeptModel(
                k.Training.Title, k.LastDay, k.Funders, k.Learners, k.Term.Rule, k.Term.Until, k.Term.IsOver(kept.Today)))]);
        });
}
