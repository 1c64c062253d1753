using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Planning;
using Emargement.Domain.Planning.Import;
using Emargement.Domain.Planning.Import.Rows;
using Emargement.Domain.Platform;
using Emargement.Functions.Planning.Mapping;
using Emargement.Functions.Planning.Reading;
using Emargement.Functions.Planning.Writing;
using Emargement.Functions.Platform.Storage;
using Emargement.Functions.Sealing.Pdf;

namespace Emargement.Functions.Planning;

/// <summary>Imports a set of files into an organisation: reads all of it, compares, then writes. Importing the same files again changes
/// nothing, so an import that stopped in the middle is completed by importing again.</summary>
public sealed class ImportPlanning(
    PeopleReader people,
    CalendarRulesTable rules,
    PeopleWriter writer,
    SessionChanges sessions,
    NoteConflicts notes,
    IPlanningFollower follower,
    TimeProvider time)
{
    /// <returns>The report, or <c>import-truncated</c>: nothing was written then.</returns>
    public async Task<Result<Imported>> RunAsync(
        Organisation organisation, ImportFiles files, ImportWish wish, CancellationToken cancellation)
    {
        var state = await people.ReadAsync(organisation.Id, files, cancellation);
        var mapping = files.Calendars.Count > 0 ? (await rules.GetAsync(organisation.Id, cancellation)).Value : [];
        var read = FilesRead.Of(organisation, files, state, mapping, time.GetUtcNow());
        foreach (var session in read.Planning.Sessions)
        {
            session.Source = wish.Source;
        }

        foreach (var (file, code, sentence) in wish.Remarks ?? [])
        {
            read.Journal.WarnFile(file, code, sentence);
        }

        var compared = await CompareAsync(read, wish, cancellation);
        if (compared.Diff.LooksTruncated && !wish.Force)
        {
            return ImportRefusals.Truncated(read.Planning.Sessions.Count + read.Planning.RefusedSlots.Count, compared.Diff.Replaced);
        }

        if (!wish.DryRun)
        {
            compared = await WriteAsync(read, compared, cancellation);
        }

        var followed = await FollowAsync(read, compared, wish, cancellation);
        var report = Report(read, compared, followed.Counts, files.Descriptions, wish.DryRun);
        return new Imported(organisation.Id, report, followed.ToWake, read.People);
    }

    private async Task<Comparison> CompareAsync(FilesRead read, ImportWish wish, CancellationToken cancellation)
    {
        var diff = new PlanningDiff(
            read.Planning.Sessions, read.Planning.RefusedSlots, read.Planning.CancelledSlots, read.Planning.AreOfCalendar, wish.Scope,
            wish.Source);
        var company = new CompanyDays();
        var named = read.Planning.Sessions.Select(s => s.TrainingRef).Concat(read.People.CompanyTrainings).ToHashSet();
        var days = named.Select(read.DaysOf).OfType<(DateOnly First, DateOnly Last)>().ToList();
        var months = await sessions.CompareAsync(read.Organisation.Id, diff, company, named, days, cancellation);

        var enrolments = read.People.EnrolmentsAfter();
        var changes = diff.Changes();
        read.Planning.WarnOfStrangers();
        new PlanningOverlaps(read.Journal, read.Planning.Sessions, diff.Others).Warn(enrolments);
        SessionReport.WarnOfDoubles(read.Journal, diff.ProbableDoubles(changes));
        var warnings = new PeopleWarnings(read.Journal, read.Learners);
        warnings.OfEnrolments(enrolments);
        warnings.OfNames(read.People.ChangedLearners(), read.People.LearnersAfter());
        read.People.WarnOfKept(read.Journal, read.Trainers);
        WarnOfUndrawableNames(read);

        var (allowed, blocked) = await sessions.SiftAsync(read.Organisation, changes, diff.Held(), cancellation);
        var placed = days.Count == 0 ? null : new CompanyPlanning(
            read.Organisation, company, [.. enrolments.Where(e => named.Contains(e.TrainingRef))], days.Min(d => d.First),
            days.Max(d => d.Last), read.Today);
        return new Comparison(diff, months, allowed, blocked, placed);
    }

    /// <returns>The comparison, without the changes that somebody's act in the meantime forbade.</returns>
    private async Task<Comparison> WriteAsync(FilesRead read, Comparison compared, CancellationToken cancellation)
    {
        await sessions.ArriveAsync(compared.Diff.Left, cancellation);
        await writer.WriteAsync(read.Organisation.Id, read.People, cancellation);
        foreach (var account in await writer.EnsureAccountsAsync(read.Organisation.Id, read.People, cancellation))
        {
            if (account.Kind == AccountKind.Learner)
            {
                read.Journal.Warn(
                    ImportKind.Learners, read.Learners.LineOf(account.Person), account.Person.Value, ImportCode.SharedEmail,
                    ImportSentences.SharedEmail);
            }
        }

        var late = await sessions.WriteAsync(read.Organisation, compared.Months, compared.Allowed, read.Today, cancellation);
        await notes.RunAsync(read.Organisation.Id, SessionReport.Conflicts(compared.Blocked), compared.Diff.Asked, cancellation);
        var stopped = late.Select(b => b.Change).ToHashSet(ReferenceEqualityComparer.Instance);
        return compared with { Allowed = [.. compared.Allowed.Where(c => !stopped.Contains(c))], Blocked = [.. compared.Blocked, .. late] };
    }

    private static void WarnOfUndrawableNames(FilesRead read)
    {
        void Check(ImportKind kind, Reference reference, int line, string name)
        {
            if (!DrawnText.CanDraw(name))
            {
                read.Journal.Warn(kind, line, reference.Value, ImportCode.NameNotDrawable, ImportSentences.NameNotDrawable(name));
            }
        }

        foreach (var trainer in read.Trainers.Trainers)
        {
            Check(ImportKind.Trainers, trainer.Ref, read.Trainers.LineOf(trainer.Ref), $"{trainer.LastName} {trainer.FirstName}");
        }

        foreach (var learner in read.Learners.Learners)
        {
            Check(ImportKind.Learners, learner.Ref, read.Learners.LineOf(learner.Ref), $"{learner.LastName} {learner.FirstName}");
        }
    }

    private async Task<Followed> FollowAsync(
        FilesRead read, Comparison compared, ImportWish wish, CancellationToken cancellation)
    {
        if (compared.Company is not { } company)
        {
            return new Followed(new ImportCounts(), []);
        }

        foreach (var change in compared.Allowed)
        {
            company.Days.Apply(change);
        }

        return await follower.RunAsync(company, read.Journal, read.Learners.LineOf, wish, cancellation);
    }

    private static ImportReport Report(
        FilesRead read, Comparison compared, ImportCounts inCompany, IReadOnlyList<ImportedFile> files, bool dryRun)
    {
        SessionReport.Write(read.Journal, read.Today, compared.Allowed, compared.Blocked);
        var (lines, leftOut) = read.Journal.Lines();
        return new ImportReport
        {
            DryRun = dryRun,
            Files = files,
            Actions = read.People.Trainings.Counts(read.Trainings.Read, read.Journal.Rejected(ImportKind.Trainings)),
            Trainers = read.People.Trainers.Counts(read.Trainers.Read, read.Journal.Rejected(ImportKind.Trainers)),
            Learners = read.People.LearnerCounts(read.Journal),
            Planning = SessionReport.Counts(read.Planning, compared.Allowed, compared.Blocked, read.Journal.Rejected(ImportKind.Planning)),
            Placements = inCompany,
            Changes = SessionReport.Changes(compared.Allowed),
            Conflicts = [.. SessionReport.Conflicts(compared.Blocked).Take(SlotConflict.Most)],
            Lines = lines,
            LinesLeftOut = leftOut,
        };
    }

    /// <summary>What the files ask for beside what is stored.</summary>
    /// <param name="Months">What the months hold that were read.</param>
    /// <param name="Company">What becomes of placements; null when no training is named.</param>
    private sealed record Comparison(
        PlanningDiff Diff,
        IReadOnlyDictionary<YearMonth, Stored<MonthContent>> Months,
        IReadOnlyList<SessionChange> Allowed,
        IReadOnlyList<BlockedChange> Blocked,
        CompanyPlanning? Company);
}
