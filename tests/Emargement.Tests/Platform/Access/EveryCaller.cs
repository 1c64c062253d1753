using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts;
using Emargement.Functions.Accounts.Cookies;
using Emargement.Functions.Accounts.Keys;
using Emargement.Functions.Platform.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Tests.Platform.Access;

/// <summary>A caller of every sort, of one organisation and of another, and how each shows who it is.</summary>
public sealed class EveryCaller : IAsyncLifetime
{
    public const string Org = "greta";
    public const string OtherOrg = "afpa";
    public const string Region = "occitanie";

    private AccessHost _host = null!;

    public Uri Address => _host.Address;

    /// <summary>Before every table name of this host.</summary>
    public string Prefix => _host.Prefix;

    public IReadOnlyList<(Callers Kind, Action<HttpRequestMessage> Show)> Here { get; private set; } = [];

    public IReadOnlyList<(Callers Kind, Action<HttpRequestMessage> Show)> Elsewhere { get; private set; } = [];

    /// <summary>By right, a key of the organisation that has no other.</summary>
    public IReadOnlyDictionary<string, string> KeyWithOnly { get; private set; } = new Dictionary<string, string>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await AccessHost.StartAsync(("Access:RateFactor", "1000"));
        await _host.CreateOrganisationAsync(Org);
        await _host.CreateOrganisationAsync(OtherOrg);
        Here = await OfAsync(OrganisationId.Parse(Org));
        Elsewhere = await OfAsync(OrganisationId.Parse(OtherOrg));
        var keys = new Dictionary<string, string>();
        foreach (var right in ApiRights.OfOrganisation)
        {
            keys[right] = await KeyAsync(new KeyOwner(OrganisationId.Parse(Org), null), right);
        }

        KeyWithOnly = keys;
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private async Task<List<(Callers Kind, Action<HttpRequestMessage> Show)>> OfAsync(OrganisationId organisation)
    {
        var holders = Enum.GetValues<AccountKind>().Where(k => k != AccountKind.Officer).Select(
            k => new AccountHolder(new AccountId(k, Reference.Parse("P1")), "Diallo", "Awa", null)).ToList();
        await _host.Services.GetRequiredService<IAccountDirectory>().EnsureAsync(organisation, holders, Cancellation);
        var machine = await KeyAsync(new KeyOwner(organisation, null), [.. ApiRights.OfOrganisation]);
        var region = await KeyAsync(new KeyOwner(null, Region), [.. ApiRights.OfRegion]);
        return
        [
            (Callers.Learner, await CookieAsync(organisation, AccountKind.Learner)),
            (Callers.Trainer, await CookieAsync(organisation, AccountKind.Trainer)),
            (Callers.Manager, await CookieAsync(organisation, AccountKind.Manager)),
            (Callers.OneFactor, await CookieAsync(organisation, AccountKind.Manager, DeviceUse.OneFactor)),
            (Callers.Tablet, await CookieAsync(organisation, AccountKind.Trainer, DeviceUse.Tablet, "20261123-1-S1")),
            (Callers.Officer, await CookieAsync(
                OrganisationId.OfRegion(RegionCode.Parse(Region)), AccountKind.Officer, role: OfficerRole.Leading)),
            (Callers.Machine, request => request.Headers.Add("Authorization", $"Bearer {machine}")),
            (Callers.RegionKey, request => request.Headers.Add("Authorization", $"Bearer {region}")),
            (Callers.Operator, request => request.Headers.Add("X-Operator-Key", AccessHost.OperatorKey)),
        ];
    }

    private async Task<Action<HttpRequestMessage>> CookieAsync(
        OrganisationId organisation, AccountKind kind, DeviceUse use = DeviceUse.Browser, string? session = null,
        OfficerRole? role = null)
    {
        var id = new AccountId(kind, Reference.Parse("P1"));
        var (device, secret) = await _host.Services.GetRequiredService<Devices>().AddAsync(
            organisation, id, use, new DefaultHttpContext().Request, Cancellation);
        var ticket = new SignInCookieContent(organisation.Value, id.Key, device, secret, session) { Role = role };
        var cookie = $"emargement={_host.Services.GetRequiredService<SignInCookieSeal>().Seal(ticket)}";
        return request => request.Headers.Add("Cookie", cookie);
    }

    private async Task<string> KeyAsync(KeyOwner owner, params string[] rights) =>
        (await _host.Services.GetRequiredService<ApiKeys>().MintAsync(owner, "test", rights, Cancellation)).Value!.Key;
}
