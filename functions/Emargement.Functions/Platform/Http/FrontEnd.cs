using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Emargement.Functions.Platform.Http;

/// <summary>What the platform's front end says of a request. Its headers are believed only where that front end exists (Azure sets WEBSITE_SITE_NAME):
/// anywhere else a client could write them itself.</summary>
public sealed class FrontEnd
{
    private const string ForwardedFor = "X-Forwarded-For";
    private const string ForwardedProto = "X-Forwarded-Proto";
    private const string ForwardedHost = "X-Forwarded-Host";

    private readonly bool _present;

    public FrontEnd(IConfiguration configuration) => _present = !string.IsNullOrEmpty(configuration["WEBSITE_SITE_NAME"]);

    public bool IsHttps(HttpRequest request) =>
        request.IsHttps || (_present && Last(request, ForwardedProto)?.Equals("https", StringComparison.OrdinalIgnoreCase) == true);

    /// <summary>The scheme and host that the client's browser shows, without a final slash.</summary>
    public string OriginOf(HttpRequest request)
    {
        var host = (_present ? Last(request, ForwardedHost) : null) ?? request.Host.Value;
        return $"{(IsHttps(request) ? "https" : "http")}://{host}";
    }

    /// <summary>The client's network: its address cut to /24 (IPv4) or /48 (IPv6), written <c>203.0.113.0/24</c>; <c>unknown</c> without one.
    /// Enough to see a whole room elsewhere, not enough to follow a person.</summary>
    public string NetworkOf(HttpRequest request) => AddressOf(request) is { } address ? Cut(address) : "unknown";

    // The front end appends the address it sees, after whatever the client may have written.
    private IPAddress? AddressOf(HttpRequest request)
    {
        if (!_present)
        {
            return request.HttpContext.Connection.RemoteIpAddress;
        }

        return IPEndPoint.TryParse(Last(request, ForwardedFor) ?? string.Empty, out var end) ? end.Address : null;
    }

    private static string Cut(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var bytes = plain.GetAddressBytes();
        var kept = plain.AddressFamily == AddressFamily.InterNetwork ? 3 : 6;
        Array.Clear(bytes, kept, bytes.Length - kept);
        return $"{new IPAddress(bytes)}/{kept * 8}";
    }

    private static string? Last(HttpRequest request, string header)
    {
        var value = request.Headers[header] is [.., { } last] ? last.Split(',')[^1].Trim() : null;
        return string.IsNullOrEmpty(value) ? null : value;
    }
}
