using Emargement.Domain.Platform;
using Emargement.Domain.Privacy;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Privacy.Disposal;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Privacy;

/// <param name="LastDay">The last day of anybody in the training.</param>
/// <param name="Until">The last day on which its proofs are kept.</param>
/// <param name="Over">Whether that day has passed.</param>
/// <param name="OnHold">Whether a legal hold keeps it past that day.</param>
/// <param name="Forgetting">What was reported, and what is gone; none before the first monthly look after that day.</param>
public sealed record RetentionView(
    Reference Training,
    string Title,
    DateOnly LastDay,
    IReadOnlyList<string> Funders,
    int Learners,
    RetentionRule Rule,
    DateOnly Until,
    bool Over,
    bool OnHold,
    ForgettingView? Forgetting)
{
    public static RetentionView Of(TrackedTraining tracked, DateOnly today) => Of(tracked.Kept, tracked, today);

    private static RetentionView Of(KeptTraining kept, TrackedTraining tracked, DateOnly today) => new(
        kept.Training.Ref,
        kept.Training.Title,
        kept.LastDay,
        kept.Funders,
        kept.Learners.Count,
        kept.Term.Rule,
        kept.Term.Until,
        kept.Term.IsOver(today),
        tracked.OnHold,
        tracked.Forgetting is { } forgetting ? ForgettingView.Of(forgetting) : null);
}

/// <param name="AnnouncedOn">When it was reported.</param>
/// <param name="GoesFrom">The first day on which the monthly run deletes it.</param>
/// <param name="Step">How far it is: <c>announced</c>, then what is gone.</param>
/// <param name="Sessions">Half-days.</param>
/// <param name="People">Learners whose names go: they are in nothing else that is kept.</param>
/// <param name="Documents">Sealed documents and evidence that were deleted.</param>
/// <param name="KeptByStore">Those whose immutability still runs: the next run asks again.</param>
public sealed record ForgettingView(
    DateOnly AnnouncedOn, DateOnly GoesFrom, ForgettingStep Step, int Sessions, int People, int Documents, int KeptByStore, bool Done)
{
    public static ForgettingView Of(Forgetting f) => new(
        f.Announced, f.Announced.AddDays(Forgetting.NoticeDays), f.Step, f.Sessions, f.People, f.Documents, f.KeptByStore, f.IsDone);
}

/// <summary>How long proofs are kept.</summary>
public sealed class RetentionFunctions(OrganisationSettings organisations, TrackRetention list)
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
        return ApiJson.Ok(kept.Trainings.Select(t => RetentionView.Of(t, kept.Today)));
    }
}
