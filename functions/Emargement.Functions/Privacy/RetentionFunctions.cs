using Emargement.Domain.Platform;
using Emargement.Domain.Privacy;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Privacy;

/// <param name="LastDay">The last day of anybody in the training.</param>
/// <param name="Until">The last day on which its proofs are kept.</param>
/// <param name="Over">Whether that day has passed.</param>
public sealed record RetentionView(
    Reference Training,
    string Title,
    DateOnly LastDay,
    IReadOnlyList<string> Funders,
    int Learners,
    RetentionRule Rule,
    DateOnly Until,
    bool Over)
{
    public static RetentionView Of(KeptTraining kept, DateOnly today) => new(
        kept.Training.Ref,
        kept.Training.Title,
        kept.LastDay,
        kept.Funders,
        kept.Learners,
        kept.Term.Rule,
        kept.Term.Until,
        kept.Term.IsOver(today));
}

/// <summary>How long proofs are kept.</summary>
public sealed class RetentionFunctions(OrganisationSettings organisations, ListRetention list)
{
    /// <summary>Until when each training's proofs are kept, and by which rule.</summary>
    [Function("ListRetention")]
    [Access(Callers.Manager, PerMinute = 20)]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/organisations/{org}/retention")] HttpRequest request,
        CancellationToken cancellation)
    {
        var organisation = await organisations.OfAsync(request, cancellation);
        if (!organisation.IsOk)
        {
            return Problem.From(organisation.Refusal);
        }

        var kept = await list.RunAsync(organisation.Value, cancellation);
        return ApiJson.Ok(kept.Trainings.Select(k => RetentionView.Of(k, kept.Today)));
    }
}
