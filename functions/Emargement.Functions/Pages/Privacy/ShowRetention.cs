using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Privacy;
using Emargement.Functions.Accounts;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Privacy.Disposal;
using Emargement.Web.Privacy;

namespace Emargement.Functions.Pages.Privacy;

/// <summary>Makes the retention page: terms, what is forgotten, holds.</summary>
public sealed class ShowRetention(TrackRetention track, AccountsTable accounts)
{
    public async Task<Result<RetentionModel>> RunAsync(Organisation organisation, Caller by, CancellationToken cancellation)
    {
        var tracked = await track.RunAsync(organisation, cancellation);
        var holds = new List<HoldModel>();
        foreach (var hold in tracked.Holds)
        {
            holds.Add(new HoldModel(
                hold.Id.ToString(),
                hold.Id.Scope,
                hold.Id.Target?.Value,
                hold.Reason,
                await NameAsync(organisation.Id, hold.By, cancellation),
                hold.At,
                hold.Until,
                hold.LiftAskedBy is { } asked ? await NameAsync(organisation.Id, asked, cancellation) : null,
                hold.LiftAskedBy != by.Id,
                !hold.IsOn(tracked.Today)));
        }

        return new RetentionModel(
            organisation.Id.Value, [.. tracked.Trainings.Select(t => Model(t, tracked.Today))], holds);
    }

    private static KeptModel Model(TrackedTraining tracked, DateOnly today) => new(
        tracked.Kept.Training.Title,
        tracked.Kept.Training.Ref.Value,
        tracked.Kept.LastDay,
        tracked.Kept.Funders,
        tracked.Kept.Learners.Count,
        tracked.Kept.Term.Rule,
        tracked.Kept.Term.Until,
        tracked.Kept.Term.IsOver(today),
        tracked.OnHold,
        tracked.Forgetting);

    private async Task<string> NameAsync(OrganisationId organisation, string by, CancellationToken cancellation) =>
        AccountId.TryParse(by, out var id) && await accounts.FindAsync(organisation, id, cancellation) is { Value: var account }
            ? account.DisplayName
            : by;
}
