using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Azure.Core.Pipeline;
using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts;
using Emargement.Functions.Accounts.Links;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Mail;
using Emargement.Tests.Placements;
using Emargement.Tests.Platform.Access;
using Emargement.Tests.Signing;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Tests.Accounts;

/// <summary>
/// A person who forgot the password gets back in alone, by mail; whoever asks for somebody else learns and changes nothing.
/// </summary>
public sealed partial class RecoveryTests : IAsyncLifetime
{
    private const string Org = "greta";
    private const string Ask = $"/api/organisations/{Org}/password-links";
    private const string Me = $"/api/organisations/{Org}/me";
    private const string NewPassword = "Cinq chevaux bleus";
    private const string Awa = "awa@exemple.test";
    private const string Family = "famille@exemple.test";

    private readonly SentMails _mails = new();
    private readonly StorageCalls _calls = new();
    private AccessHost _host = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await AccessHost.StartAsync(
            services =>
            {
                services.AddSingleton<IMailSender>(_mails);
                services.AddSingleton<HttpPipelinePolicy>(_calls);
            },
            ("Access:PublicUrl", "https://emargement.example"),
            ("Mail:PerMinute", "100000"),
            ("Mail:PerHour", "1000000"));
        await _host.CreateOrganisationAsync(Org);
        AccountHolder[] holders =
        [
            Holder("L1", "Awa", Awa), Holder("L2", "Issa", Family), Holder("L3", "Fatou", Family), Holder("L4", "Nobody", null),
        ];
        await _host.Services.GetRequiredService<IAccountDirectory>().EnsureAsync(OrganisationId.Parse(Org), holders, Cancellation);
        foreach (var holder in holders)
        {
            await _host.SetPasswordAsync(Org, holder.Id.Key, AccessHost.Password);
        }
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData(Awa)]
    [InlineData(" AWA@Exemple.Test")]
    [InlineData("L1")]
    public async Task A_link_comes_by_mail_and_gives_one_new_password(string login)
    {
        var phone = await _host.SignedInAsync(Org, "L1", stay: true);
        await AskAsync(login);
        var secret = Secrets(_mails.To(Awa).ShouldHaveSingleItem()).ShouldHaveSingleItem();

        using var page = await _host.Client().GetAsync($"/a/{secret}", Cancellation);
        using var chosen = await ChooseAsync(secret, NewPassword);
        using var again = await ChooseAsync(secret, "Six chevaux jaunes");
        await _host.WhenIdleAsync();

        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        chosen.StatusCode.ShouldBe(HttpStatusCode.OK);
        chosen.Headers.Contains("Set-Cookie").ShouldBeFalse("the new password is typed once at least");
        again.StatusCode.ShouldBe(HttpStatusCode.Gone);
        (await MeAsync(phone)).ShouldBe(HttpStatusCode.Unauthorized, "every device is signed out");
        (await SignInAsync("L1", AccessHost.Password)).ShouldBe(HttpStatusCode.Unauthorized);
        (await SignInAsync("L1", NewPassword)).ShouldBe(HttpStatusCode.OK);
        var told = _mails.To(Awa)[^1];
        told.Subject.ShouldContain("a changé");
        told.Text.ShouldContain($"https://emargement.example/o/{Org}/password");
        Secrets(told).ShouldBeEmpty();
    }

    [Fact]
    public async Task Asking_changes_nothing_and_a_second_wish_within_ten_minutes_is_the_first()
    {
        var phone = await _host.SignedInAsync(Org, "L1", stay: true);
        await AskAsync(Awa);
        await AskAsync(Awa);
        _mails.To(Awa).ShouldHaveSingleItem();

        (await MeAsync(phone)).ShouldBe(HttpStatusCode.OK);
        (await SignInAsync("L1", AccessHost.Password)).ShouldBe(HttpStatusCode.OK);
        _host.Time.Advance(TimeSpan.FromMinutes(10));
        await AskAsync(Awa);
        _mails.To(Awa).Count.ShouldBe(2);
    }

    // Written to a stranger by mistake, and put right.
    [Fact]
    public async Task What_went_to_an_address_that_was_put_right_since_opens_nothing()
    {
        await AskAsync("L1");
        var asked = Secrets(_mails.To(Awa).ShouldHaveSingleItem()).ShouldHaveSingleItem();
        var given = (await _host.Services.GetRequiredService<Activations>().MintAsync(
            OrganisationId.Parse(Org), new AccountId(AccountKind.Learner, Reference.Parse("L1")), Cancellation)).Value!.Secret;
        var phone = await _host.SignedInAsync(Org, "L1", stay: true);

        await _host.Services.GetRequiredService<IAccountDirectory>().EnsureAsync(
            OrganisationId.Parse(Org), [Holder("L1", "Awa", "awa.diallo@exemple.test")], Cancellation);

        foreach (var secret in new[] { asked, given })
        {
            using var chosen = await ChooseAsync(secret, NewPassword);
            (await AccessHost.CodeAsync(chosen)).ShouldBe("link-revoked");
        }

        (await MeAsync(phone)).ShouldBe(HttpStatusCode.OK, "they know their password");
    }

    [Fact]
    public async Task A_family_gets_one_mail_with_a_link_for_each()
    {
        await AskAsync(Family);

        var mail = _mails.To(Family).ShouldHaveSingleItem();
        mail.Text.ShouldContain("Issa Diallo (L2)");
        mail.Text.ShouldContain("Fatou Diallo (L3)");
        var secrets = Secrets(mail);
        secrets.Count.ShouldBe(2);
        using var chosen = await ChooseAsync(secrets[0], NewPassword);
        using var other = await ChooseAsync(secrets[1], NewPassword);
        (chosen.StatusCode, other.StatusCode).ShouldBe((HttpStatusCode.OK, HttpStatusCode.OK));
        (await SignInAsync("L2", NewPassword)).ShouldBe(HttpStatusCode.OK);
        (await SignInAsync("L3", NewPassword)).ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("nobody@exemple.test")]
    [InlineData("L4")] // has no address
    [InlineData("M9")]
    public async Task Nobody_is_written_to_who_is_not_there(string login)
    {
        await AskAsync(login);

        _mails.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_suspended_account_gets_no_link_and_one_sent_before_is_void()
    {
        await AskAsync(Awa);
        var learner = new Route<AccountId>(OrganisationId.Parse(Org), new AccountId(AccountKind.Learner, Reference.Parse("L1")));
        var suspended = await _host.Services.GetRequiredService<SuspendAccount>()
            .RunAsync(learner, suspended: true, Caller.Nobody, Cancellation);
        suspended.IsOk.ShouldBeTrue();
        _host.Time.Advance(TimeSpan.FromMinutes(10));
        await AskAsync(Awa);

        using var late = await ChooseAsync(Secrets(_mails.To(Awa).ShouldHaveSingleItem())[0], NewPassword);

        (await AccessHost.CodeAsync(late)).ShouldBe("link-revoked");
    }

    [Fact]
    public async Task A_link_is_good_for_half_an_hour()
    {
        await AskAsync(Awa);
        _host.Time.Advance(TimeSpan.FromMinutes(30));

        using var late = await ChooseAsync(Secrets(_mails.To(Awa)[0])[0], NewPassword);

        (await AccessHost.CodeAsync(late)).ShouldBe("link-expired");
    }

    [Fact]
    public async Task The_link_leads_to_the_configured_address_whatever_the_request_says()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Ask) { Content = JsonContent.Create(new { login = Awa }) };
        request.Headers.Host = "ailleurs.test";
        using var answer = await _host.Client().SendAsync(request, Cancellation);
        await _host.WhenIdleAsync();

        var text = _mails.To(Awa).ShouldHaveSingleItem().Text;
        text.ShouldContain("https://emargement.example/a/");
        text.ShouldNotContain("ailleurs.test");
    }

    [Fact]
    public async Task V6_3_8_Known_and_unknown_get_the_same_answer_for_the_same_calls()
    {
        // The first wish from a network inserts its count, whoever it names.
        await new AskingForm(_host.Services).AskAsync(Org, "warm@exemple.test", new StartsNothing(), Cancellation);
        var seen = new List<(string Answer, string Calls)>();
        foreach (var login in new[] { Awa, "nobody@exemple.test", Family, "L4", "M9", "L1" })
        {
            var client = new StartsNothing();
            _calls.Reset();
            var answer = await new AskingForm(_host.Services).AskAsync(Org, login, client, Cancellation);
            seen.Add((answer, string.Join('\n', _calls.Made)));
            client.Started.ShouldHaveSingleItem().ShouldStartWith("recover-");
        }

        seen.Distinct().ShouldHaveSingleItem();
    }

    private static AccountHolder Holder(string reference, string first, string? email) => new(
        new AccountId(AccountKind.Learner, Reference.Parse(reference)),
        "Diallo",
        first,
        email is null ? null : EmailAddress.Parse(email));

    private static List<string> Secrets(Mail mail) => [.. Secret().Matches(mail.Text).Select(m => m.Groups[1].Value)];

    private async Task AskAsync(string login)
    {
        using var answer = await _host.Client().PostAsJsonAsync(Ask, new { login }, Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await _host.WhenIdleAsync();
    }

    private Task<HttpResponseMessage> ChooseAsync(string secret, string password) =>
        _host.Client().PostAsJsonAsync($"/api/activations/{secret}", new { password }, Cancellation);

    private async Task<HttpStatusCode> SignInAsync(string login, string password)
    {
        using var answer = await AccessHost.SignInAsync(_host.Client(), Org, login, password);
        return answer.StatusCode;
    }

    private static async Task<HttpStatusCode> MeAsync(HttpClient client)
    {
        using var me = await client.GetAsync(Me, Cancellation);
        return me.StatusCode;
    }

    [GeneratedRegex("/a/([A-Za-z0-9_-]{22})")]
    private static partial Regex Secret();
}
