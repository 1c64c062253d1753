using System.Security.Cryptography;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Emargement.Domain.Absences;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Absences.Records;

/// <summary>
/// Documents of absences: <c>justifications/{org}/{absence}/{sha256}</c>, so that two that come at once are both kept. Not immutable:
/// they are deleted when their term is over.
/// </summary>
public sealed class Justifications(AppStorage storage)
{
    private const string Container = "justifications";

    /// <summary>Its name: 64 hexadecimal digits.</summary>
    public static string Sha256Of(ReadOnlyMemory<byte> document) => Convert.ToHexStringLower(SHA256.HashData(document.Span));

    /// <summary>Writes a document; the same again is the same blob.</summary>
    public async Task StoreAsync(
        OrganisationId organisation, AbsenceId absence, ReadOnlyMemory<byte> document, CancellationToken cancellation) =>
        await (await BlobAsync(organisation, absence, Sha256Of(document))).UploadAsync(
            BinaryData.FromBytes(document), overwrite: true, cancellation);

    /// <returns>Null when it is gone.</returns>
    public async Task<byte[]?> ReadAsync(OrganisationId organisation, AbsenceId absence, string sha256, CancellationToken cancellation) =>
        (await (await BlobAsync(organisation, absence, sha256)).FindAsync(cancellation))?.Content.ToArray();

    /// <summary>One that no absence speaks of.</summary>
    public async Task DeleteAsync(OrganisationId organisation, AbsenceId absence, string sha256, CancellationToken cancellation) =>
        await (await BlobAsync(organisation, absence, sha256)).TryDeleteAsync(cancellation);

    /// <summary>All of an absence, also one that was left by an act cut short.</summary>
    public async Task DeleteAsync(OrganisationId organisation, AbsenceId absence, CancellationToken cancellation)
    {
        var container = await storage.ContainerAsync(Container);
        await foreach (var blob in container.GetBlobsAsync(
            BlobTraits.None, BlobStates.None, $"{organisation}/{absence}/", cancellation))
        {
            await container.GetBlobClient(blob.Name).TryDeleteAsync(cancellation);
        }
    }

    private async Task<BlobClient> BlobAsync(OrganisationId organisation, AbsenceId absence, string sha256) =>
        (await storage.ContainerAsync(Container)).GetBlobClient($"{organisation}/{absence}/{sha256}");
}
