using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Emargement.Domain.Planning.Import;
using Emargement.Domain.Platform;
using Emargement.Functions.Planning.Reading;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Planning.Runs;

/// <summary>
/// Container <c>imports</c>: <c>{org}/inbox/</c> where other systems drop files, <c>{org}/done/{date}/</c> and
/// <c>{org}/failed/{date}/</c> where they go with their report, <c>{org}/uploads/{run}/</c> the files of uploads,
/// <c>{org}/reports/{run}.json</c> every report, <c>{org}/next.json</c> what tonight's import would do.
/// </summary>
public sealed class ImportBlobs(AppStorage storage)
{
    private const string Container = "imports";
    private const int PieceBytes = 4 * 1024 * 1024;

    /// <summary>Files waiting in the inbox, the oldest first.</summary>
    public async Task<IReadOnlyList<RunFile>> InboxAsync(OrganisationId organisation, CancellationToken cancellation)
    {
        var container = await storage.ContainerAsync(Container);
        var prefix = Inbox(organisation);
        var waiting = new List<BlobItem>();
        await foreach (var blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, cancellation))
        {
            waiting.Add(blob);
        }

        return [.. waiting
            .OrderBy(b => b.Properties.LastModified)
            .ThenBy(b => b.Name, StringComparer.Ordinal)
            .Select(b => new RunFile(b.Name[prefix.Length..], b.Properties.ETag!.Value.ToString()))];
    }

    /// <summary>The file as it was listed; null when it has gone or was replaced by a newer one, which waits for the next night.</summary>
    public async Task<Result<SpooledFile>?> ReceiveAsync(OrganisationId organisation, RunFile file, CancellationToken cancellation)
    {
        var container = await storage.ContainerAsync(Container);
        try
        {
            var options = new BlobDownloadOptions { Conditions = new BlobRequestConditions { IfMatch = new ETag(file.Tag!) } };
            var blob = container.GetBlobClient(Inbox(organisation) + file.Name);
            using var download = (await blob.DownloadStreamingAsync(options, cancellation)).Value;
            return await SpooledFile.ReceiveAsync(file.Name, download.Content, new ByteBudget(ByteBudget.Limit), cancellation);
        }
        catch (RequestFailedException e) when (e.Status is 404 or 412)
        {
            return null;
        }
    }

    /// <summary>Puts a file into the inbox, under a name that its content makes its own: the same file twice is one, and another of the
    /// same name replaces none.</summary>
    public async Task DropAsync(OrganisationId organisation, SpooledFile file, CancellationToken cancellation)
    {
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(file.Rewind(), cancellation))[..8];
        var name = $"{Path.GetFileNameWithoutExtension(file.Name)}-{hash}{Path.GetExtension(file.Name)}";
        var container = await storage.ContainerAsync(Container);
        await container.GetBlobClient(Inbox(organisation) + name).TryWriteOnceAsync(file.Rewind(), PieceBytes, null, null, cancellation);
    }

    /// <summary>Moves a file of the inbox beside its report. Safe to repeat.</summary>
    public async Task MoveAsync(OrganisationId organisation, RunFile file, DateOnly night, CancellationToken cancellation)
    {
        var container = await storage.ContainerAsync(Container);
        var source = container.GetBlobClient(Inbox(organisation) + file.Name);
        var target = container.GetBlobClient(Outcome(organisation, night, file.Failed) + file.Name);
        var unchanged = new BlobRequestConditions { IfMatch = new ETag(file.Tag!) };
        try
        {
            var copy = await target.StartCopyFromUriAsync(
                source.Uri, new BlobCopyFromUriOptions { SourceConditions = unchanged }, cancellation);
            await copy.WaitForCompletionAsync(cancellation);
            await source.DeleteAsync(conditions: unchanged, cancellationToken: cancellation);
        }
        catch (RequestFailedException e) when (e.Status is 404 or 412)
        {
            // Moved by an earlier try, or replaced since: the newer file stays for the next night.
        }
    }

    public async Task KeepUploadAsync(
        OrganisationId organisation, ImportRunId run, SpooledFile file, int number, CancellationToken cancellation)
    {
        var container = await storage.ContainerAsync(Container);
        await container.GetBlobClient($"{organisation}/uploads/{run}/{number}-{file.Name}")
            .TryWriteOnceAsync(file.Rewind(), PieceBytes, null, null, cancellation);
    }

    /// <summary>The kept files of a run, in the order in which they came; the caller disposes of them.</summary>
    public async Task<IReadOnlyList<SpooledFile>> UploadsAsync(
        OrganisationId organisation, ImportRunId run, CancellationToken cancellation)
    {
        var container = await storage.ContainerAsync(Container);
        var prefix = $"{organisation}/uploads/{run}/";
        var files = new SortedDictionary<int, SpooledFile>();
        await foreach (var blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, cancellation))
        {
            var (number, name) = (blob.Name[prefix.Length..].Split('-')[0], blob.Name[(blob.Name.IndexOf('-', prefix.Length) + 1)..]);
            using var download = (await container.GetBlobClient(blob.Name).DownloadStreamingAsync(cancellationToken: cancellation)).Value;
            var file = await SpooledFile.ReceiveAsync(name, download.Content, new ByteBudget(ByteBudget.Limit), cancellation);
            files.Add(int.Parse(number, CultureInfo.InvariantCulture), file.Value!);
        }

        return [.. files.Values];
    }

    public async Task SaveReportAsync(OrganisationId organisation, ImportReport report, CancellationToken cancellation)
    {
        var container = await storage.ContainerAsync(Container);
        await WriteAsync(container, ReportPath(organisation, report.Run!), report, cancellation);
    }

    /// <summary>Keeps what tonight's import would do, in place of what was kept before.</summary>
    public async Task KeepPreviewAsync<T>(OrganisationId organisation, T preview, CancellationToken cancellation) =>
        await WriteAsync(await storage.ContainerAsync(Container), PreviewPath(organisation), preview, cancellation);

    public async Task<T?> FindPreviewAsync<T>(OrganisationId organisation, CancellationToken cancellation)
        where T : class
    {
        var container = await storage.ContainerAsync(Container);
        var kept = await container.GetBlobClient(PreviewPath(organisation)).FindAsync(cancellation);
        return kept?.Content.ToObjectFromJson<T>(ApiJson.Options);
    }

    /// <summary>Puts a night's report beside the files that it is about, as JSON and as a table to open.</summary>
    public async Task PutReportBesideAsync(
        OrganisationId organisation, ImportReport report, DateOnly night, bool failed, CancellationToken cancellation)
    {
        var container = await storage.ContainerAsync(Container);
        var folder = Outcome(organisation, night, failed);
        await WriteAsync(container, folder + "report.json", report, cancellation);
        await container.GetBlobClient(folder + "report.csv").UploadAsync(
            BinaryData.FromBytes(ReportCsv.Write(report)), overwrite: true, cancellation);
    }

    public async Task<ImportReport?> FindReportAsync(OrganisationId organisation, ImportRunId run, CancellationToken cancellation)
    {
        var container = await storage.ContainerAsync(Container);
        var kept = await container.GetBlobClient(ReportPath(organisation, run.ToString())).FindAsync(cancellation);
        return kept?.Content.ToObjectFromJson<ImportReport>(ApiJson.Options);
    }

    private static string Inbox(OrganisationId organisation) => $"{organisation}/inbox/";

    private static string Outcome(OrganisationId organisation, DateOnly night, bool failed) =>
        $"{organisation}/{(failed ? "failed" : "done")}/{night:yyyy-MM-dd}/";

    private static string PreviewPath(OrganisationId organisation) => $"{organisation}/next.json";

    private static string ReportPath(OrganisationId organisation, string run) => $"{organisation}/reports/{run}.json";

    private static async Task WriteAsync<T>(BlobContainerClient container, string path, T report, CancellationToken cancellation)
    {
        await using var stream = await container.GetBlobClient(path).OpenWriteAsync(overwrite: true, cancellationToken: cancellation);
        await JsonSerializer.SerializeAsync(stream, report, ApiJson.Options, cancellation);
    }
}
