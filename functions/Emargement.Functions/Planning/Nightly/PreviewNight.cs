using Emargement.Domain.People;
using Emargement.Domain.Planning.Import;
using Emargement.Domain.Platform;
using Emargement.Functions.Planning.Runs;

namespace Emargement.Functions.Planning.Nightly;

/// <summary>What tonight's import would do with the files that waited then; blob <c>{org}/next.json</c>, replaced by the next.</summary>
public sealed record KeptPreview(DateTimeOffset ComputedAt, IReadOnlyList<RunFile> Files, ImportReport Report);

/// <summary>Tonight's import before it happens.</summary>
/// <param name="At">When it will, UTC.</param>
/// <param name="Files">Names of the files that wait.</param>
/// <param name="Report">What it would do with just these files; null when that was not looked at yet.</param>
/// <param name="Conflicts">Rows that contradict what a person changed.</param>
public sealed record NightPreview(
    DateTimeOffset At, IReadOnlyList<string> Files, ImportReport? Report, int Conflicts, DateTimeOffset? ComputedAt);

/// <summary>Looks at tonight's import while there is time to settle what it says.</summary>
public sealed class PreviewNight(WaitingFiles waiting, ImportBlobs blobs, TimeProvider time)
{
    /// <summary>The files that wait, with the report on them if they are still those that were looked at.</summary>
    public async Task<Result<NightPreview>> ShowAsync(Organisation organisation, CancellationToken cancellation)
    {
        var files = await blobs.InboxAsync(organisation.Id, cancellation);
        var kept = await blobs.FindPreviewAsync<KeptPreview>(organisation.Id, cancellation);
        return Shown(organisation, files, kept is not null && kept.Files.SequenceEqual(files) ? kept : null);
    }

    /// <summary>Whether files wait that nobody has looked at: they came by themselves.</summary>
    public async Task<bool> IsOldAsync(OrganisationId organisation, CancellationToken cancellation)
    {
        var files = await blobs.InboxAsync(organisation, cancellation);
        return files.Count > 0
            && (await blobs.FindPreviewAsync<KeptPreview>(organisation, cancellation))?.Files.SequenceEqual(files) != true;
    }

    /// <summary>Reads the files that wait, and keeps what their import would do.</summary>
    public async Task<Result<NightPreview>> RunAsync(Organisation organisation, CancellationToken cancellation)
    {
        var files = await blobs.InboxAsync(organisation.Id, cancellation);
        if (files.Count == 0)
        {
            return Shown(organisation, files, null);
        }

        var imported = await waiting.RunAsync(organisation, files, new ImportWish(DryRun: true, Force: false), cancellation);
        var preview = new KeptPreview(time.GetUtcNow(), files, imported.Report);
        await blobs.KeepPreviewAsync(organisation.Id, preview, cancellation);
        return Shown(organisation, files, preview);
    }

    private NightPreview Shown(Organisation organisation, IReadOnlyList<RunFile> files, KeptPreview? kept) => new(
        NightSchedule.Next(organisation, time.GetUtcNow()),
        [.. files.Select(f => f.Name)],
        kept?.Report,
        kept?.Report.Lines.Count(l => l.Code == ImportCode.EditedByHand) ?? 0,
        kept?.ComputedAt);
}
