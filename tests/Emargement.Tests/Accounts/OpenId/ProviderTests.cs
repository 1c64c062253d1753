using System.Net;
using System.Net.Http.Json;
using System.Text;
using Azure.Data.Tables;
using Emargement.Domain.Accounts;
using Emargement.Tests.Platform;
using Emargement.Tests.Platform.Access;

namespace Emargement.Tests.Accounts.OpenId;

/// <summary>Providers are a manager's to add and to take away; their secret is nobody's to see.</summary>
public sealed class ProviderTests(OpenIdHost world) : IClassFixture<OpenIdHost>, IAsyncLifetime
{
    private readonly AccessHost _host = world.Staff.Host;
    private string _org = "";
    private HttpClient _manager = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string All => $"/api/organisations/{_org}/providers";

    private string Page => $"/o/{_org}/settings/providers";

    public async ValueTask InitializeAsync()
    {
        _org = await world.Staff.OrganisationAsync(org => $"ines@{org}.test");
        _manager = await _host.SignedInAsync(_org, "M1");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("https://login.microsoftonline.com/common/v2.0", null, "provider-many-tenants")]
    [InlineData("https://login.microsoftonline.com/organizations/v2.0", null, "provider-many-tenants")]
    [InlineData("https://login.microsoftonline.com/{tenantid}/v2.0", null, "provider-many-tenants")]
    [InlineData(null, "https://login.microsoftonline.com/Common/v2.0/.well-known/openid-configuration", "provider-many-tenants")]
    [InlineData("not an address", null, "provider-invalid")]
    [InlineData("https://u:p@annuaire.test", null, "provider-invalid")]
    [InlineData("https://annuaire.test/?x=1", null, "provider-invalid")]
    [InlineData("https://annuaire.test", "here", "provider-issuer-differs")] // ASVS 10.5.3: the description is another issuer's
    [InlineData(null, "moved", "provider-redirects")]
    [InlineData(null, "https://10.0.0.1/.well-known/openid-configuration", "address-invalid")] // a name is asked for, and a public one
    [InlineData(null, "nowhere", "address-status")]
    public async Task V10_5_3_A_provider_that_speaks_for_others_or_leads_elsewhere_is_refused(string? issuer, string? metadata, string code)
    {
        var address = metadata switch
        {
            "here" => world.Provider.Metadata,
            "moved" => world.Provider.Moved,
            "nowhere" => $"{world.Provider.Address}/nowhere",
            _ => metadata,
        };
        using var answer = await _manager.PostAsJsonAsync(All, world.Body(issuer: issuer, metadata: address), Cancellation);

        (await AccessHost.CodeAsync(answer)).ShouldBe(code);
    }

    [Fact]
    public async Task The_secret_is_sealed_and_never_shown_again()
    {
        using var added = await _manager.PostAsJsonAsync(All, world.Body(), Cancellation);
        using var one = await _manager.GetAsync($"{All}/entra", Cancellation);
        var shown = new StringBuilder()
            .Append(await added.Content.ReadAsStringAsync(Cancellation))
            .Append(await one.Content.ReadAsStringAsync(Cancellation))
            .Append(await _manager.GetStringAsync(All, Cancellation))
            .Append(await _manager.GetStringAsync(Page, Cancellation));
        var table = new TableClient(AzuriteFixture.ConnectionString, $"{_host.Prefix}OpenIdProviders");
        await foreach (var row in table.QueryAsync<TableEntity>(r => r.PartitionKey == _org, cancellationToken: Cancellation))
        {
            row.GetString("Secret").Length.ShouldBeGreaterThan(40);
            shown.AppendJoin(' ', row.Select(cell => cell.Value));
        }

        added.StatusCode.ShouldBe(HttpStatusCode.Created);
        shown.ToString().ShouldContain("\"hasSecret\":true");
        shown.ToString().ShouldNotContain(LocalProvider.Secret);
    }

    [Fact]
    public async Task A_change_carries_the_version_that_was_read_and_never_says_whose_tokens_are_taken()
    {
        await world.AddAsync(_org);
        using var one = await _manager.GetAsync($"{All}/entra", Cancellation);
        using var changed = await PatchAsync(new { name = "Microsoft", twoFactors = true }, one.Headers.ETag!.ToString());
        using var stale = await PatchAsync(new { name = "Autre" }, one.Headers.ETag!.ToString());
        using var unversioned = await PatchAsync(new { name = "Autre" }, null);
        using var issuer = await PatchAsync(new { issuer = "https://mechant.test" }, changed.Headers.ETag!.ToString());
        using var tenants = await PatchAsync(new { tenants = Array.Empty<string>() }, changed.Headers.ETag!.ToString());

        (await AccessHost.JsonAsync(changed))["name"]!.GetValue<string>().ShouldBe("Microsoft");
        (await AccessHost.CodeAsync(stale)).ShouldBe("changed-meanwhile");
        (await AccessHost.CodeAsync(unversioned)).ShouldBe("if-match-missing");
        (await AccessHost.CodeAsync(issuer)).ShouldBe("body-invalid");
        (await AccessHost.CodeAsync(tenants)).ShouldBe("provider-invalid");
    }

    [Fact]
    public async Task Whoever_came_in_by_a_provider_goes_with_it()
    {
        await world.AddAsync(_org);
        var browser = _host.Client();
        using var bound = await world.SignInAsync(browser, _org, "n", await world.InviteAsync(_org, $"nuria@{_org}.test"));
        using var removed = await _manager.DeleteAsync($"{All}/entra", Cancellation);
        (await OpenIdHost.StatusAsync(browser, _org)).ShouldBe(HttpStatusCode.Unauthorized);

        await world.AddAsync(_org);
        using var again = await world.SignInAsync(browser, _org, "n");

        removed.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await OpenIdHost.RefusedAsync(browser, _org, again, "oidc-not-invited");
    }

    [Fact]
    public async Task The_page_does_all_of_it_without_a_script()
    {
        (string, string)[] fields =
        [
            ("act", "add"), ("id", "entra"), ("name", "Annuaire"), ("issuer", world.Provider.Issuer), ("metadata", world.Provider.Metadata),
            ("clientId", LocalProvider.Client), ("clientSecret-password", LocalProvider.Secret), ("tenants", LocalProvider.Tenant),
            ("managerRole", "Emargement.Manager"),
        ];
        using var wrong = await PostAsync([.. fields.Select(f => f.Item1 == "issuer" ? ("issuer", "https://annuaire.test") : f)]);
        using var added = await PostAsync(fields);
        using var renewed = await PostAsync(("act", "secret"), ("provider", "entra"), ("clientSecret-password", "un autre"));
        var signIn = WebUtility.HtmlDecode(await _host.Client().GetStringAsync($"/o/{_org}", Cancellation));
        using var removed = await PostAsync(("act", "remove"), ("provider", "entra"));

        wrong.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var html = await wrong.Content.ReadAsStringAsync(Cancellation);
        html.ShouldContain("value=\"https://annuaire.test\"");
        html.ShouldNotContain(LocalProvider.Secret);
        new[] { added, renewed, removed }.ShouldAllBe(a => a.StatusCode == HttpStatusCode.Redirect);
        signIn.ShouldContain("Continuer avec Annuaire");
        (await _host.Client().GetStringAsync($"/o/{_org}", Cancellation)).ShouldNotContain("Continuer avec");
    }

    [Fact]
    public void V6_8_4_Silence_about_a_second_factor_is_one_factor()
    {
        var silent = new IdTokenClaims("s", null, null, "n", null, ["c"], [], []);

        silent.IsStrong.ShouldBeFalse();
        (silent with { Methods = ["pwd"] }).IsStrong.ShouldBeFalse();
        (silent with { Methods = ["pwd", "mfa"] }).IsStrong.ShouldBeTrue();
    }

    private Task<HttpResponseMessage> PostAsync(params (string Name, string Value)[] fields) =>
        _manager.PostAsync(Page, new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))), Cancellation);

    private async Task<HttpResponseMessage> PatchAsync(object body, string? version)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"{All}/entra") { Content = JsonContent.Create(body) };
        if (version is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", version);
        }

        return await _manager.SendAsync(request, Cancellation);
    }
}
