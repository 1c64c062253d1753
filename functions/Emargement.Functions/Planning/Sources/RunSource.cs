using Emargement.Domain.People;
using Emargement.Domain.Planning.Sources;
using Emargement.Domain.Platform;
using Emargement.Functions.Planning.Reading;
using Emargement.Functions.Planning.Runs;
using Emargement.Functions.Platform.Mail;

namespace Emargement.Functions.Planning.Sources;

/// <summary>What a run of a source left to be done: what to wake, and the mails that tell of it.</summary>
/// <param name="Outcome">The import, or why there was none.</param>
public sealed record SourceRan(Result<Imported> Outcome, MailBatch? Mails);

/// <summary>Fetches from a source and imports what came, by night or at once; what became of it stays with the source.</summary>
public sealed class RunSource(
    PlanningSourcesTable sources,
    FetchSource fetch,
    KeptImport import,
    ImportRunsTable runs,
    SourceAlarm alarm,
    TimeProvider time)
{
    private const int Attempts = 5;

    /// <summary>Runs a source now.</summary>
    public async Task<Result<Imported>> RunAsync(
        Organisation organisation, string id, ImportWish wish, string by, CancellationToken cancellation)
    {
        var found = await sources.GetAsync(organisation.Id, id, cancellation);
        if (!found.IsOk)
        {
            return found.Refusal;
        }

        if (found.Value.Value.Kind == SourceKind.Push)
        {
            return SourceRefusals.NotFetched;
        }

        var run = ImportRunId.AtOnce(id, time.GetUtcNow());
        return (await RunAsync(organisation, found.Value.Value, run, null, wish, by, cancellation)).Outcome;
    }

    /// <summary>Runs a source for a night, once: a second call of the same night finds that it is over.</summary>
    /// <returns>Null when that night's run is over.</returns>
    public async Task<SourceRan?> OfNightAsync(
        Organisation organisation, PlanningSource source, DateOnly night, CancellationToken cancellation)
    {
        var run = ImportRunId.Night(source.Id, night);
        return source.Last.Night == $"{night:yyyy-MM-dd}"
            && await runs.FindAsync(organisation.Id, run, cancellation) is { Value.IsOver: true }
            ? null
            : await RunAsync(organisation, source, run, night, default, "system", cancellation);
    }

    private async Task<SourceRan> RunAsync(
        Organisation organisation, PlanningSource source, ImportRunId run, DateOnly? night, ImportWish wish, string by,
        CancellationToken cancellation)
    {
        var fetched = await SourceTarget.Of(source).ThenAsync(target => fetch.RunAsync(organisation, target, cancellation));
        using var came = fetched.Value;
        var wanted = wish with { FromSource = source.Id, Scope = came?.Scope, Remarks = came?.Remarks };
        var outcome = await import.RunAsync(organisation, run, fetched.Then(f => f.Files), wanted, by, cancellation);
        if (outcome.Refusal?.Code == ImportRefusals.RunningCode)
        {
            return new SourceRan(outcome, null);
        }

        var told = await TellAsync(organisation.Id, source, outcome, night, cancellation);
        await NoteAsync(organisation.Id, source.Id, last => After(last, run, outcome, night), cancellation);
        return new SourceRan(outcome, told);
    }

    // Queued before it is noted: what a cut leaves undone is done by the next try, and the slot keeps it to one mail a person.
    private async Task<MailBatch?> TellAsync(
        OrganisationId organisation, PlanningSource source, Result<Imported> outcome, DateOnly? night, CancellationToken cancellation)
    {
        return outcome.IsOk || night is not { } date || source.Last.FailedNights != SourceOutcome.NightsBeforeMail - 1
            ? null
            : await alarm.TellAsync(organisation, source.Id, $"failed-{date:yyyyMMdd}", cancellation);
    }

    private SourceOutcome After(SourceOutcome before, ImportRunId run, Result<Imported> outcome, DateOnly? night)
    {
        var date = night is { } known ? $"{known:yyyy-MM-dd}" : before.Night;
        var failed = outcome.IsOk ? 0 : before.FailedNights + (night is not null && before.Night != date ? 1 : 0);
        var planning = outcome.Value?.Report.Planning ?? new();
        return new SourceOutcome(
            run.ToString(), outcome.IsOk ? ImportRunState.Done : ImportRunState.Refused, time.GetUtcNow(), outcome.Refusal?.Code,
            outcome.Refusal?.Args, planning.Created, planning.Updated, planning.Cancelled, planning.Rejected, failed, date);
    }

    private async Task NoteAsync(
        OrganisationId organisation, string id, Func<SourceOutcome, SourceOutcome> after, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await sources.FindAsync(organisation, id, cancellation) is not { } read
                || await sources.ReplaceAsync(
                    organisation, read.Value with { Last = after(read.Value.Last) }, read.ETag, cancellation) is not null)
            {
                return;
            }
        }
    }
}
