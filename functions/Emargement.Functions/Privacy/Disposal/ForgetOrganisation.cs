using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Privacy;
using Emargement.Functions.Accounts.Erasure;
using Emargement.Functions.Months.Records;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Storage;
using Emargement.Functions.Privacy.Erasure;
using Emargement.Functions.Privacy.Holds;

namespace Emargement.Functions.Privacy.Disposal;

/// <summary>
/// A month's look at what an organisation keeps. A training whose term is over is reported first; a month later, unless it is held, it is
/// forgotten. Then go the names of trainers who were erased, and of months that nothing kept needs the audit and the name of who validated.
/// </summary>
public sealed class ForgetOrganisation(
    ListRetention retention,
    LegalHoldsTable holds,
    ForgettingsTable forgettings,
    ForgetProofs proofs,
    ForgetTraining training,
    ErasuresTable erasures,
    ForgetContacts contacts,
    AuditTable audit,
    MonthsTable months)
{
    /// <returns>How many trainings were reported or taken further.</returns>
    public async Task<int> RunAsync(Organisation organisation, CancellationToken cancellation)
    {
        var kept = await retention.RunAsync(organisation, cancellation);
        var held = await HeldAsync(organisation.Id, kept, cancellation);
        var known = await forgettings.AllAsync(organisation.Id, cancellation);
        var moved = 0;
        foreach (var over in kept.Trainings.Where(t => t.Term.IsOver(kept.Today) && !held.Keep(t.Training.Ref, t.Learners)).ToList())
        {
            var stored = known.GetValueOrDefault(over.Training.Ref);
            if (stored is { Value.IsDone: true } || (stored is not null && !stored.Value.IsDue(kept.Today)))
            {
                continue;
            }

            // Forgetting takes minutes: one that was placed meanwhile counts.
            held = await HeldAsync(organisation.Id, kept, cancellation);
            if (held.Keep(over.Training.Ref, over.Learners))
            {
                continue;
            }

            var gone = Gone(over, kept, held);
            moved++;
            await (stored is null
                ? ReportAsync(organisation.Id, over, gone, kept.Today, cancellation)
                : training.RunAsync(organisation, over, stored, gone, kept.Today, cancellation));
        }

        var left = await LeftAsync(organisation.Id, kept, cancellation);
        if (!(await HeldAsync(organisation.Id, kept, cancellation)).Any)
        {
            await ForgetTrainersAsync(organisation.Id, left, cancellation);
            await ForgetAuditAsync(organisation.Id, left, kept.Today, cancellation);
        }

        return moved;
    }

    private async Task<ActiveHolds> HeldAsync(OrganisationId organisation, KeptTrainings kept, CancellationToken cancellation) =>
        new(await holds.AllAsync(organisation, cancellation), kept.Today);

    private async Task ReportAsync(
        OrganisationId organisation, KeptTraining over, List<Reference> gone, DateOnly today, CancellationToken cancellation)
    {
        var sessions = await proofs.CountAsync(organisation, over.Training, over.LastDay, cancellation);
        var report = new Forgetting(over.Training.Ref, today, ForgettingStep.Announced, null, sessions, gone.Count);
        await forgettings.TryWriteAsync(organisation, null, report, cancellation);
    }

    // Nobody is forgotten who is in another training that is kept, or held.
    private static List<Reference> Gone(KeptTraining over, KeptTrainings kept, ActiveHolds held)
    {
        var needed = kept.Trainings
            .Where(t => !t.Term.IsOver(kept.Today) || held.Keep(t.Training.Ref, t.Learners))
            .SelectMany(t => t.Learners)
            .ToHashSet();
        return [.. over.Learners.Where(l => !needed.Contains(l))];
    }

    /// <returns>The first day of anything that is not forgotten yet; null when nothing is left.</returns>
    private async Task<DateOnly?> LeftAsync(OrganisationId organisation, KeptTrainings kept, CancellationToken cancellation)
    {
        var known = await forgettings.AllAsync(organisation, cancellation);
        var left = kept.Trainings.Where(t => known.GetValueOrDefault(t.Training.Ref) is not { Value.IsDone: true }).ToList();
        return left.Count == 0 ? null : left.Min(t => t.Training.FirstDay);
    }

    // A trainer's half-days may be in any training that began before they left.
    private async Task ForgetTrainersAsync(OrganisationId organisation, DateOnly? left, CancellationToken cancellation)
    {
        foreach (var trainer in await erasures.AllAsync(organisation, cancellation))
        {
            if (trainer is { Names: false, Id.Kind: AccountKind.Trainer } && (left is null || left > trainer.On))
            {
                await erasures.NoteAsync(organisation, trainer with { Names = true }, cancellation);
                await contacts.ForgetNamesAsync(organisation, trainer.Id, cancellation);
            }
        }
    }

    private async Task ForgetAuditAsync(OrganisationId organisation, DateOnly? left, DateOnly today, CancellationToken cancellation)
    {
        var usual = today.AddYears(-Retention.UsualYears);
        var before = YearMonth.Of(left is { } first && first < usual ? first : usual);
        while (await audit.OldestMonthAsync(organisation.Value, cancellation) is { } month && month.CompareTo(before) < 0)
        {
            await audit.ForgetAsync(organisation.Value, month, cancellation);
        }

        await months.ForgetNamesAsync(organisation, before, cancellation);
    }
}
