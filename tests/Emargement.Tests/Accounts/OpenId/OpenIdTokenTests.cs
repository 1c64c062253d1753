using System.Net;
using System.Security.Cryptography;
using Emargement.Tests.Platform.Access;
using Microsoft.IdentityModel.Tokens;

namespace Emargement.Tests.Accounts.OpenId;

/// <summary>Every token that is not this provider's, for this client, now, is refused: algorithms, keys, audience and times are ours to say
/// (OWASP ASVS 5.0, 6.8.2, 9.1.2, 9.2.3, 10.5).</summary>
public sealed class OpenIdTokenTests(OpenIdHost world) : IClassFixture<OpenIdHost>, IAsyncLifetime
{
    private const string Nuria = "0a7d3c11-nuria";

    private readonly AccessHost _host = world.Staff.Host;
    private string _org = "";

    private DateTimeOffset Now => _host.Time.GetUtcNow();

    public async ValueTask InitializeAsync()
    {
        _org = await world.Staff.OrganisationAsync(org => $"ines@{org}.test");
        await world.AddAsync(_org);
        using var bound = await world.SignInAsync(_host.Client(), _org, Nuria, await world.InviteAsync(_org, $"nuria@{_org}.test"));
        bound.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task V9_2_3_and_V10_5_1_and_V10_5_2_and_V10_5_4_A_claim_that_is_not_as_it_must_be_is_refused()
    {
        (string Why, Action<Dictionary<string, object>> Change)[] wrong =
        [
            ("iss", c => c["iss"] = "https://mechant.test/v2.0"),
            ("iss", c => c["iss"] = world.Provider.Issuer + "/"),
            ("aud", c => c["aud"] = "another-client"),
            ("time", c => c["exp"] = Now.AddMinutes(-3).ToUnixTimeSeconds()),
            ("time", c => c.Remove("exp")),
            ("time", c => c["nbf"] = Now.AddMinutes(3).ToUnixTimeSeconds()),
            ("nonce", c => c["nonce"] = "of-another-request"),
            ("nonce", c => c.Remove("nonce")),
            ("azp", c => c["azp"] = "another-client"),
            ("azp", c => c["aud"] = new[] { LocalProvider.Client, "another-client" }),
            ("tid", c => c["tid"] = "99999999-2222-3333-4444-555555555555"),
            ("tid", c => c.Remove("tid")),
            ("oid", c => c.Remove("oid")),
        ];
        foreach (var (why, change) in wrong)
        {
            var browser = _host.Client();
            using var answer = await world.SignInAsync(browser, _org, Nuria, claims: change);
            await OpenIdHost.RefusedAsync(browser, _org, answer, "oidc-token-refused", why);
        }
    }

    [Fact]
    public async Task Clocks_may_differ_by_two_minutes()
    {
        using var late = await world.SignInAsync(
            _host.Client(), _org, Nuria, claims: c => c["exp"] = Now.AddSeconds(-90).ToUnixTimeSeconds());
        using var early = await world.SignInAsync(
            _host.Client(), _org, Nuria, claims: c => c["nbf"] = Now.AddSeconds(90).ToUnixTimeSeconds());

        (late.StatusCode, early.StatusCode).ShouldBe((HttpStatusCode.Redirect, HttpStatusCode.Redirect));
    }

    [Theory]
    [InlineData("none", "alg")]
    [InlineData("HS256", "alg")]
    public async Task V9_1_2_A_token_does_not_choose_how_it_is_checked(string algorithm, string why)
    {
        var browser = _host.Client();
        var asked = await OpenIdHost.AskAsync(browser, _org);
        var forged = world.Provider.Forged(world.Provider.Token(asked, Now, Nuria), algorithm);

        using var answer = await world.ReturnAsync(browser, asked, forged);

        await OpenIdHost.RefusedAsync(browser, _org, answer, "oidc-token-refused", why);
    }

    [Fact]
    public async Task V6_8_2_A_signature_by_another_key_or_over_another_text_is_refused()
    {
        var stranger = new RsaSecurityKey(RSA.Create(2048)) { KeyId = world.Provider.Key.KeyId };
        (string Why, Func<Asked, string> Token)[] wrong =
        [
            ("signature", asked => world.Provider.Token(asked, Now, Nuria, key: stranger)),
            ("signature", asked => Altered(world.Provider.Token(asked, Now, "somebody"), world.Provider.Token(asked, Now, Nuria))),
            ("jwt", _ => "not.a.token"),
            ("jwt", _ => "x"),
        ];
        foreach (var (why, token) in wrong)
        {
            var browser = _host.Client();
            var asked = await OpenIdHost.AskAsync(browser, _org);
            using var answer = await world.ReturnAsync(browser, asked, token(asked));
            await OpenIdHost.RefusedAsync(browser, _org, answer, "oidc-token-refused", why);
        }
    }

    [Fact]
    public async Task Keys_may_rotate_and_a_flood_of_unknown_ones_asks_the_provider_once_a_minute()
    {
        world.Provider.Rotate();
        _host.Time.Advance(TimeSpan.FromMinutes(1));
        using var rotated = await world.SignInAsync(_host.Client(), _org, Nuria);
        rotated.StatusCode.ShouldBe(HttpStatusCode.Redirect);

        _host.Time.Advance(TimeSpan.FromMinutes(1));
        var before = world.Provider.MetadataReads;
        for (var i = 0; i < 5; i++)
        {
            var browser = _host.Client();
            var asked = await OpenIdHost.AskAsync(browser, _org);
            using var answer = await world.ReturnAsync(
                browser, asked, world.Provider.Token(asked, Now, Nuria, key: LocalProvider.NewKey()));
            await OpenIdHost.RefusedAsync(browser, _org, answer, "oidc-token-refused", "kid");
        }

        (world.Provider.MetadataReads - before).ShouldBe(1);
        using var honest = await world.SignInAsync(_host.Client(), _org, Nuria);
        honest.StatusCode.ShouldBe(HttpStatusCode.Redirect, "whoever has a true key comes in meanwhile");
    }

    // The head and the signature of one token around the words of another.
    private static string Altered(string signed, string said) =>
        $"{signed.Split('.')[0]}.{said.Split('.')[1]}.{signed.Split('.')[2]}";
}
