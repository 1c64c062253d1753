using System.Net;
using System.Net.Http.Json;
using Emargement.Tests.Placements;
using Emargement.Tests.Platform.Access;

namespace Emargement.Tests.Accounts.Invitations;

/// <summary>ASVS 5.0, 7.5.1: another e-mail address asks who one is once more, and is no secret to the address before.</summary>
public sealed class EmailChangeTests(StaffHost staff) : IClassFixture<StaffHost>, IAsyncLifetime
{
    private readonly SentMails _mails = staff.Mails;
    private readonly AccessHost _host = staff.Host;
    private string _org = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Email => $"/api/organisations/{_org}/me/email";

    private string Before => $"ines.roche@{_org}.test";

    private string After => $"i.roche@ailleurs.{_org}.test";

    public async ValueTask InitializeAsync() => _org = await staff.OrganisationAsync(org => $"ines.roche@{org}.test");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task V7_5_1_Another_address_asks_the_password_and_tells_both()
    {
        var (here, elsewhere) = (await _host.SignedInAsync(_org, "M1"), await _host.SignedInAsync(_org, "M1"));
        using var wrong = await here.PostAsJsonAsync(Email, new { password = "Six chevaux jaunes", email = After }, Cancellation);
        using var changed = await here.PostAsJsonAsync(Email, new { password = AccessHost.Password, email = After }, Cancellation);
        await _host.WhenIdleAsync();

        (await AccessHost.CodeAsync(wrong)).ShouldBe("sign-in-wrong");
        changed.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        _mails.To(Before).ShouldHaveSingleItem().Subject.ShouldContain("n’est plus");
        _mails.To(After).ShouldHaveSingleItem().Subject.ShouldContain("a changé");
        _mails.To(Before).Concat(_mails.To(After)).ShouldAllBe(m => !m.Text.Contains("/a/", StringComparison.Ordinal));
        (await StatusAsync(here)).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(elsewhere)).ShouldBe(HttpStatusCode.Unauthorized);
        using var old = await AccessHost.SignInAsync(_host.Client(), _org, Before);
        using var now = await AccessHost.SignInAsync(_host.Client(), _org, After);
        (old.StatusCode, now.StatusCode).ShouldBe((HttpStatusCode.Unauthorized, HttpStatusCode.OK));
    }

    [Fact]
    public async Task The_form_of_the_account_page_needs_no_script()
    {
        var client = await _host.SignedInAsync(_org, "M1");
        var wrong = await FormAsync(client, "Six chevaux jaunes");
        var right = await FormAsync(client, AccessHost.Password);

        wrong.Status.ShouldBe(HttpStatusCode.Unauthorized);
        wrong.Html.ShouldContain(After);
        right.Status.ShouldBe(HttpStatusCode.Redirect);
        (await client.GetStringAsync($"/o/{_org}/account?email", Cancellation)).ShouldContain(After);
    }

    private async Task<(HttpStatusCode Status, string Html)> FormAsync(HttpClient client, string password)
    {
        using var form = new FormUrlEncodedContent([new("act", "email"), new("email", After), new("email-password", password)]);
        using var answer = await client.PostAsync($"/o/{_org}/account", form, Cancellation);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
    }

    private async Task<HttpStatusCode> StatusAsync(HttpClient client)
    {
        using var me = await client.GetAsync($"/api/organisations/{_org}/me", Cancellation);
        return me.StatusCode;
    }
}
