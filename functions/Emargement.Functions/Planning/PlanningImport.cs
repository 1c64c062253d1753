using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Planning;
using Emargement.Domain.Planning.Import;
using Emargement.Domain.Platform;
using Emargement.Functions.Planning.Reading;
using Emargement.Functions.Planning.Writing;
using Emargement.Functions.Sheets.Pdf;

namespace Emargement.Functions.Planning;

/// <summary>Imports a set of files into an organisation: reads all of it, compares, then writes. Importing the same files again changes nothing,
/// so an import that stopped in the middle is completed by importing again.</summary>
public sealed class PlanningImport(PeopleReader people, PeopleWriter writer, SessionChanges sessions, IPlanningFollower placements, TimeProvider time)
{
    /// <param name="dryRun">Report only.</param>
    /// <param name="force">Accept a planning with fewer than half of the Sessions it would replace.</param>
    /// <returns>The report, or <c>import-truncated</c>: nothing was written then.</returns>
    public async Task<Result<ImportReport>> RunAsync(Organisation organisation, ImportFiles files, bool dryRun, bool force, ImportCall call, CancellationToken cancellation)
    {
        var journal = files.Journal;
        var today = organisation.Zone.DateAt(time.GetUtcNow());
        var state = await people.ReadAsync(organisation.Id, files, cancellation);

        var trainings = new TrainingRows(journal);
        var trainers = new TrainerRows(journal);
        var learners = new LearnerRows(journal, r => trainings.Find(r) is not null || state.Trainings.ContainsKey(r), today);
        Each(files.Rows(ImportKind.Trainings), trainings.Add);
        Each(files.Rows(ImportKind.Trainers), trainers.Add);
        Each(files.Rows(ImportKind.Learners), learners.Add);
        WarnOfUndrawableNames(journal, trainers, learners);
        var changes = new PeopleChanges(state, trainings, trainers, learners);

        var groups = state.Enrolments.Keys.Concat(learners.Enrolments).Select(k => (k.Training, k.Group)).ToHashSet();
        var rows = new PlanningRows(journal, new PlanningContext(
            organisation,
            r => trainings.Find(r) ?? state.Trainings.GetValueOrDefault(r)?.Value,
            r => trainers.Has(r) || state.Trainers.ContainsKey(r),
            groups.Contains));
        Each(files.Rows(ImportKind.Planning), rows.Add);

        var diff = new PlanningDiff(rows.Sessions, rows.RefusedSlots);
        var company = new CompanyDays();
        var named = rows.Sessions.Select(s => s.TrainingRef).Concat(changes.CompanyTrainings).ToHashSet();
        var days = named.Select(r => DaysOf(r, trainings, state)).OfType<(DateOnly First, DateOnly Last)>().ToList();
        var months = days.SelectMany(d => YearMonth.Between(d.First, d.Last)).Concat(diff.Months(r => DaysOf(r, trainings, state))).Distinct().Order();
        await sessions.CompareAsync(organisation.Id, diff, company, months, cancellation);
        if (diff.LooksTruncated && !force)
        {
            return ImportRefusals.Truncated(rows.Sessions.Count + rows.RefusedSlots.Count, diff.Replaced);
        }

        rows.WarnOfOverlaps(diff.Others);
        var (allowed, blocked) = await sessions.SiftAsync(organisation, diff.Changes(), cancellation);
        if (!dryRun)
        {
            await writer.WriteAsync(organisation.Id, changes, cancellation);
            var shared = await writer.EnsureAccountsAsync(organisation.Id, trainers.Trainers, learners.Learners, cancellation);
            WarnOfSharedEmails(journal, shared, learners);
            var late = await sessions.WriteAsync(organisation, allowed, today, cancellation);
            allowed = [.. allowed.Except(late.Select(b => b.Change), ReferenceEqualityComparer.Instance).Cast<SessionChange>()];
            blocked = [.. blocked, .. late];
        }

        SessionReport.Write(journal, today, allowed, blocked);
        foreach (var change in allowed)
        {
            company.Apply(change);
        }

        var inCompany = days.Count == 0
            ? new ImportCounts()
            : await placements.RunAsync(
                new CompanyPlanning(organisation, company, changes.EnrolmentsAfter(named), days.Min(d => d.First), days.Max(d => d.Last), today),
                journal,
                learners.LineOf,
                dryRun,
                call,
                cancellation);
        var (lines, leftOut) = journal.Lines();
        return new ImportReport
        {
            DryRun = dryRun,
            Files = files.Descriptions,
            Actions = changes.Trainings.Counts(trainings.Read, journal.Rejected(ImportKind.Trainings)),
            Trainers = changes.Trainers.Counts(trainers.Read, journal.Rejected(ImportKind.Trainers)),
            Learners = changes.LearnerCounts(journal),
            Planning = SessionReport.Counts(rows, allowed, blocked, journal.Rejected(ImportKind.Planning)),
            Placements = inCompany,
            Changes = SessionReport.Changes(allowed),
            Lines = lines,
            LinesLeftOut = leftOut,
        };
    }

    private static void Each(IEnumerable<ImportRow> rows, Action<ImportRow> add)
    {
        foreach (var row in rows)
        {
            add(row);
        }
    }

    private static (DateOnly First, DateOnly Last)? DaysOf(Reference reference, TrainingRows trainings, PeopleState state)
    {
        // The stored dates too: a training that is shortened may leave Sessions beyond its new last day.
        var known = new[] { trainings.Find(reference), state.Trainings.GetValueOrDefault(reference)?.Value }.OfType<Training>().ToList();
        return known.Count == 0 ? null : (known.Min(t => t.FirstDay), known.Max(t => t.LastDay));
    }

    private static void WarnOfUndrawableNames(ImportJournal journal, TrainerRows trainers, LearnerRows learners)
    {
        void Check(ImportKind kind, Reference reference, int line, string name)
        {
            if (!DrawnText.CanDraw(name))
            {
                journal.Warn(kind, line, reference.Value, ImportCode.NameNotDrawable, ImportSentences.NameNotDrawable(name));
            }
        }

        foreach (var trainer in trainers.Trainers)
        {
            Check(ImportKind.Trainers, trainer.Ref, trainers.LineOf(trainer.Ref), $"{trainer.LastName} {trainer.FirstName}");
        }

        foreach (var learner in learners.Learners)
        {
            Check(ImportKind.Learners, learner.Ref, learners.LineOf(learner.Ref), $"{learner.LastName} {learner.FirstName}");
        }
    }

    private static void WarnOfSharedEmails(ImportJournal journal, IReadOnlyList<AccountId> shared, LearnerRows learners)
    {
        foreach (var account in shared.Where(a => a.Kind == AccountKind.Learner))
        {
            journal.Warn(ImportKind.Learners, learners.LineOf(account.Person), account.Person.Value, ImportCode.SharedEmail, ImportSentences.SharedEmail);
        }
    }
}
