using System.Security.Cryptography;
using Azure.Storage.Blobs;
using Emargement.Domain.Absences;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Absences.Records;

/// <summary>
/// Documents of absences: <c>justifications/{org}/{absence}/{n}</c>. Not immutable: they are deleted when their term is over.
/// </summary>
public sealed class Justifications(AppStorage storage)
{
    private const string Container = "justifications";

    /// <summary>Writes a document over whatever an earlier try left: no absence speaks of it yet.</summary>
    /// <returns>Its SHA-256, as 64 hexadecimal digits.</returns>
    public async Task<string> StoreAsync(
        OrganisationId organisation, AbsenceId absence, int number, ReadOnlyMemory<byte> document, CancellationToken cancellation)
    {
        await (await BlobAsync(organisation, absence, number)).UploadAsync(
            BinaryData.FromBytes(document), overwrite: true, cancellation);
        return Convert.ToHexStringLower(SHA256.HashData(document.Span));
    }

    /// <returns>Null when it is gone.</returns>
    public async Task<byte[]?> ReadAsync(OrganisationId organisation, AbsenceId absence, int number, CancellationToken cancellation) =>
        (await (await BlobAsync(organisation, absence, number)).FindAsync(cancellation))?.Content.ToArray();

    public async Task DeleteAsync(OrganisationId organisation, AbsenceId absence, CancellationToken cancellation)
    {
        for (var number = 1; number <= Absence.MostFiles; number++)
        {
            await (await BlobAsync(organisation, absence, number)).TryDeleteAsync(cancellation);
        }
    }

    private async Task<BlobClient> BlobAsync(OrganisationId organisation, AbsenceId absence, int number) =>
        (await storage.ContainerAsync(Container)).GetBlobClient($"{organisation}/{absence}/{number}");
}
