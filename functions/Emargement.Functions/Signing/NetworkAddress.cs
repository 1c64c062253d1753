using System.Net;
using System.Net.Sockets;

namespace Emargement.Functions.Signing;

/// <summary>A network address cut to its network, /24 for IPv4 and /48 for IPv6: enough to see a whole room elsewhere, not enough to follow a person.</summary>
public static class NetworkAddress
{
    /// <summary>What stands for an address that nobody knows.</summary>
    public const string Unknown = "unknown";

    public static string Cut(IPAddress? address)
    {
        if (address is null)
        {
            return Unknown;
        }

        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        var bytes = address.GetAddressBytes();
        var (kept, length) = address.AddressFamily == AddressFamily.InterNetwork ? (3, 24) : (6, 48);
        bytes.AsSpan(kept).Clear();
        return $"{new IPAddress(bytes)}/{length}";
    }
}
