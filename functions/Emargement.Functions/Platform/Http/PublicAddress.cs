using Emargement.Functions.Platform.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Emargement.Functions.Platform.Http;

/// <summary>The address under which people reach this app, for QR codes, links and mails.</summary>
public sealed class PublicAddress(IOptions<AccessOptions> options)
{
    /// <summary>Scheme and host without a final slash: the configured ones, else those of the request.</summary>
    public string Of(HttpRequest request) => options.Value.PublicUrl?.GetLeftPart(UriPartial.Authority) ?? ClientNetwork.Origin(request);
}
