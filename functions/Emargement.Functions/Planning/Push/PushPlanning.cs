using Azure;
using Emargement.Domain.People;
using Emargement.Domain.Planning;
using Emargement.Domain.Planning.Import;
using Emargement.Domain.Platform;
using Emargement.Functions.Planning.Reading;
using Emargement.Functions.Planning.Runs;
using Emargement.Functions.Planning.Sources;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Planning.Push;

/// <summary>How something is pushed.</summary>
/// <param name="Source">The name that the sending system gives itself; null for the one source without a name.</param>
/// <param name="IfMatch">What was pushed last, as the sender knows it; null to push whatever was.</param>
/// <param name="By">Whose key it is.</param>
public sealed record PushWish(string? Source, ETag? IfMatch, string? Address, string By);

/// <summary>Takes what a system pushes, at once: the same rows, checks and writes as a file's. Pushing again changes nothing, an older
/// revision never overwrites a newer one, and nothing is cancelled that is not named.</summary>
public sealed class PushPlanning(
    PushSources sources, PlanningPushesTable pushes, ImportPlanning import, ImportLeases leases, KeepPushReport reports, TimeProvider time)
{
    // A push waits while another import of the organisation runs, as long as a caller's patience lasts.
    private const int Tries = 20;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <returns>What became of everything, or why nothing of it was read: <c>push-too-many</c>, <c>body-invalid</c>,
    /// <c>push-source-invalid</c>, <c>source-paused</c>, <c>import-running</c>.</returns>
    public async Task<Result<Pushed>> RunAsync(
        Organisation organisation, PushBatch batch, PushWish wish, CancellationToken cancellation)
    {
        var items = PushItem.Of(batch);
        return items.IsOk ? await RunAsync(organisation, items.Value, wish, true, cancellation) : items.Refusal;
    }

    /// <returns>What became of it, or why it was refused: also the codes of a row, <c>push-changed</c>, <c>revision-older</c>.</returns>
    public async Task<Result<Pushed>> RunAsync(Organisation organisation, PushItem item, PushWish wish, CancellationToken cancellation)
    {
        var pushed = await RunAsync(organisation, [item], wish, false, cancellation);
        return pushed is { IsOk: true, Value.Answer.Items: [{ Outcome: PushOutcome.Rejected } refused] }
            ? PushRefusals.Of(refused.Remarks.First(r => r.Severity == ImportSeverity.Error))
            : pushed;
    }

    private async Task<Result<Pushed>> RunAsync(
        Organisation organisation, IReadOnlyList<PushItem> items, PushWish wish, bool isBatch, CancellationToken cancellation)
    {
        var name = PushSources.NameOf(wish.Source);
        if (!name.IsOk)
        {
            return name.Refusal;
        }

        for (var left = Tries; ; left--)
        {
            var run = ImportRunId.Push(PushSources.IdOf(name.Value), time.GetUtcNow());
            var pushed = await leases.RunAsync(
                organisation.Id,
                run,
                async (dead, token) =>
                {
                    await reports.EndDeadAsync(organisation.Id, dead, token);
                    var source = await sources.OpenAsync(organisation, name.Value, wish.By, token);
                    return source.IsOk ? await PushAsync(organisation, source.Value, items, wish, run, isBatch, token) : source.Refusal;
                },
                cancellation);
            if (pushed.Refusal?.Code != ImportRefusals.RunningCode || left == 0)
            {
                return pushed;
            }

            await Task.Delay(Pause, time, cancellation);
        }
    }

    private async Task<Result<Pushed>> PushAsync(
        Organisation organisation, Stored<PlanningSource> source, IReadOnlyList<PushItem> items, PushWish wish, ImportRunId run,
        bool isBatch, CancellationToken cancellation)
    {
        var kept = await pushes.FindAsync(organisation.Id, source.Value.Id, items, cancellation);
        if (wish.IfMatch is { } match && (!kept.TryGetValue((items[0].Kind, items[0].Ref), out var known)
            || match != ETagOf(known.Value.Version)))
        {
            return PushRefusals.Changed;
        }

        var judged = Judge(items, kept);
        var taken = judged.Where(j => j.Refused is null).Select(j => j.Item).ToList();
        if (!await KeepAsync(organisation.Id, source.Value.Id, taken, kept, cancellation))
        {
            return ImportRefusals.Running(run.ToString());
        }

        var rows = new PushedRows(taken, i => kept.GetValueOrDefault((i.Kind, i.Ref))?.Value.Date);
        Imported? imported = null;
        if (!rows.IsEmpty)
        {
            var wanted = new ImportWish(false, false, wish.Address, source.Value.Id, PlanningScope.Named);
            var done = await import.RunAsync(organisation, rows.Files(), wanted, cancellation);
            if (!done.IsOk)
            {
                return done.Refusal;
            }

            imported = done.Value;
        }

        var outcomes = new PushOutcomes(rows, imported);
        var answers = judged.Select(j => outcomes.Of(j.Item, j.Refused)).ToList();
        var reported = await reports.RunAsync(organisation.Id, run, wish.By, answers, imported, isBatch, cancellation);
        await sources.NoteAsync(organisation, source, answers, reported ? run : null, cancellation);
        return new Pushed(
            new PushAnswer(source.Value.Id, reported ? run.ToString() : null, answers, outcomes.OfNothing), imported);
    }

    /// <summary>The ETag of what was pushed.</summary>
    public static ETag ETagOf(string version) => new($"\"{version}\"");

    private static List<(PushItem Item, PushRemark? Refused)> Judge(
        IReadOnlyList<PushItem> items, IReadOnlyDictionary<(PushKind Kind, Reference Ref), Stored<KeptPush>> kept)
    {
        var seen = new HashSet<(PushKind, Reference)>();
        return [.. items.Select(item =>
        {
            var before = kept.GetValueOrDefault((item.Kind, item.Ref))?.Value;
            var (code, sentence) = !seen.Add((item.Kind, item.Ref)) ? (ImportCode.DuplicateInFile, PushSentences.Twice)
                : item.Revision < before?.Revision || (item.Revision is null && before?.Revision is not null)
                    ? (PushRefusals.OlderCode, PushSentences.Older(before.Revision.Value))
                : item.Cancels && before is null ? (PushRefusals.UnknownCode, PushSentences.Unknown)
                : item.LacksPeriods ? (ImportCode.MissingValue, ImportSentences.Missing("periodes"))
                : default;
            return (item, code is null ? null : new PushRemark(code, ImportSeverity.Error, $"{item.Ref} : {sentence}"));
        })];
    }

    // Kept before anything is written: whatever comes late afterwards is older, also when this process dies on the way.
    private Task<bool> KeepAsync(
        OrganisationId organisation, string source, IEnumerable<PushItem> taken,
        IReadOnlyDictionary<(PushKind Kind, Reference Ref), Stored<KeptPush>> kept, CancellationToken cancellation) => pushes.TryWriteAsync(
        organisation,
        source,
        [.. taken.Select(item => (Item: item, Before: kept.GetValueOrDefault((item.Kind, item.Ref))))
            .Where(p => p.Before?.Value.Version != p.Item.Version)
            .Select(p => (
                p.Item,
                new KeptPush(p.Item.Version, p.Item.Revision, DateOf(p.Item) ?? p.Before?.Value.Date),
                p.Before?.ETag ?? default))],
        cancellation);

    private static string? DateOf(PushItem item) =>
        item.Kind == PushKind.Sessions && item.Cells.FirstOrDefault(c => c.Key == "date") is { Key: not null, Value: var date }
            && PlanningText.TryParseDate(date, out _)
            ? date
            : null;
}
