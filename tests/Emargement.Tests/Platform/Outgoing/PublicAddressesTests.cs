using System.Net;
using Emargement.Functions.Platform.Outgoing;

namespace Emargement.Tests.Platform.Outgoing;

public sealed class PublicAddressesTests
{
    [Theory]
    [InlineData("93.184.216.34")]
    [InlineData("100.63.255.255")]
    [InlineData("172.32.0.1")]
    [InlineData("2a00:1450:4007::200e")]
    [InlineData("::ffff:93.184.216.34")]
    [InlineData("64:ff9b::5db8:d822")]
    public void Servers_of_the_internet_are_public(string address) => PublicAddresses.Holds(IPAddress.Parse(address)).ShouldBeTrue();

    [Theory]
    [InlineData("0.0.0.0", "this network")]
    [InlineData("10.1.2.3", "private")]
    [InlineData("100.64.0.1", "a carrier's own")]
    [InlineData("127.8.8.8", "this machine")]
    [InlineData("169.254.169.254", "link-local: the cloud's metadata")]
    [InlineData("172.16.0.1", "private")]
    [InlineData("172.31.255.255", "private")]
    [InlineData("192.0.0.1", "protocol assignments")]
    [InlineData("192.0.2.1", "documentation")]
    [InlineData("192.88.99.1", "6to4 relays")]
    [InlineData("192.168.0.1", "private")]
    [InlineData("198.18.0.1", "benchmarks")]
    [InlineData("198.19.255.255", "benchmarks")]
    [InlineData("198.51.100.1", "documentation")]
    [InlineData("203.0.113.1", "documentation")]
    [InlineData("224.0.0.1", "multicast")]
    [InlineData("240.0.0.1", "reserved")]
    [InlineData("255.255.255.255", "broadcast")]
    [InlineData("168.63.129.16", "Azure's own server for its machines")]
    [InlineData("::", "none")]
    [InlineData("::1", "this machine")]
    [InlineData("::10.0.0.1", "IPv4-compatible")]
    [InlineData("::ffff:127.0.0.1", "mapped")]
    [InlineData("::ffff:168.63.129.16", "mapped")]
    [InlineData("64:ff9b::a00:1", "10.0.0.1 translated")]
    [InlineData("64:ff9b:1::1", "a network's own translation")]
    [InlineData("100::1", "discarded")]
    [InlineData("2001::1", "Teredo")]
    [InlineData("2001:db8::1", "documentation")]
    [InlineData("2002:a00:1::", "10.0.0.1 by 6to4")]
    [InlineData("fc00::1", "unique local")]
    [InlineData("fd12:3456::1", "unique local")]
    [InlineData("fe80::1", "link-local")]
    [InlineData("fec0::1", "site-local")]
    [InlineData("ff02::1", "multicast")]
    public void All_others_are_not(string address, string because) =>
        PublicAddresses.Holds(IPAddress.Parse(address)).ShouldBeFalse(because);
}
