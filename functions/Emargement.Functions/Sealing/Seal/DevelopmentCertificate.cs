using Azure;
using Azure.Storage.Blobs.Models;
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
            try
            {
                var conditions = new BlobRequestConditions { IfNoneMatch = ETag.All };
                await blob.UploadAsync(
                    BinaryData.FromBytes(SealCertificate.Generate(time)), new BlobUploadOptions { Conditions = conditions }, cancellation);
            }
            catch (RequestFailedException taken) when (taken.Status is 409 or 412)
            {
                // Another process made it in the meantime: that one is used.
            }
        }

        return (await blob.DownloadContentAsync(cancellation)).Value.Content.ToArray();
    }
}
