using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Platform.Http;

/// <summary>Where a request comes from. The host overwrites the forwarded headers with what it saw, and the worker
/// takes them in before a function runs: the connection says it all, whatever a client wrote itself. In Azure,
/// <see cref="FrontEndTrust"/> sees to it that the host believes its front end.</summary>
public static class ClientNetwork
{
    /// <summary>The client's network: its address cut to /24 (IPv4) or /48 (IPv6), written <c>203.0.113.0/24</c>;
    /// <c>unknown</c> without one. Enough to see a whole room elsewhere, not enough to follow a person.</summary>
    public static string Of(HttpRequest request) =>
        request.HttpContext.Connection.RemoteIpAddress is { } address ? Cut(address) : "unknown";

    /// <summary>The scheme and host that the client's browser shows, without a final slash.</summary>
    public static string Origin(HttpRequest request) => $"{request.Scheme}://{request.Host.Value}";

    private static string Cut(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var bytes = plain.GetAddressBytes();
        var kept = plain.AddressFamily == AddressFamily.InterNetwork ? 3 : 6;
        Array.Clear(bytes, kept, bytes.Length - kept);
        return $"{new IPAddress(bytes)}/{kept * 8}";
    }
}
