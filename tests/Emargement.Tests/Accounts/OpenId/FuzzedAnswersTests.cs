using System.Diagnostics;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts.OpenId;
using Emargement.Functions.Accounts.OpenId.Providers;
using Emargement.Tests.Platform;
using Emargement.Tests.Platform.Guessing;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Tests.Accounts.OpenId;

/// <summary>
/// What comes back from a provider, changed by chance: its token, and the cookie of the browser that asked. Nothing that was changed says
/// who somebody is, and nothing throws.
/// </summary>
[Trait(LongRun.Trait, "yes")]
public sealed class FuzzedAnswersTests(OpenIdHost world, ITestOutputHelper output) : IClassFixture<OpenIdHost>
{
    private const int Each = 500;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_changed_token_says_who_somebody_is()
    {
        var host = world.Staff.Host;
        var org = await world.Staff.OrganisationAsync(id => $"ines@{id}.test");
        await world.AddAsync(org);
        var providers = host.Services.GetRequiredService<OpenIdProviders>();
        var provider = (await providers.GetAsync(OrganisationId.Parse(org), "entra", Cancellation)).Value.ShouldNotBeNull();
        var tokens = host.Services.GetRequiredService<IdTokens>();
        var asked = new Asked("state", "nonce", "challenge", "redirect");
        string[] good = [.. Enumerable.Range(1, 6).Select(i => world.Provider.Token(asked, host.Time.GetUtcNow(), $"person-{i}"))];
        var people = new HashSet<string>();
        foreach (var token in good)
        {
            people.Add((await tokens.ReadAsync(provider, token, asked.Nonce, Cancellation)).Value!.Object!);
        }

        // Base64url may be written in more than one way: what is read then must say what was signed, to the letter.
        await FuzzAsync("tokens of a provider", good, async text =>
            await tokens.ReadAsync(provider, text, asked.Nonce, Cancellation) is not { IsOk: true, Value.Object: { } person }
                || (people.Contains(person) && good.Any(g => g.Split('.')[1] == text.Split('.')[1])));
        people.Count.ShouldBe(good.Length);
    }

    [Fact]
    public async Task No_changed_cookie_of_a_request_is_taken()
    {
        var cookie = new OpenIdCookie(new EphemeralDataProtectionProvider());
        string[] good = [.. Enumerable.Range(1, 6).Select(i => Written(cookie, $"state-{i}"))];
        var states = good.Select(c => Read(cookie, c)).ToHashSet();
        states.Count.ShouldBe(good.Length);

        await FuzzAsync("cookies of a request", good, text => Task.FromResult(
            Read(cookie, new string([.. text.Where(c => c is > ' ' and < '\x7f' and not (';' or ',' or '"'))])) is not { } state
                || states.Contains(state)));
    }

    private static string Written(OpenIdCookie cookie, string state)
    {
        var http = new DefaultHttpContext();
        cookie.Write(http, new OpenIdAsked("garonne", "entra", state, "nonce", "verifier", null, null));
        return http.Response.Headers.SetCookie.ToString().Split('=', 2)[1].Split(';')[0];
    }

    private static string? Read(OpenIdCookie cookie, string text)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers.Cookie = $"oidc={text}";
        return cookie.Take(http)?.State;
    }

    private async Task FuzzAsync(string what, string[] good, Func<string, Task<bool>> isRefusedAsync)
    {
        var (seed, tries, took) = (Random.Shared.Next(), LongRun.Times(Each), Stopwatch.StartNew());
        await Parallel.ForAsync(0, Environment.ProcessorCount, Cancellation, async (part, _) =>
        {
            var random = new Random(seed + part);
            for (var i = part; i < tries; i += Environment.ProcessorCount)
            {
                var text = Mutation.Of(random, good);
                (await isRefusedAsync(text)).ShouldBeTrue($"{what}, seed {seed}: {text}");
            }
        });
        Mutation.Report(output, what, tries, seed, took);
    }
}
