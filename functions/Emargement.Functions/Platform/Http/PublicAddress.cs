using Emargement.Functions.Platform.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Emargement.Functions.Platform.Http;

/// <summary>The address under which people reach this app, for QR codes, links, mails and documents. Without a final slash.</summary>
public sealed class PublicAddress(IOptions<AccessOptions> options)
{
    // Where the Functions host listens on one machine.
    private const string Local = "http://localhost:7071";

    /// <summary>The scheme and host of the settings; null where they name none.</summary>
    public string? Configured { get; } = options.Value.PublicUrl?.GetLeftPart(UriPartial.Authority);

    /// <summary>What work without a request writes: the address of the settings, else that of one machine.</summary>
    public string OfNoRequest => Configured ?? Local;

    /// <summary>The address of the settings, else that of the request.</summary>
    public string Of(HttpRequest request) => Configured ?? ClientNetwork.Origin(request);
}
