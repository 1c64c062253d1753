using System.Net;
using System.Net.Http.Json;
using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts;
using Emargement.Functions.Accounts.Cookies;
using Emargement.Tests.Platform.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Tests.Accounts;

public sealed class SignInTests : IAsyncLifetime
{
    private const string Org = "greta";

    private AccessHost _host = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await AccessHost.StartAsync();
        await _host.CreateOrganisationAsync(Org);
        await _host.CreateManagerAsync(Org, "M1", "ines.roche@exemple.test");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("ines.roche@exemple.test")]
    [InlineData(" Ines.Roche@Exemple.Test ")] // phones put capitals and spaces
    [InlineData("M1")]
    [InlineData("m1")]
    public async Task A_person_signs_in_by_e_mail_or_by_reference(string login)
    {
        var client = _host.Client();

        using var response = await AccessHost.SignInAsync(client, Org, login);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var body = await AccessHost.JsonAsync(response);
        body["account"]!.GetValue<string>().ShouldBe("manager:M1");
        body["kind"]!.GetValue<string>().ShouldBe("manager");
        body["name"]!.GetValue<string>().ShouldBe("Inès Roche");
        body["next"]!.GetValue<string>().ShouldBe("enrol", "a manager has two factors, and none is set up yet");
        using var me = await client.GetAsync($"/api/organisations/{Org}/me", Cancellation);
        me.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_cookie_is_out_of_reach_of_scripts_and_ends_with_the_browser()
    {
        using var response = await AccessHost.SignInAsync(_host.Client(), Org, "M1");

        var cookie = response.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem();
        cookie.ShouldStartWith("emargement=");
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("samesite=lax");
        cookie.ShouldContain("path=/");
        cookie.ShouldNotContain("max-age");
    }

    [Fact]
    public async Task V7_3_2_A_session_ends_after_twelve_hours_however_much_it_is_used()
    {
        var client = await _host.SignedInAsync(Org, "M1");
        for (var quarter = 1; quarter < 48; quarter++)
        {
            _host.Time.Advance(TimeSpan.FromMinutes(15));
            using var used = await client.GetAsync($"/api/organisations/{Org}/me", Cancellation);
        }

        _host.Time.Advance(TimeSpan.FromMinutes(15) - TimeSpan.FromSeconds(1));
        using var before = await client.GetAsync($"/api/organisations/{Org}/me", Cancellation);
        _host.Time.Advance(TimeSpan.FromSeconds(1));

        using var after = await client.GetAsync($"/api/organisations/{Org}/me", Cancellation);

        before.StatusCode.ShouldBe(HttpStatusCode.OK);
        after.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("M1", "Trois chevaux verts")]
    [InlineData("nobody@exemple.test", AccessHost.Password)]
    [InlineData("", AccessHost.Password)]
    public async Task V6_3_8_A_wrong_password_and_an_unknown_login_get_the_same_answer(string login, string password)
    {
        using var response = await AccessHost.SignInAsync(_host.Client(), Org, login, password);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await AccessHost.CodeAsync(response)).ShouldBe("sign-in-wrong");
        response.Headers.Contains("Set-Cookie").ShouldBeFalse();
    }

    [Fact]
    public async Task Learners_who_share_an_e_mail_sign_in_by_their_references()
    {
        var directory = _host.Services.GetRequiredService<IAccountDirectory>();
        EmailAddress family = EmailAddress.Parse("famille@exemple.test");
        var report = await directory.EnsureAsync(
            OrganisationId.Parse(Org),
            [
                new AccountHolder(new AccountId(AccountKind.Learner, Reference.Parse("L1")), "Diallo", "Awa", family),
                new AccountHolder(new AccountId(AccountKind.Learner, Reference.Parse("L2")), "Diallo", "Issa", family),
            ],
            Cancellation);
        await _host.SetPasswordAsync(Org, "learner:L1", AccessHost.Password);
        await _host.SetPasswordAsync(Org, "learner:L2", AccessHost.Password);

        using var byEmail = await AccessHost.SignInAsync(_host.Client(), Org, family.Value);
        using var byReference = await AccessHost.SignInAsync(_host.Client(), Org, "L2");

        report.SharedEmails.Select(a => a.Key).ShouldBe(["learner:L1", "learner:L2"]);
        byEmail.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await AccessHost.JsonAsync(byReference))["account"]!.GetValue<string>().ShouldBe("learner:L2");
    }

    [Fact]
    public async Task A_manager_who_also_teaches_is_told_apart_by_the_password()
    {
        var directory = _host.Services.GetRequiredService<IAccountDirectory>();
        await directory.EnsureAsync(
            OrganisationId.Parse(Org),
            [
                new AccountHolder(
                    new AccountId(AccountKind.Trainer, Reference.Parse("M1")),
                    "Roche",
                    "Inès",
                    EmailAddress.Parse("ines.roche@exemple.test")),
            ],
            Cancellation);
        await _host.SetPasswordAsync(Org, "trainer:M1", "Cinq chevaux bleus");

        using var asManager = await AccessHost.SignInAsync(_host.Client(), Org, "ines.roche@exemple.test");
        using var asTrainer = await AccessHost.SignInAsync(_host.Client(), Org, "M1", "Cinq chevaux bleus");

        (await AccessHost.JsonAsync(asManager))["kind"]!.GetValue<string>().ShouldBe("manager");
        (await AccessHost.JsonAsync(asTrainer))["kind"]!.GetValue<string>().ShouldBe("trainer");
    }

    [Fact]
    public async Task V7_4_3_A_changed_password_ends_every_other_sign_in()
    {
        var here = await _host.SignedInAsync(Org, "M1");
        var elsewhere = await _host.SignedInAsync(Org, "M1");
        var phone = await _host.SignedInAsync(Org, "M1");

        using var changed = await here.PostAsJsonAsync(
            $"/api/organisations/{Org}/me/password", new { current = AccessHost.Password, password = "Cinq chevaux bleus" }, Cancellation);

        changed.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using var hereAfter = await here.GetAsync($"/api/organisations/{Org}/me", Cancellation);
        using var elsewhereAfter = await elsewhere.GetAsync($"/api/organisations/{Org}/me", Cancellation);
        using var phoneAfter = await phone.GetAsync($"/api/organisations/{Org}/me", Cancellation);
        hereAfter.StatusCode.ShouldBe(HttpStatusCode.OK);
        elsewhereAfter.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        phoneAfter.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task V7_5_1_A_password_is_changed_only_by_who_knows_it()
    {
        var client = await _host.SignedInAsync(Org, "M1");

        using var changed = await client.PostAsJsonAsync(
            $"/api/organisations/{Org}/me/password",
            new { current = "Trois chevaux verts", password = "Cinq chevaux bleus" },
            Cancellation);

        (await AccessHost.CodeAsync(changed)).ShouldBe("sign-in-wrong");
    }

    [Theory]
    [InlineData("http", "emargement", false)]
    [InlineData("https", "__Host-emargement", true)]
    public void V3_3_1_and_V3_3_3_Over_https_only_this_host_may_set_the_cookie(string scheme, string name, bool secure)
    {
        var cookie = _host.Services.GetRequiredService<SignInCookie>();
        var content = new SignInCookieContent(Org, "manager:M1", "device", "secret");
        var http = new DefaultHttpContext();
        http.Request.Scheme = scheme;

        cookie.Write(http, content, keptFor: null);

        var written = http.Response.Headers.SetCookie.ShouldHaveSingleItem().ShouldNotBeNull();
        written.ShouldStartWith(name + "=");
        written.Contains("; secure", StringComparison.Ordinal).ShouldBe(secure);
        written.ShouldContain("; path=/");
        written.ShouldNotContain("domain");
        var next = new DefaultHttpContext();
        (next.Request.Scheme, next.Request.Headers.Cookie) = (scheme, written.Split(';')[0]);
        cookie.Read(next.Request).ShouldBe(content);
        next.Request.Headers.Cookie = next.Request.Headers.Cookie.ToString().Replace(name, secure ? "emargement" : "__Host-emargement");
        cookie.Read(next.Request).ShouldBeNull("the other name is somebody else's");
    }

    [Fact]
    public async Task Signing_out_takes_the_cookie_away()
    {
        var client = await _host.SignedInAsync(Org, "M1");

        using var signedOut = await client.PostAsync($"/api/organisations/{Org}/sign-out", null, Cancellation);
        using var me = await client.GetAsync($"/api/organisations/{Org}/me", Cancellation);

        signedOut.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        me.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_cookie_that_was_altered_is_nobody_s()
    {
        using var response = await AccessHost.SignInAsync(_host.Client(), Org, "M1");
        var cookie = response.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        var altered = cookie[..^2] + (cookie[^2] == 'A' ? 'B' : 'A') + cookie[^1];
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_host.Address, $"/api/organisations/{Org}/me"));
        request.Headers.Add("Cookie", altered);
        using var plain = new HttpClient(new SocketsHttpHandler { UseCookies = false });

        using var me = await plain.SendAsync(request, Cancellation);

        me.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }
}
