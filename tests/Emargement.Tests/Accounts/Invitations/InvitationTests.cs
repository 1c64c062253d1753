using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Mail;
using Emargement.Tests.Placements;
using Emargement.Tests.Platform.Access;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Tests.Accounts.Invitations;

/// <summary>A manager lets another manager, or a trainer, in by e-mail; until they answer, the manager may think again.</summary>
public sealed partial class InvitationTests(StaffHost staff) : InvitationScene(staff), IClassFixture<StaffHost>
{
    private string Page => $"/o/{Org}/settings/managers";

    [Theory]
    [InlineData("manager")]
    [InlineData("trainer")]
    public async Task Whoever_is_invited_comes_in_once_with_a_password_of_their_own(string role)
    {
        using var invited = await InviteAsync(Nuria, role);
        var mail = Mails.To(Nuria).ShouldHaveSingleItem();
        var secret = SecretOf(mail);
        using var page = await Host.Client().GetAsync($"/a/{secret}", Cancellation);
        var html = await page.Content.ReadAsStringAsync(Cancellation);
        using var chosen = await ChooseAsync(secret);
        using var again = await ChooseAsync(secret);

        invited.StatusCode.ShouldBe(HttpStatusCode.Created);
        mail.Subject.ShouldContain("Inès Roche");
        mail.Text.ShouldContain($"https://emargement.example/a/{secret}");
        html.ShouldContain("In&#xE8;s Roche", Case.Sensitive, "the page says who invites");
        chosen.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await AccessHost.CodeAsync(again)).ShouldBe("link-used");
        var client = Host.Client();
        using var signedIn = await AccessHost.SignInAsync(client, Org, Nuria, Chosen);
        using var me = await client.GetAsync($"{Base}/me", Cancellation);
        (await AccessHost.JsonAsync(me))["kind"]!.GetValue<string>().ShouldBe(role);
        (await StatesAsync()).ShouldBe(role == "manager" ? ["Fábregas active", "Roche active"] : ["Roche active"]);
    }

    [Fact]
    public async Task Opening_the_link_changes_nothing_and_asks_no_script()
    {
        using var invited = await InviteAsync(Nuria);
        var path = $"/a/{SecretOf(Mails.To(Nuria)[0])}";
        var scanner = Host.Client();
        foreach (var method in new[] { HttpMethod.Head, HttpMethod.Get, HttpMethod.Get })
        {
            using var request = new HttpRequestMessage(method, path);
            using var seen = await scanner.SendAsync(request, Cancellation);
            seen.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        using var tooShort = await scanner.PostAsync(path, Form(("password", "court")), Cancellation);
        using var chosen = await scanner.PostAsync(path, Form(("password", Chosen)), Cancellation);

        tooShort.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await tooShort.Content.ReadAsStringAsync(Cancellation)).ShouldContain("12 caract");
        chosen.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        chosen.Headers.Location!.ToString().ShouldBe($"/o/{Org}");
        using var signedIn = await AccessHost.SignInAsync(Host.Client(), Org, Nuria, Chosen);
        signedIn.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_invitation_taken_back_opens_nothing_and_leaves_nothing()
    {
        using var invited = await InviteAsync(Nuria);
        var account = (await AccessHost.JsonAsync(invited))["account"]!.GetValue<string>();
        var secret = SecretOf(Mails.To(Nuria)[0]);

        using var revoked = await Manager.DeleteAsync($"{Base}/invitations/{account}", Cancellation);
        using var late = await ChooseAsync(secret);
        using var again = await Manager.DeleteAsync($"{Base}/invitations/{account}", Cancellation);

        revoked.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await AccessHost.CodeAsync(late)).ShouldBe("link-revoked");
        (await AccessHost.CodeAsync(again)).ShouldBe("account-unknown");
        (await StatesAsync()).ShouldBe(["Roche active"]);
    }

    [Fact]
    public async Task Of_an_answer_and_a_revocation_at_once_one_stands()
    {
        for (var i = 0; i < 3; i++)
        {
            var email = $"n{i}@{Org}.test";
            using var invited = await InviteAsync(email);
            var account = (await AccessHost.JsonAsync(invited))["account"]!.GetValue<string>();
            var choosing = ChooseAsync(SecretOf(Mails.To(email)[0]));
            var revoking = Manager.DeleteAsync($"{Base}/invitations/{account}", Cancellation);
            using var chosen = await choosing;
            using var revoked = await revoking;

            (chosen.IsSuccessStatusCode ^ revoked.IsSuccessStatusCode).ShouldBeTrue($"{chosen.StatusCode} and {revoked.StatusCode}");
            using var signedIn = await AccessHost.SignInAsync(Host.Client(), Org, email, Chosen);
            signedIn.IsSuccessStatusCode.ShouldBe(chosen.IsSuccessStatusCode);
        }
    }

    [Fact]
    public async Task The_link_ends_after_seven_days_and_a_new_one_voids_the_one_before()
    {
        using var first = await InviteAsync(Nuria);
        var old = SecretOf(Mails.To(Nuria)[0]);
        Host.Time.Advance(TimeSpan.FromDays(7));
        var manager = await Host.SignedInAsync(Org, "M1");
        using var late = await ChooseAsync(old);
        var expired = await StatesAsync(manager);
        using var second = await InviteAsync(Nuria, client: manager);
        using var voided = await ChooseAsync(old);
        using var chosen = await ChooseAsync(SecretOf(Mails.To(Nuria)[1]));

        (await AccessHost.CodeAsync(late)).ShouldBe("link-expired");
        expired.ShouldBe(["Fábregas expired", "Roche active"]);
        voided.StatusCode.ShouldBe(HttpStatusCode.Gone);
        chosen.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_form_sent_twice_is_one_invitation_and_one_mail()
    {
        using var first = await InviteAsync(Nuria);
        using var second = await InviteAsync(Nuria);

        var mail = Mails.To(Nuria).ShouldHaveSingleItem();
        using var chosen = await ChooseAsync(SecretOf(mail));
        chosen.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_invitation_that_waits_is_no_account_to_recover()
    {
        using var invited = await InviteAsync(Nuria);

        using var asked = await Host.Client().PostAsJsonAsync($"{Base}/password-links", new { login = Nuria }, Cancellation);
        await Host.WhenIdleAsync();

        Mails.To(Nuria).ShouldHaveSingleItem("the invitation alone: it ends, and is taken back");
    }

    [Fact]
    public async Task A_trainer_whom_the_planning_knows_is_invited_under_that_reference()
    {
        var organisation = OrganisationId.Parse(Org);
        var id = new AccountId(AccountKind.Trainer, Reference.Parse("F1"));
        await Host.Services.GetRequiredService<IAccountDirectory>().EnsureAsync(
            organisation, [new AccountHolder(id, "Ruiz", "Claire", null)], Cancellation);

        using var invited = await InviteAsync($"claire@{Org}.test", "trainer", reference: "F1");
        using var chosen = await ChooseAsync(SecretOf(Mails.To($"claire@{Org}.test")[0]));
        using var again = await InviteAsync($"claire@{Org}.test", "trainer");
        using var unknown = await InviteAsync("jurgen@exemple.test", "trainer");

        chosen.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await AccessHost.CodeAsync(again)).ShouldBe("account-exists");
        var made = (await AccessHost.JsonAsync(unknown))["account"]!.GetValue<string>();
        var reference = Reference.Parse(made.Split(':')[1]);
        var trainer = await Host.Services.GetRequiredService<TrainersTable>().FindAsync(organisation, reference, Cancellation);
        trainer.ShouldNotBeNull("a session may name them").Value.LastName.ShouldBe("Fábregas");
    }

    [Theory]
    [InlineData("learner", "Fábregas", "role-invalid")]
    [InlineData("manager", "\u200B", "name-invalid")]
    public async Task What_is_no_invitation_is_refused(string role, string lastName, string code)
    {
        using var refused = await Manager.PostAsJsonAsync(
            $"{Base}/invitations", new { role, lastName, firstName = "Núria", email = Nuria }, Cancellation);

        (await AccessHost.CodeAsync(refused)).ShouldBe(code);
    }

    [Fact]
    public async Task The_managers_page_does_all_of_it_without_a_script()
    {
        using var sent = await Manager.PostAsync(
            Page,
            Form(("act", "invite"), ("role", "manager"), ("firstName", "Núria"), ("lastName", "Fábregas"), ("email", Nuria)),
            Cancellation);
        await Host.WhenIdleAsync();
        using var wrong = await Manager.PostAsync(
            Page, Form(("act", "invite"), ("role", "manager"), ("firstName", "Núria"), ("email", "pas une adresse")), Cancellation);
        using var page = await Manager.GetAsync(sent.Headers.Location, Cancellation);
        var html = await page.Content.ReadAsStringAsync(Cancellation);
        var account = Account().Match(html[html.IndexOf(Nuria, StringComparison.Ordinal)..]).Groups[1].Value;
        using var revoked = await Manager.PostAsync(Page, Form(("act", "revoke"), ("account", account)), Cancellation);
        using var own = await Manager.PostAsync(Page, Form(("act", "suspend"), ("account", "manager:M1")), Cancellation);

        sent.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        Mails.To(Nuria).ShouldHaveSingleItem();
        wrong.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await wrong.Content.ReadAsStringAsync(Cancellation)).ShouldContain("pas une adresse", Case.Sensitive, "what was typed stays");
        revoked.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        own.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await StatesAsync()).ShouldBe(["Roche active"]);
    }

    [Fact]
    public async Task A_person_is_trainer_here_and_manager_there_with_one_address_and_finds_both_again()
    {
        var there = await Staff.OrganisationAsync(Nuria);
        using var invited = await InviteAsync(Nuria, "trainer");
        using var chosen = await ChooseAsync(SecretOf(Mails.To(Nuria)[0]));
        var browser = Host.Client();
        foreach (var (organisation, password) in new[] { (Org, Chosen), (there, AccessHost.Password) })
        {
            using var signedIn = await AccessHost.SignInAsync(browser, organisation, Nuria, password);
            await Host.ProveAsync(organisation, signedIn);
            using var home = await browser.GetAsync($"/o/{organisation}/today", Cancellation);
        }

        var choose = await browser.GetStringAsync("/?choose", Cancellation);

        choose.ShouldContain($"href=\"/o/{Org}\"");
        choose.ShouldContain($"href=\"/o/{there}\"");
        (await Host.Client().GetStringAsync("/", Cancellation)).ShouldNotContain($"Organisme {Org}", Case.Sensitive, "another browser");
    }

    private async Task<string[]> StatesAsync(HttpClient? client = null)
    {
        using var answer = await (client ?? Manager).GetAsync($"{Base}/managers", Cancellation);
        answer.EnsureSuccessStatusCode();
        var members = await answer.Content.ReadFromJsonAsync<List<Member>>(Cancellation);
        return [.. members!.Select(m => $"{m.LastName} {m.State}")];
    }

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        new(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));

    private sealed record Member(string LastName, string State);

    [GeneratedRegex("name=\"account\" value=\"([^\"]+)\"")]
    private static partial Regex Account();
}
