using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Platform.Access;

/// <summary>
/// Refuses changes that another site's page asks a visitor's browser to make. Keys are
/// not sent by browsers on their own, so calls with keys pass.
/// </summary>
internal sealed class RequestSource(PublicAddress address)
{
    /// <returns>Null to let through, else <c>origin-refused</c>.</returns>
    public Refusal? Refuse(Caller caller, HttpRequest request)
    {
        var safe = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        var byKey = caller.Kind is Callers.Machine or Callers.RegionKey or Callers.Operator;
        return safe || byKey || IsSameOrigin(request) ? null : Refusal.Forbidden("origin-refused");
    }

    // Browsers say where a call comes from: Sec-Fetch-Site, or Origin before they knew that. A call with neither is not made by a page.
    private bool IsSameOrigin(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0)
        {
            return site is "same-origin" or "none";
        }

        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0
            || origin.Equals(address.Configured, StringComparison.OrdinalIgnoreCase)
            || origin.Equals(ClientNetwork.Origin(request), StringComparison.OrdinalIgnoreCase);
    }
}
