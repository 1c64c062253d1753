using System.Security.Cryptography;
using Azure.Storage.Blobs.Models;
using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Functions.Placements.Workflow;
using Emargement.Functions.Platform.Storage;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Placements;

/// <summary>What the organisation does itself: records a paper form, accepts an absence, sends the tutor's mail again.</summary>
public sealed class OfficePlacement(PlacementFiles files, PlacementWaker waker, AppStorage storage, TimeProvider time)
{
    /// <summary>Bytes of a scan at most.</summary>
    public const int MaxScan = 10 * 1024 * 1024;

    private const string Container = "evidence";

    /// <summary>Stores a scan under its own hash: storing it again changes nothing.</summary>
    /// <returns>Its SHA-256, or <c>scan-invalid</c> when it is no PDF, JPEG or PNG.</returns>
    public async Task<Result<string>> StoreScanAsync(PlacementRoute route, ReadOnlyMemory<byte> scan, CancellationToken cancellation)
    {
        if (TypeOf(scan.Span) is not { } type)
        {
            return Refusal.BadInput("scan-invalid");
        }

        var sha256 = Convert.ToHexStringLower(SHA256.HashData(scan.Span));
        var container = await storage.ContainerAsync(Container);
        var blob = container.GetBlobClient(ScanName(route, sha256));
        try
        {
            await blob.UploadAsync(
                BinaryData.FromBytes(scan),
                new BlobUploadOptions { HttpHeaders = new BlobHttpHeaders { ContentType = type }, Conditions = new BlobRequestConditions { IfNoneMatch = Azure.ETag.All } },
                cancellation);
        }
        catch (Azure.RequestFailedException e) when (e.Status is 409 or 412)
        {
            // The same scan is there already: its name is its content.
        }

        return sha256;
    }

    public async Task<Result<PlacementFile>> RecordPaperAsync(
        PlacementRoute route, PaperRequest request, string by, DurableTaskClient client, CancellationToken cancellation)
    {
        var container = await storage.ContainerAsync(Container);
        if (request.Scan.Length != 64 || !request.Scan.All(char.IsAsciiHexDigitLower) || !await container.GetBlobClient(ScanName(route, request.Scan)).ExistsAsync(cancellation))
        {
            return Refusal.BadInput("scan-unknown");
        }

        return await AddAsync(route, file => OfficeStatements.RecordPaper(file.State, request.Days, request.Reason, request.Scan, by, Today(file), time.GetUtcNow()), client, cancellation);
    }

    public Task<Result<PlacementFile>> JustifyAsync(
        PlacementRoute route, IsoWeek week, JustifyRequest request, string by, DurableTaskClient client, CancellationToken cancellation) =>
        AddAsync(route, file => OfficeStatements.Justify(file.State, week, request.Days, request.Reason, by, time.GetUtcNow()), client, cancellation);

    /// <summary>Sends the tutor's mail again, for the section that is theirs now or was last.</summary>
    public Task<Result<PlacementFile>> ResendAsync(
        PlacementRoute route, string tutor, DateOnly? notBefore, string by, DurableTaskClient client, CancellationToken cancellation) =>
        AddAsync(
            route,
            file =>
            {
                var sections = file.Calendar.Periods().SelectMany(file.Calendar.Sections).Where(s => s.Tutor.Key == tutor).ToList();
                if ((sections.LastOrDefault(s => s.First <= Today(file)) ?? sections.FirstOrDefault()) is not { } section)
                {
                    return Refusal.NotFound("tutor-unknown");
                }

                var asked = OfficeStatements.AskLink(file.State, section, notBefore, by, time.GetUtcNow());
                return asked.IsOk ? Result<IReadOnlyList<PlacementFact>>.FromT([asked.Value]) : asked.Refusal;
            },
            client,
            cancellation);

    /// <summary>Kills the links that a tutor was sent so far.</summary>
    public Task<Result<PlacementFile>> RevokeAsync(
        PlacementRoute route, string tutor, string reason, string by, DurableTaskClient client, CancellationToken cancellation) =>
        AddAsync(
            route,
            file =>
            {
                var revoked = OfficeStatements.RevokeLinks(file.State, tutor, reason, by, time.GetUtcNow());
                return revoked.IsOk ? Result<IReadOnlyList<PlacementFact>>.FromT([revoked.Value]) : revoked.Refusal;
            },
            client,
            cancellation);

    private static string ScanName(PlacementRoute route, string sha256) => $"placements/{route.Organisation}/{route.Placement}/{sha256}";

    private static string? TypeOf(ReadOnlySpan<byte> scan) =>
        scan.StartsWith("%PDF-"u8) ? "application/pdf"
        : scan.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? "image/jpeg"
        : scan.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47]) ? "image/png"
        : null;

    private DateOnly Today(PlacementFile file) => file.Clock.DateAt(time.GetUtcNow());

    private async Task<Result<PlacementFile>> AddAsync<T>(
        PlacementRoute route, Func<PlacementFile, Result<IReadOnlyList<T>>> state, DurableTaskClient client, CancellationToken cancellation)
        where T : PlacementFact
    {
        var file = await files.ReadAsync(route.Organisation, route.Placement, cancellation);
        if (!file.IsOk)
        {
            return file.Refusal;
        }

        var facts = state(file.Value);
        if (!facts.IsOk)
        {
            return facts.Refusal;
        }

        var added = await files.AddAsync(file.Value, [.. facts.Value.Select(f => new NewPlacementFact(f))], cancellation);
        if (!added.IsOk)
        {
            return added.Refusal;
        }

        await waker.WakeAsync(client, route.Organisation, route.Placement, cancellation);
        return await files.ReadAsync(route.Organisation, route.Placement, cancellation);
    }
}
