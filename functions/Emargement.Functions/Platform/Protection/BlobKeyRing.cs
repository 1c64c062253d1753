using System.Xml.Linq;
using Azure.Storage.Blobs.Models;
using Emargement.Functions.Platform.Storage;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Emargement.Functions.Platform.Protection;

/// <summary>
/// The keys that protect cookies, tickets and secrets at rest: one blob each under
/// <c>platform/keys/</c>, written once, shared by every instance of the app.
/// </summary>
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
        var content = BinaryData.FromString(element.ToString(SaveOptions.DisableFormatting));

        // A name is drawn for each key: one that is taken is this key, from a try whose answer was lost.
        blob.TryWriteOnceAsync(content, "application/xml", null, CancellationToken.None).GetAwaiter().GetResult();
    }
}
