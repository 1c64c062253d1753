using System.Net;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Emargement.Tests.Platform;

public sealed class FrontEndTests
{
    [Theory]
    [InlineData("203.0.113.77", "203.0.113.0/24")]
    [InlineData("::ffff:203.0.113.77", "203.0.113.0/24")] // IPv4 seen through an IPv6 socket
    [InlineData("2001:db8:1234:5678::1", "2001:db8:1234::/48")]
    [InlineData(null, "unknown")]
    public void A_network_is_an_address_cut_short(string? address, string network) =>
        On("").NetworkOf(Request(address)).ShouldBe(network);

    [Theory]
    [InlineData("198.51.100.9:51234", "198.51.100.0/24")]
    [InlineData("10.0.0.1, 198.51.100.9:51234", "198.51.100.0/24")] // the client wrote the first one itself
    [InlineData("[2001:db8:1234::9]:51234", "2001:db8:1234::/48")]
    [InlineData("nonsense", "unknown")]
    [InlineData("", "unknown")]
    public void Behind_the_platform_s_front_end_its_word_is_taken(string forwarded, string network) =>
        On("emargement").NetworkOf(Request("10.1.2.3", ("X-Forwarded-For", forwarded))).ShouldBe(network);

    [Fact]
    public void Anywhere_else_a_client_s_word_is_not()
    {
        var request = Request("203.0.113.77", ("X-Forwarded-For", "198.51.100.9"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "ailleurs.test"));

        On("").NetworkOf(request).ShouldBe("203.0.113.0/24");
        On("").IsHttps(request).ShouldBeFalse();
        On("").OriginOf(request).ShouldBe("http://ici.test");
        On("emargement").IsHttps(request).ShouldBeTrue();
        On("emargement").OriginOf(request).ShouldBe("https://ailleurs.test");
    }

    private static FrontEnd On(string site) =>
        new(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["WEBSITE_SITE_NAME"] = site }).Build());

    private static HttpRequest Request(string? address, params (string Name, string Value)[] headers)
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = address is null ? null : IPAddress.Parse(address);
        http.Request.Scheme = "http";
        http.Request.Host = new HostString("ici.test");
        foreach (var (name, value) in headers)
        {
            http.Request.Headers[name] = value;
        }

        return http.Request;
    }
}
