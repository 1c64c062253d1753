using System.Net;
using System.Net.Sockets;

namespace Emargement.Functions.Platform.Outgoing;

/// <summary>Which addresses belong to servers of the open Internet (IANA's special-purpose registries, RFC 6890). All others may lead
/// into somebody's own network.</summary>
public static class PublicAddresses
{
    private static readonly IPNetwork[] NotPublic =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",
            // Azure's own server for every machine in it, which lies in no private range.
            "168.63.129.16/32",
            // Of the global addresses: protocol assignments with Teredo, documentation, and IPv4 wrapped by 6to4.
            "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
        }.Select(network => IPNetwork.Parse(network)),
    ];

    private static readonly IPNetwork Global = IPNetwork.Parse("2000::/3");

    // What a network that speaks IPv6 alone calls an IPv4 address by (RFC 6052).
    private static readonly IPNetwork Translated = IPNetwork.Parse("64:ff9b::/96");

    public static bool Holds(IPAddress address)
    {
        var meant = address.IsIPv4MappedToIPv6 ? address.MapToIPv4()
            : Translated.Contains(address) ? new IPAddress(address.GetAddressBytes()[12..])
            : address;
        return (meant.AddressFamily == AddressFamily.InterNetwork || Global.Contains(meant))
            && !Array.Exists(NotPublic, network => network.Contains(meant));
    }
}
