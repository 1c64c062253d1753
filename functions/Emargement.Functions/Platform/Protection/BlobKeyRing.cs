using System.Xml.Linq;
using Azure;
using Azure.Storage.Blobs.Models;
using Emargement.Functions.Platform.Storage;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Emargement.Functions.Platform.Protection;

/// <summary>The keys that protect cookies, tickets and secrets at rest: one blob each under <c>platform/keys/</c>, written once, shared by every instance of the app.</summary>
internal sealed class BlobKeyRing(AppStorage storage) : IXmlRepository
{
    private const string Container = "platform";
    private const string Folder = "keys/";

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        var container = storage.ContainerAsync(Container).GetAwaiter().GetResult();
        var elements = new List<XElement>();
        foreach (var blob in container.GetBlobs(BlobTraits.None, BlobStates.None, Folder, CancellationToken.None))
        {
            elements.Add(XElement.Parse(container.GetBlobClient(blob.Name).DownloadContent().Value.Content.ToString()));
        }

        return elements;
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        var container = storage.ContainerAsync(Container).GetAwaiter().GetResult();
        var blob = container.GetBlobClient($"{Folder}{friendlyName}.xml");
        blob.Upload(
            BinaryData.FromString(element.ToString(SaveOptions.DisableFormatting)),
            new BlobUploadOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } });
    }
}
