using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Sealing.Seal;

/// <summary>The generated certificate, kept beside the sheets that it seals so that a later start still knows them as its own.</summary>
public sealed class DevelopmentCertificate(AppStorage storage, TimeProvider time)
{
    private const string Blob = "seal/development.pfx";

    /// <summary>The kept certificate, made by the first process that asks. PKCS #12 without password.</summary>
    public async Task<byte[]> LoadAsync(CancellationToken cancellation)
    {
        var blob = (await storage.ContainerAsync("platform")).GetBlobClient(Blob);
        if (!await blob.ExistsAsync(cancellation))
        {
            // Another process may make it in the meantime: that one is used.
            await blob.TryWriteOnceAsync(BinaryData.FromBytes(SealCertificate.Generate(time)), null, null, cancellation);
        }

        return (await blob.DownloadContentAsync(cancellation)).Value.Content.ToArray();
    }
}
