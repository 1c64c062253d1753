using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Emargement.Tests.Accounts.Invitations;
using Emargement.Web.Platform;
using Microsoft.AspNetCore.WebUtilities;

namespace Emargement.Tests.Accounts.OpenId;

/// <summary>One host and one provider for the tests of a class.</summary>
public sealed class OpenIdHost : IAsyncLifetime
{
    public StaffHost Staff { get; } = new();

    public LocalProvider Provider { get; private set; } = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await Staff.InitializeAsync();
        Provider = await LocalProvider.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Staff.DisposeAsync();
        await Provider.DisposeAsync();
    }

    /// <summary>What an honest manager writes about the local provider.</summary>
    public object Body(string id = "entra", string? issuer = null, string? metadata = null, string[]? tenants = null) => new
    {
        id,
        name = "Annuaire",
        issuer = issuer ?? Provider.Issuer,
        metadata = metadata ?? Provider.Metadata,
        clientId = LocalProvider.Client,
        clientSecret = LocalProvider.Secret,
        tenants = tenants ?? [LocalProvider.Tenant],
        roles = new Dictionary<string, string> { ["Emargement.Manager"] = "manager", ["Emargement.Trainer"] = "trainer" },
    };

    public async Task AddAsync(string organisation, string id = "entra")
    {
        using var added = await Staff.Host.Operator.PostAsJsonAsync(
            $"/api/organisations/{organisation}/providers", Body(id), Cancellation);
        added.StatusCode.ShouldBe(HttpStatusCode.Created, await added.Content.ReadAsStringAsync(Cancellation));
    }

    /// <summary>Invites somebody, and gives the secret of the link in their mail.</summary>
    public async Task<string> InviteAsync(string organisation, string email, string role = "manager")
    {
        using var invited = await Staff.Host.Operator.PostAsJsonAsync(
            $"/api/organisations/{organisation}/invitations",
            new { role, lastName = "Fábregas", firstName = "Núria", email },
            Cancellation);
        invited.EnsureSuccessStatusCode();
        await Staff.Host.WhenIdleAsync();
        return Regex.Match(Staff.Mails.To(email)[^1].Text, "/a/([A-Za-z0-9_-]{22})").Groups[1].Value;
    }

    /// <summary>Presses the button: the browser keeps a cookie, and goes where this says.</summary>
    public static async Task<Asked> AskAsync(
        HttpClient browser, string organisation, string provider = "entra", string? invitation = null)
    {
        using var form = new FormUrlEncodedContent(
            invitation is null ? [] : [KeyValuePair.Create("invitation", invitation)]);
        using var answer = await browser.PostAsync($"/o/{organisation}/sign-in/{provider}", form, Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Cancellation));
        return AskedBy(answer);
    }

    /// <summary>What the browser is sent to the provider with.</summary>
    public static Asked AskedBy(HttpResponseMessage answer)
    {
        var address = new Uri(answer.Headers.GetValues("Refresh").Single().Split("url=")[1]);
        var query = QueryHelpers.ParseQuery(address.Query);
        query["response_type"].ToString().ShouldBe("code");
        query["code_challenge_method"].ToString().ShouldBe("S256");
        return new Asked(
            query["state"].ToString(), query["nonce"].ToString(), query["code_challenge"].ToString(), query["redirect_uri"].ToString());
    }

    /// <summary>Comes back from the provider with a code for this token.</summary>
    public Task<HttpResponseMessage> ReturnAsync(HttpClient browser, Asked asked, string token) =>
        browser.GetAsync($"/oidc/callback?code={Provider.Code(asked, token)}&state={asked.State}", Cancellation);

    /// <summary>Goes to the provider and comes back as an honest person does.</summary>
    /// <param name="person">Their <c>oid</c> there.</param>
    public async Task<HttpResponseMessage> SignInAsync(
        HttpClient browser,
        string organisation,
        string person,
        string? invitation = null,
        string provider = "entra",
        Action<Dictionary<string, object>>? claims = null)
    {
        var asked = await AskAsync(browser, organisation, provider, invitation);
        return await ReturnAsync(browser, asked, Provider.Token(asked, Staff.Host.Time.GetUtcNow(), person, claims));
    }

    /// <summary>Checks that a page says why nobody came in, and that nobody did.</summary>
    public static async Task RefusedAsync(
        HttpClient browser, string organisation, HttpResponseMessage answer, string code, string? why = null)
    {
        var args = why is null ? null : new Dictionary<string, string> { ["why"] = why };
        var html = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancellation));
        html.ShouldContain(Texts.Default.Refusal(code, args));
        ((int)answer.StatusCode).ShouldBeInRange(400, 499);
        (await StatusAsync(browser, organisation)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    public static async Task<HttpStatusCode> StatusAsync(HttpClient browser, string organisation)
    {
        using var me = await browser.GetAsync($"/api/organisations/{organisation}/me", Cancellation);
        return me.StatusCode;
    }
}
