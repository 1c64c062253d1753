using Emargement.Domain.Absences;
using Emargement.Domain.Months;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Privacy;
using Emargement.Functions.Absences.Records;
using Emargement.Functions.Months.Records;
using Emargement.Functions.Privacy.Holds;

namespace Emargement.Functions.Privacy.Disposal;

/// <summary>
/// Deletes the documents of absences whose term is over, with what they told of somebody's health. What was decided, that a document was
/// seen and its hash stay. Done again, it finds nothing more.
/// </summary>
public sealed class ForgetJustifications(
    AbsencesTable absences, Justifications documents, MonthsTable months, LegalHoldsTable holds, TimeProvider time)
{
    /// <summary>An organisation's whose term may be over: a range, and a point read each.</summary>
    public async Task RunAsync(Organisation organisation, CancellationToken cancellation)
    {
        var today = organisation.Zone.DateAt(time.GetUtcNow());
        var held = new ActiveHolds(await holds.AllAsync(organisation.Id, cancellation), today);
        foreach (var absence in await absences.DueAsync(organisation.Id, today, cancellation))
        {
            if (AbsenceRules.KeptUntil(absence, await LockedOnAsync(organisation, absence, cancellation)) <= today
                && !held.KeepPerson(absence.Learner, []))
            {
                await ForgetAsync(organisation.Id, absence.Id, cancellation);
            }
        }
    }

    /// <summary>All of a person who asks to be erased: whatever nobody has decided is withdrawn first.</summary>
    public async Task OfPersonAsync(OrganisationId organisation, Reference learner, CancellationToken cancellation)
    {
        foreach (var absence in await absences.OfLearnerAsync(organisation, learner, cancellation))
        {
            await ForgetAsync(organisation, absence.Id, cancellation);
        }
    }

    // The documents first: what stopped on the way still says that they are there.
    private async Task ForgetAsync(OrganisationId organisation, AbsenceId id, CancellationToken cancellation)
    {
        while (await absences.FindAsync(organisation, id, cancellation) is { } read)
        {
            if (read.Value.Outcome is null)
            {
                await absences.TryReplaceAsync(
                    organisation, read, AbsenceRules.Withdraw(read.Value, time.GetUtcNow()).Value!, cancellation);
                continue;
            }

            await documents.DeleteAsync(organisation, id, cancellation);
            if (await absences.TryForgetAsync(organisation, read, AbsenceRules.Forget(read.Value), cancellation))
            {
                return;
            }
        }
    }

    private async Task<DateOnly?> LockedOnAsync(Organisation organisation, Absence absence, CancellationToken cancellation)
    {
        if (!absence.IsHealth || absence.Decision is null || absence.Span.Months.Any(m => !organisation.LockedMonths.Contains(m)))
        {
            return null;
        }

        var facts = await months.FactsAsync(organisation.Id, absence.Span.Months[^1], cancellation);
        return facts.LastOrDefault(f => f.Event == MonthEvent.Locked) is { } locked ? organisation.Zone.DateAt(locked.At) : null;
    }
}
