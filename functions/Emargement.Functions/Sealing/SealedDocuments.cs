using System.Security.Cryptography;
using Azure.Storage.Blobs;
using Emargement.Domain.Sealing;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Sealing;

/// <summary>A sealed document as it is kept.</summary>
/// <param name="Sha256">Of the stored PDF, lower-case hexadecimal.</param>
/// <param name="Metadata">What was kept with it.</param>
public sealed record StoredDocument(string Sha256, IDictionary<string, string> Metadata);

/// <summary>
/// Sealed documents with their evidence and their codes, for any sort of document. A PDF is written once, under a name that can be taken
/// once; what is known of it stands in its metadata, so that a process killed before it wrote a row loses nothing.
/// </summary>
/// <remarks>Names: <c>sheets/{name}.pdf</c> and what stands beside it, <c>evidence/{name}.json</c>.</remarks>
public sealed class SealedDocuments(AppStorage storage, SheetCodesTable codes)
{
    private const string DocumentsContainer = "sheets";
    private const string EvidenceContainer = "evidence";

    /// <summary>A code that names no document yet: it is drawn from so many that none comes twice.</summary>
    public static VerificationCode NewCode() => VerificationCode.From(
        [.. Enumerable.Range(0, VerificationCode.Size).Select(_ => RandomNumberGenerator.GetInt32(VerificationCode.AlphabetSize))]);

    /// <summary>Stores a PDF if there is none of this name.</summary>
    /// <param name="metadata">ASCII only, and no empty value: they are HTTP headers.</param>
    /// <returns>What is stored: this one, or that of whoever was first.</returns>
    public async Task<StoredDocument> StoreOnceAsync(
        string name, byte[] pdf, IDictionary<string, string> metadata, CancellationToken cancellation)
    {
        var blob = await BlobAsync(DocumentsContainer, name);
        if (await blob.TryWriteOnceAsync(BinaryData.FromBytes(pdf), "application/pdf", metadata, cancellation))
        {
            return new StoredDocument(Hash(pdf), metadata);
        }

        var stored = await blob.FindAsync(cancellation)
            ?? throw new InvalidOperationException($"{name} was there and is no more: sealed documents are never deleted.");
        return new StoredDocument(Hash(stored.Content), stored.Details.Metadata);
    }

    /// <summary>Stores what belongs to a document, a timestamp for one, if there is none of this name.</summary>
    /// <returns>False when there is one already.</returns>
    public async Task<bool> TryStoreBesideAsync(string name, byte[] content, string type, CancellationToken cancellation) =>
        await (await BlobAsync(DocumentsContainer, name)).TryWriteOnceAsync(BinaryData.FromBytes(content), type, null, cancellation);

    /// <summary>Stores the evidence of a document; one that an earlier try wrote stands: the same facts give the same bytes.</summary>
    public async Task StoreEvidenceAsync(string name, byte[] evidence, CancellationToken cancellation) =>
        await (await BlobAsync(EvidenceContainer, name))
            .TryWriteOnceAsync(BinaryData.FromBytes(evidence), "application/json", null, cancellation);

    /// <summary>Records what a code names; a code that is recorded already, by an earlier try, stays.</summary>
    public Task RecordCodeAsync(VerificationCode code, CodedPlace place, CancellationToken cancellation) =>
        codes.TryInsertAsync(code, place, cancellation);

    /// <returns>The PDF, or what stands beside it; null when there is none.</returns>
    public Task<byte[]?> ReadAsync(string name, CancellationToken cancellation) => ReadAsync(DocumentsContainer, name, cancellation);

    /// <returns>The evidence; null when there is none.</returns>
    public Task<byte[]?> ReadEvidenceAsync(string name, CancellationToken cancellation) => ReadAsync(EvidenceContainer, name, cancellation);

    /// <summary>Deletes documents whose term is over, what stands beside them and their evidence.</summary>
    /// <param name="folder">Where they are, with its slash.</param>
    /// <param name="isOver">Which of the names below the folder.</param>
    public async Task<DeletedBlobs> DeleteAsync(string folder, Func<string, bool> isOver, CancellationToken cancellation)
    {
        var deleted = default(DeletedBlobs);
        foreach (var name in new[] { DocumentsContainer, EvidenceContainer })
        {
            deleted += await (await storage.ContainerAsync(name)).DeleteBelowAsync(folder, isOver, cancellation);
        }

        return deleted;
    }

    private async Task<byte[]?> ReadAsync(string container, string name, CancellationToken cancellation) =>
        (await (await BlobAsync(container, name)).FindAsync(cancellation))?.Content.ToArray();

    private async Task<BlobClient> BlobAsync(string container, string name) =>
        (await storage.ContainerAsync(container)).GetBlobClient(name);

    private static string Hash(ReadOnlyMemory<byte> pdf) => Convert.ToHexStringLower(SHA256.HashData(pdf.Span));
}
