using System.Collections.Concurrent;
using Emargement.Domain.People;
using Emargement.Domain.Placements;
using Emargement.Domain.Placements.Import;
using Emargement.Domain.Planning.Import;
using Emargement.Domain.Platform;
using Emargement.Functions.Placements.Terms;
using Emargement.Functions.Placements.Workflow;
using Emargement.Functions.Planning;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Placements.Import;

/// <summary>Brings placements up to what a planning import says: one query of the list, and calls only for placements that are new or asked
/// for otherwise than before.</summary>
public sealed class FollowPlanning(
    PlacementsTable placements,
    PlacementFactsTable facts,
    PlacementFiles files,
    BeginPlacement begin,
    PlacementWaker waker,
    TimeProvider time)
    : IPlanningFollower
{
    private const int Parallelism = 4;
    private const int Attempts = 5;

    public async Task<Followed> RunAsync(
        CompanyPlanning planning, ImportJournal journal, Func<Reference, int> lineOf, ImportWish wish, CancellationToken cancellation)
    {
        var wanted = Wanted(planning, journal, lineOf);
        var trainings = planning.Enrolments.Select(e => e.TrainingRef).ToHashSet();
        var known = await placements.BetweenAsync(planning.Organisation.Id, planning.First, planning.Last, cancellation)
            .Where(r => trainings.Contains(r.Training))
            .Select(Known)
            .ToListAsync(cancellation);
        var outcomes = new ConcurrentBag<Outcome>();
        await Parallel.ForEachAsync(
            PlacementImport.Pair(wanted, known),
            new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellation },
            async (pair, token) => outcomes.Add(await ApplyAsync(planning, pair.Wanted, pair.Known, wish, token)));
        foreach (var kept in outcomes.Where(o => o.Kept is not null).OrderBy(o => o.Learner))
        {
            journal.Warn(
                ImportKind.Learners,
                lineOf(kept.Learner),
                kept.Learner.Value,
                ImportCode.PlacementKept,
                ImportSentences.PlacementKept(kept.Company, kept.Kept!.Code));
        }

        var counts = new ImportCounts
        {
            Read = wanted.Count,
            Created = outcomes.Count(o => o.What == Change.Created),
            Updated = outcomes.Count(o => o.What == Change.Updated),
            Cancelled = outcomes.Count(o => o.What == Change.Cancelled),
            Unchanged = outcomes.Count(o => o.What == Change.None),
            Rejected = outcomes.Count(o => o.Kept is not null),
        };
        return new Followed(counts, [.. outcomes.Select(o => o.ToWake?.Value).OfType<string>()]);
    }

    public Task WakeAsync(DurableTaskClient client, Imported imported, CancellationToken cancellation) => Parallel.ForEachAsync(
        imported.ToWake.Select(PlacementId.Parse),
        new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellation },
        async (placement, token) => await waker.WakeAsync(client, imported.Organisation, placement, token));

    private static KnownPlacement Known(PlacementRow r) =>
        new(
            r.Id,
            r.Learner,
            r.Training,
            r.Group,
            r.Company,
            r.FirstDay,
            r.LastDay,
            r.Progress.State == PlacementProgressState.Cancelled,
            r.FileHash);

    private static List<WantedPlacement> Wanted(CompanyPlanning planning, ImportJournal journal, Func<Reference, int> lineOf)
    {
        var rhythm = planning.Organisation.PlacementsMonthly ? ValidationRhythm.Monthly : ValidationRhythm.AtEnd;
        var days = planning.Days.ByGroup();
        var wanted = new List<WantedPlacement>();
        foreach (var enrolment in planning.Enrolments)
        {
            var planned = days[(enrolment.TrainingRef, enrolment.Group)].ToList();
            foreach (var period in enrolment.Periods)
            {
                if (PlacementImport.TermsOf(period, planned, rhythm) is { } terms)
                {
                    wanted.Add(new WantedPlacement(enrolment.LearnerRef, enrolment.TrainingRef, enrolment.Group, terms));
                }
                else if (PlacementImport.LacksTutor(period, planned))
                {
                    journal.Warn(
                        ImportKind.Learners,
                        lineOf(enrolment.LearnerRef),
                        enrolment.LearnerRef.Value,
                        ImportCode.PlacementWithoutTutor,
                        ImportSentences.PlacementWithoutTutor);
                }
            }
        }

        return wanted;
    }

    private async Task<Outcome> ApplyAsync(
        CompanyPlanning planning, WantedPlacement? wanted, KnownPlacement? known, ImportWish wish, CancellationToken cancellation)
    {
        var organisation = planning.Organisation.Id;
        if (known is null)
        {
            return await CreateAsync(organisation, wanted!, wish, cancellation);
        }

        var outcome = new Outcome(known.Learner, known.Company);
        if (wanted is not null && known.FileHash == PlacementImport.HashOf(wanted.Terms))
        {
            return outcome;
        }

        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var file = await files.ReadAsync(organisation, known.Id, cancellation);
            if (!file.IsOk)
            {
                return outcome;
            }

            var change = wanted is null
                ? PlacementImport.Withdraw(file.Value.State, time.GetUtcNow())
                : PlacementImport.Update(file.Value.State, wanted.Terms, planning.Today, time.GetUtcNow());
            if (!change.IsOk)
            {
                return outcome with { Kept = change.Refusal };
            }

            var what = change.Value.Count == 0 ? Change.None : wanted is null ? Change.Cancelled : Change.Updated;
            if (wish.DryRun)
            {
                return outcome with { What = what };
            }

            if (change.Value.Count == 0
                || await facts.TryInsertAsync(organisation, known.Id, [.. change.Value.Select(f => new NewPlacementFact(f))], cancellation))
            {
                // Also without a change: an earlier import may have been cut short between its fact and this.
                return outcome with { What = what, ToWake = known.Id };
            }
        }

        throw new InvalidOperationException($"Placement {known.Id} kept changing while it was imported.");
    }

    private async Task<Outcome> CreateAsync(
        OrganisationId organisation, WantedPlacement wanted, ImportWish wish, CancellationToken cancellation)
    {
        var outcome = new Outcome(wanted.Learner, wanted.Terms.Company) { What = Change.Created };
        if (wanted.Terms.Check() is { } wrong)
        {
            return outcome with { What = Change.None, Kept = wrong };
        }

        if (!wish.DryRun)
        {
            var planned = new Planned
            {
                At = time.GetUtcNow(),
                By = PlacementImport.By,
                Version = 0,
                Organisation = organisation,
                Learner = wanted.Learner,
                Training = wanted.Training,
                Group = wanted.Group,
                Terms = wanted.Terms,
                FileHash = PlacementImport.HashOf(wanted.Terms),
            };
            if (await begin.RunAsync(planned, wish.Address, cancellation) is { IsOk: true, Value: var file })
            {
                return outcome with { ToWake = file.Id };
            }
        }

        return outcome;
    }

    private enum Change
    {
        None,
        Created,
        Updated,
        Cancelled,
    }

    private sealed record Outcome(Reference Learner, string Company)
    {
        public Change What { get; init; }

        /// <summary>Why it stays as it is.</summary>
        public Refusal? Kept { get; init; }

        public PlacementId? ToWake { get; init; }
    }
}
