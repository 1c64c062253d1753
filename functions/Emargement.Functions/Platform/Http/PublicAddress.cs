using Emargement.Functions.Platform.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Emargement.Functions.Platform.Http;

/// <summary>The address under which people reach this app, for QR codes, links, mails and documents. Without a final slash.</summary>
public sealed class PublicAddress(IOptions<AccessOptions> options)
{
    // Where nothing is configured, nobody but this machine reads what is written.
    private const string ThisMachine = "http://localhost:7071";

    /// <summary>Scheme and host without a final slash; null where they are not configured.</summary>
    public string? Configured => options.Value.PublicUrl?.GetLeftPart(UriPartial.Authority);

    /// <summary>Scheme and host without a final slash: the configured ones, else those of the request.</summary>
    public string Of(HttpRequest request) => Configured ?? ClientNetwork.Origin(request);

    /// <summary>The address of a page in what is written without a request.</summary>
    /// <param name="path">Without its first slash.</param>
    public Uri WithoutRequest(string path) => new($"{Configured ?? ThisMachine}/{path}");
}
