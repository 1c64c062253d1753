using Emargement.Domain.People;
using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;

namespace Emargement.Functions.Placements;

/// <param name="LearnerName">First name and last name, with what tells two of one name apart; the reference when the learner is not known
/// any more.</param>
public sealed record PlacementLine(
    string Id,
    string Learner,
    string LearnerName,
    string Training,
    string Company,
    DateOnly FirstDay,
    DateOnly LastDay,
    PlacementProgress Progress);

public sealed record PlacementList(IReadOnlyList<PlacementLine> Items, string? Continuation);

/// <summary>The list of placements, as the workflow last saw them.</summary>
public sealed class ListPlacements(PlacementsTable placements, LearnersTable learners, TaughtGroups taught)
{
    public async Task<Result<PlacementList>> RunAsync(
        OrganisationId organisation, Caller caller, string? continuation, CancellationToken cancellation)
    {
        var (rows, next) = caller is { Kind: Callers.Learner, Person: { } own }
            ? (await placements.OfLearnerAsync(organisation, own, cancellation), null)
            : await PageAsync(organisation, caller, string.IsNullOrEmpty(continuation) ? null : continuation, cancellation);

        // A page names at most 200 learners, most of them once: they are read together.
        var known = await Task.WhenAll(
            rows.Select(r => r.Learner)
                .Distinct()
                .Select(async l => (Ref: l, Found: await learners.FindAsync(organisation, l, cancellation))));
        var apart = Namesakes.Of(
            known.Where(k => k.Found is not null)
                .Select(k => k.Found!.Value)
                .Select(l => new ListedPerson(l.Ref, l.LastName, l.FirstName, l.BirthDate)));
        var names = known.ToDictionary(
            k => k.Ref,
            k => k.Found is { Value: var l }
                ? Namesakes.Named($"{l.FirstName} {l.LastName}", apart.GetValueOrDefault(k.Ref))
                : k.Ref.Value);
        return new PlacementList(
            [
                .. rows.Select(
                    r => new PlacementLine(
                        r.Id.Value, r.Learner.Value, names[r.Learner], r.Training.Value, r.Company, r.FirstDay, r.LastDay, r.Progress)),
            ],
            next);
    }

    // A trainer's learners may all be on a later page: an empty one is no answer while there are more.
    private async Task<(IReadOnlyList<PlacementRow> Items, string? Next)> PageAsync(
        OrganisationId organisation, Caller caller, string? from, CancellationToken cancellation)
    {
        while (true)
        {
            var (all, next) = await placements.ListAsync(organisation, from, cancellation);
            var shown = caller.Kind == Callers.Trainer ? await OfTrainerAsync(organisation, caller, all, cancellation) : all;
            if (shown.Count > 0 || next is null)
            {
                return (shown, next);
            }

            from = next;
        }
    }

    private async Task<IReadOnlyList<PlacementRow>> OfTrainerAsync(
        OrganisationId organisation, Caller trainer, IReadOnlyList<PlacementRow> all, CancellationToken cancellation)
    {
        var theirs = new List<PlacementRow>();
        foreach (var row in all)
        {
            if (await taught.HoldAsync(organisation, row.Training, row.Group, trainer.Person, cancellation))
            {
                theirs.Add(row);
            }
        }

        return theirs;
    }
}
