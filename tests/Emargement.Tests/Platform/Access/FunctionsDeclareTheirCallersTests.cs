using System.Net;
using System.Reflection;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Access;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Tests.Platform.Access;

/// <summary>Every function with an HTTP trigger says who may call it, and by HTTP lets nobody else in.</summary>
public sealed class FunctionsDeclareTheirCallersTests(EveryCaller callers) : IClassFixture<EveryCaller>
{
    public static TheoryData<string> Names() => [.. HttpFunctions.All.Select(f => f.Name)];

    public static TheoryData<string> ClosedNames() =>
        [.. HttpFunctions.All.Where(f => !AccessRule.Of(f.Name, f.Method).IsPublic).Select(f => f.Name)];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Names))]
    public void It_has_either_callers_or_a_reason_to_be_public(string name)
    {
        var (_, method, trigger) = HttpFunctions.All.Single(f => f.Name == name);

        var rule = AccessRule.Of(name, method);

        trigger.AuthLevel.ShouldBe(AuthorizationLevel.Anonymous, "the access middleware is the one place of access rules");
        rule.PerMinute.ShouldBeInRange(1, 100_000);
        method.GetCustomAttribute<PublicAttribute>()?.Because.Length.ShouldBeGreaterThan(15, "the reason is a sentence");
        if ((rule.Callers & (Callers.Machine | Callers.RegionKey)) is { } keys && keys != Callers.None)
        {
            ApiRights.OfOrganisation.Concat(ApiRights.OfRegion).ShouldContain(rule.Right);
        }
    }

    [Theory]
    [MemberData(nameof(ClosedNames))]
    public async Task It_lets_nobody_else_in(string name)
    {
        var (_, method, trigger) = HttpFunctions.All.Single(f => f.Name == name);
        var rule = AccessRule.Of(name, method);
        var (hasOrg, hasRegion) = (
            trigger.Route!.Contains("{org", StringComparison.Ordinal), trigger.Route.Contains("{region", StringComparison.Ordinal));

        await RefusedAsync(trigger, rule, _ => { }, HttpStatusCode.Unauthorized, "nobody");
        foreach (var (kind, show) in callers.Here)
        {
            var outside = (hasOrg && kind == Callers.RegionKey) || (hasRegion && kind is not (Callers.RegionKey or Callers.Operator));
            if ((rule.Callers & kind) == Callers.None || outside)
            {
                await RefusedAsync(trigger, rule, show, HttpStatusCode.Forbidden, $"{kind}");
            }
        }

        foreach (var (kind, show) in hasOrg ? callers.Elsewhere : [])
        {
            if (kind is not (Callers.Operator or Callers.RegionKey))
            {
                await RefusedAsync(trigger, rule, show, HttpStatusCode.Forbidden, $"{kind} of another organisation");
            }
        }
    }

    [Theory]
    [MemberData(nameof(ClosedNames))]
    public async Task It_refuses_a_key_without_its_right(string name)
    {
        var (_, method, trigger) = HttpFunctions.All.Single(f => f.Name == name);
        var rule = AccessRule.Of(name, method);
        if ((rule.Callers & Callers.Machine) == Callers.None)
        {
            return;
        }

        var other = ApiRights.OfOrganisation.First(r => r != rule.Right);

        await RefusedAsync(
            trigger,
            rule,
            r => r.Headers.Add("Authorization", $"Bearer {callers.KeyWithOnly[other]}"),
            HttpStatusCode.Forbidden,
            $"a key with only {other}");
    }

    private async Task RefusedAsync(
        HttpTriggerAttribute trigger, AccessRule rule, Action<HttpRequestMessage> show, HttpStatusCode status, string who)
    {
        foreach (var verb in trigger.Methods!)
        {
            using var request = new HttpRequestMessage(
                new HttpMethod(verb.ToUpperInvariant()), new Uri(callers.Address, HttpFunctions.Path(trigger.Route!)));
            show(request);
            using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });

            using var response = await client.SendAsync(request, Cancellation);

            response.StatusCode.ShouldBe(rule.IsPage ? HttpStatusCode.Redirect : status, $"{verb} {trigger.Route} by {who}");
        }
    }
}
