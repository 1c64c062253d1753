using System.Net;
using System.Net.Http.Json;
using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts;
using Emargement.Functions.Accounts.Cookies;
using Emargement.Functions.Accounts.Factors;
using Emargement.Functions.Platform.Audit;
using Emargement.Tests.Platform.Access;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Tests.Accounts.OpenId;

/// <summary>Who comes in by a provider, and who does not: the answer is this browser's, is taken once, and speaks of one person.</summary>
public sealed class OpenIdSignInTests(OpenIdHost world) : IClassFixture<OpenIdHost>, IAsyncLifetime
{
    private const string Nuria = "0a7d3c11-nuria";

    private readonly AccessHost _host = world.Staff.Host;
    private string _org = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Email => $"nuria@{_org}.test";

    public async ValueTask InitializeAsync()
    {
        _org = await world.Staff.OrganisationAsync(org => $"ines@{org}.test");
        await world.AddAsync(_org);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Whoever_answers_an_invitation_by_the_provider_comes_in_by_it_from_then_on()
    {
        var secret = await world.InviteAsync(_org, Email);
        var (first, later) = (_host.Client(), _host.Client());
        var page = WebUtility.HtmlDecode(await first.GetStringAsync($"/a/{secret}", Cancellation));
        using var bound = await world.SignInAsync(first, _org, Nuria, secret);
        using var again = await world.SignInAsync(later, _org, Nuria);

        page.ShouldContain("Continuer avec Annuaire");
        bound.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        again.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        again.Headers.Location!.ToString().ShouldBe($"/o/{_org}/today");
        using var me = await later.GetAsync($"/api/organisations/{_org}/me", Cancellation);
        (await AccessHost.JsonAsync(me))["name"]!.GetValue<string>().ShouldBe("Núria Fábregas");
    }

    [Fact]
    public async Task A_link_answered_by_the_provider_is_used_up_and_one_taken_back_binds_nobody()
    {
        var secret = await world.InviteAsync(_org, Email);
        using var bound = await world.SignInAsync(_host.Client(), _org, Nuria, secret);
        var other = _host.Client();
        using var again = await world.SignInAsync(other, _org, "somebody-else", secret);
        await OpenIdHost.RefusedAsync(other, _org, again, "link-used");

        var second = await world.InviteAsync(_org, $"b@{_org}.test");
        using var list = await _host.Operator.GetAsync($"/api/organisations/{_org}/invitations", Cancellation);
        var account = System.Text.Json.Nodes.JsonNode.Parse(await list.Content.ReadAsStringAsync(Cancellation))![0]!["account"]!;
        using var revoked = await _host.Operator.DeleteAsync($"/api/organisations/{_org}/invitations/{account}", Cancellation);
        using var late = await world.SignInAsync(other, _org, "somebody-else", second);
        await OpenIdHost.RefusedAsync(other, _org, late, "link-revoked");
    }

    [Fact]
    public async Task V16_3_1_Nobody_comes_in_by_an_address_that_is_the_same_and_who_tries_is_written()
    {
        var browser = _host.Client();
        using var answer = await world.SignInAsync(browser, _org, "an-impostor", claims: c =>
        {
            foreach (var name in new[] { "email", "preferred_username", "unique_name", "upn" })
            {
                c[name] = $"ines@{_org}.test";
            }
        });

        await OpenIdHost.RefusedAsync(browser, _org, answer, "oidc-not-invited");
        var table = _host.Services.GetRequiredService<AuditTable>();
        var now = _host.Time.GetUtcNow();
        (await table.BetweenAsync(_org, now.AddHours(-1), now.AddHours(1), null, Cancellation).ToListAsync(Cancellation))
            .Where(e => e.What == "FinishSignInByProvider").ShouldHaveSingleItem().Kind.ShouldBe(AuditKind.Refused);
    }

    [Fact]
    public async Task V6_8_1_Two_providers_that_say_the_same_of_somebody_speak_of_two_people()
    {
        await world.AddAsync(_org, "other");
        using var bound = await world.SignInAsync(_host.Client(), _org, Nuria, await world.InviteAsync(_org, Email));
        var browser = _host.Client();

        using var answer = await world.SignInAsync(browser, _org, Nuria, provider: "other");

        await OpenIdHost.RefusedAsync(browser, _org, answer, "oidc-not-invited");
    }

    [Fact]
    public async Task One_person_opens_one_account_of_a_kind()
    {
        using var bound = await world.SignInAsync(_host.Client(), _org, Nuria, await world.InviteAsync(_org, Email));
        var browser = _host.Client();
        using var second = await world.SignInAsync(browser, _org, Nuria, await world.InviteAsync(_org, $"b@{_org}.test"));

        await OpenIdHost.RefusedAsync(browser, _org, second, "identity-taken");
    }

    [Fact]
    public async Task A_link_that_somebody_else_was_shown_joins_nobody_past_a_second_step_and_never_unseen()
    {
        var (factors, id) = (_host.Services.GetRequiredService<FactorsTable>(), new AccountId(AccountKind.Manager, Reference.Parse("M1")));
        await factors.TryInsertAsync(OrganisationId.Parse(_org), id, new Factor([1, 2, 3], 1, [], _host.Time.GetUtcNow()), Cancellation);
        using var minted = await _host.Operator.PostAsJsonAsync(
            $"/api/organisations/{_org}/accounts/manager:M1/activation", new { send = false }, Cancellation);
        var secret = (await AccessHost.JsonAsync(minted))["activationUrl"]!.GetValue<string>().Split('/')[^1];
        var stranger = _host.Client();
        using var refused = await world.SignInAsync(stranger, _org, "another-manager", secret);
        await OpenIdHost.RefusedAsync(stranger, _org, refused, "identity-second-step");

        await factors.TryDeleteAsync(OrganisationId.Parse(_org), id, Cancellation);
        using var holder = await AccessHost.SignInAsync(_host.Client(), _org, "M1");
        using var joined = await world.SignInAsync(stranger, _org, "another-manager", secret);
        await _host.WhenIdleAsync();

        holder.StatusCode.ShouldBe(HttpStatusCode.OK);
        joined.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        world.Staff.Mails.To($"ines@{_org}.test")[^1].Subject.ShouldContain("connexion par un fournisseur");
        (await _host.Services.GetRequiredService<DevicesTable>().ListAsync(OrganisationId.Parse(_org), id, Cancellation)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_an_answer_left_to_an_invitation_that_was_taken_back_meanwhile_is_in_nobody_s_way()
    {
        using var bound = await world.SignInAsync(_host.Client(), _org, Nuria, await world.InviteAsync(_org, Email));
        var (accounts, organisation) = (_host.Services.GetRequiredService<AccountsTable>(), OrganisationId.Parse(_org));
        var account = (await accounts.ListAsync(organisation, Cancellation)
            .FirstAsync(a => a.Value.Provider is not null, Cancellation)).Value.Id;
        await accounts.DeleteAsync(organisation, account, Cancellation);

        using var again = await world.SignInAsync(_host.Client(), _org, Nuria, await world.InviteAsync(_org, Email));

        again.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task V8_3_2_Without_a_role_nobody_enters_and_a_role_taken_away_is_none()
    {
        var secret = await world.InviteAsync(_org, Email);
        var browser = _host.Client();
        foreach (var roles in new object?[] { null, Array.Empty<string>(), new[] { "Autre" }, new[] { "Emargement.Trainer" } })
        {
            using var none = await world.SignInAsync(browser, _org, Nuria, secret, claims: Roles(roles));
            await OpenIdHost.RefusedAsync(browser, _org, none, "oidc-role-missing");
        }

        using var bound = await world.SignInAsync(
            _host.Client(), _org, Nuria, secret, claims: Roles(new[] { "Autre", "Emargement.Manager" }));
        bound.StatusCode.ShouldBe(HttpStatusCode.Redirect, "the invitation is not spent by what was refused");
        using var taken = await world.SignInAsync(browser, _org, Nuria, claims: Roles(null));
        await OpenIdHost.RefusedAsync(browser, _org, taken, "oidc-role-missing");
    }

    [Fact]
    public async Task A_suspended_account_lets_nobody_in_by_the_provider_either()
    {
        using var bound = await world.SignInAsync(_host.Client(), _org, Nuria, await world.InviteAsync(_org, Email, "trainer"),
            claims: Roles("Emargement.Trainer"));
        using var staff = await _host.Operator.GetAsync($"/api/organisations/{_org}/trainers", Cancellation);
        var reference = (await AccessHost.JsonAsync(staff))["items"]![0]!["ref"]!;
        using var suspended = await _host.Operator.PostAsync(
            $"/api/organisations/{_org}/accounts/trainer:{reference}/suspension", null, Cancellation);
        suspended.EnsureSuccessStatusCode();
        var browser = _host.Client();

        using var answer = await world.SignInAsync(browser, _org, Nuria, claims: Roles("Emargement.Trainer"));

        bound.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        await OpenIdHost.RefusedAsync(browser, _org, answer, "account-suspended");
    }

    [Fact]
    public async Task V10_2_1_An_answer_to_another_browser_or_to_nobody_is_refused()
    {
        using var bound = await world.SignInAsync(_host.Client(), _org, Nuria, await world.InviteAsync(_org, Email));
        var (attacker, victim, nobody) = (_host.Client(), _host.Client(), _host.Client());
        var planted = await OpenIdHost.AskAsync(attacker, _org);
        await OpenIdHost.AskAsync(victim, _org);
        var token = world.Provider.Token(planted, _host.Time.GetUtcNow(), Nuria);

        using var toVictim = await world.ReturnAsync(victim, planted, token);
        using var toNobody = await world.ReturnAsync(nobody, planted, token);

        await OpenIdHost.RefusedAsync(victim, _org, toVictim, "oidc-other-browser");
        await OpenIdHost.RefusedAsync(nobody, _org, toNobody, "oidc-other-browser");
    }

    [Fact]
    public async Task V10_1_2_A_code_that_another_request_asked_for_is_refused_by_its_verifier()
    {
        using var bound = await world.SignInAsync(_host.Client(), _org, Nuria, await world.InviteAsync(_org, Email));
        var (attacker, victim) = (_host.Client(), _host.Client());
        var stolen = await OpenIdHost.AskAsync(victim, _org);
        var own = await OpenIdHost.AskAsync(attacker, _org);
        var code = world.Provider.Code(stolen, world.Provider.Token(stolen, _host.Time.GetUtcNow(), Nuria));

        using var answer = await attacker.GetAsync($"/oidc/callback?code={code}&state={own.State}", Cancellation);

        await OpenIdHost.RefusedAsync(attacker, _org, answer, "oidc-code-refused");
    }

    [Fact]
    public async Task An_answer_is_taken_once_even_with_a_copy_of_the_cookie()
    {
        using var bound = await world.SignInAsync(_host.Client(), _org, Nuria, await world.InviteAsync(_org, Email));
        using var form = new FormUrlEncodedContent([]);
        using var started = await _host.Client().PostAsync($"/o/{_org}/sign-in/entra", form, Cancellation);
        var cookie = started.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("oidc=", StringComparison.Ordinal));
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("max-age=600");
        cookie.ShouldContain("samesite=lax");
        var asked = OpenIdHost.AskedBy(started);

        var statuses = await Task.WhenAll(Enumerable.Range(0, 3).Select(async _ =>
        {
            var code = world.Provider.Code(asked, world.Provider.Token(asked, _host.Time.GetUtcNow(), Nuria));
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/oidc/callback?code={code}&state={asked.State}");
            request.Headers.Add("Cookie", cookie.Split(';')[0]);
            using var answer = await _host.Client().SendAsync(request, Cancellation);
            return answer.StatusCode;
        }));

        statuses.Count(s => s == HttpStatusCode.Redirect).ShouldBe(1);
        statuses.Count(s => s == HttpStatusCode.Gone).ShouldBe(2);
    }

    [Fact]
    public async Task A_sign_in_elsewhere_takes_ten_minutes_at_most_and_a_refusal_there_is_one_here()
    {
        var browser = _host.Client();
        var asked = await OpenIdHost.AskAsync(browser, _org);
        _host.Time.Advance(TimeSpan.FromMinutes(10));
        using var late = await world.ReturnAsync(browser, asked, world.Provider.Token(asked, _host.Time.GetUtcNow(), Nuria));
        await OpenIdHost.RefusedAsync(browser, _org, late, "oidc-expired");

        var again = await OpenIdHost.AskAsync(browser, _org);
        using var denied = await browser.GetAsync($"/oidc/callback?error=access_denied&state={again.State}", Cancellation);
        await OpenIdHost.RefusedAsync(browser, _org, denied, "oidc-denied");

        var mixed = await OpenIdHost.AskAsync(browser, _org);
        var code = world.Provider.Code(mixed, world.Provider.Token(mixed, _host.Time.GetUtcNow(), Nuria));
        using var other = await browser.GetAsync(
            $"/oidc/callback?code={code}&state={mixed.State}&iss=https%3A%2F%2Fmechant.test", Cancellation);
        await OpenIdHost.RefusedAsync(browser, _org, other, "oidc-denied");
    }

    [Fact]
    public async Task V7_6_2_No_sign_in_begins_without_an_act()
    {
        using var got = await _host.Client().GetAsync($"/o/{_org}/sign-in/entra", Cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/o/{_org}/sign-in/entra");
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        using var foreign = await _host.Client().SendAsync(request, Cancellation);

        ((int)got.StatusCode).ShouldBeInRange(400, 499);
        foreign.StatusCode.ShouldNotBe(HttpStatusCode.OK);
        foreign.Headers.Contains("Refresh").ShouldBeFalse();
    }

    private static Action<Dictionary<string, object>> Roles(object? roles) => claims =>
    {
        claims.Remove("roles");
        if (roles is not null)
        {
            claims["roles"] = roles;
        }
    };
}
