using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts;
using Emargement.Functions.People;
using Emargement.Tests.Planning;
using Emargement.Tests.Platform.Access;
using Emargement.Tests.Signing;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Tests.Privacy;

/// <summary>Somebody who asks to be erased is told what stays and why; the rest goes at once. What is held is not touched.</summary>
public sealed class ErasureTests : IAsyncLifetime
{
    private const string Org = "/api/organisations/garonne";

    private static readonly OrganisationId Garonne = OrganisationId.Parse("garonne");

    private AccessHost _host = null!;
    private HttpClient _manager = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await SigningHttpTests.StartAsync();
        await _host.CreateManagerAsync("garonne", "M1", "m1@example.fr");
        _manager = await _host.SignedInAsync("garonne", "M1");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Before_the_term_access_and_addresses_go_at_once_and_the_answer_says_what_stays_and_why()
    {
        var learners = _host.Services.GetRequiredService<LearnersTable>();
        var stored = (await learners.FindAsync(Garonne, Reference.Parse("L1"), Cancellation)).ShouldNotBeNull();
        await learners.TryReplaceAsync(
            Garonne, stored, stored.Value with { Email = EmailAddress.Parse("ada@example.org"), Phone = "0600000000" }, Cancellation);
        var learner = await _host.SignedInAsync("garonne", "L1");
        var names = _host.Services.GetRequiredService<NamesTable>();
        await names.AddAsync(Garonne, NamesTable.Of(await AccountAsync("L1")), Cancellation);
        (await names.StartingWithAsync(Garonne, "nom001", Cancellation)).ShouldNotBeEmpty();

        // Of an earlier name, which a run that was cut short left, and of somebody whose reference begins alike.
        var neighbour = new NamedAccount("ancien", new AccountId(AccountKind.Learner, Reference.Parse("L11")));
        var (logins, former) = (_host.Services.GetRequiredService<LoginsTable>(), LoginName.Of(EmailAddress.Parse("ancien@example.org")));
        await names.AddAsync(Garonne, [neighbour, neighbour with { Id = (await AccountAsync("L1"))!.Id }], Cancellation);
        await logins.AddAsync(Garonne, [new Login(former, (await AccountAsync("L1"))!.Id, IsEmail: true)], Cancellation);
        const string page = "/o/garonne/accounts/learner:L1/erasure";

        using var unsure = await _manager.PostAsync(page, new FormUrlEncodedContent([]), Cancellation);
        unsure.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await learner.GetAsync($"{Org}/me", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var erased = await _manager.PostAsync(page, new FormUrlEncodedContent([new("sure", "yes")]), Cancellation);
        erased.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var shown = await _manager.GetStringAsync(page, Cancellation);
        shown.ShouldContain("30 juin 2033");
        shown.ShouldContain("Soudure");

        // A second time, and by the API: the same answer.
        using var again = await _manager.PostAsync($"{Org}/accounts/learner:L1/erasure", null, Cancellation);
        var answer = await AccessHost.JsonAsync(again);
        (answer["keptUntil"]!.GetValue<string>(), answer["erasedOn"]!.GetValue<string>()).ShouldBe(("2033-06-30", "2026-11-23"));
        answer["kept"]![0]!["rule"]!.GetValue<string>().ShouldBe("usual");

        _host.Time.Advance(TimeSpan.FromSeconds(31));
        (await learner.GetAsync($"{Org}/me", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var signIn = await AccessHost.SignInAsync(_host.Client(), "garonne", "L1");
        (await AccessHost.CodeAsync(signIn)).ShouldBe("sign-in-wrong");
        var kept = (await learners.FindAsync(Garonne, Reference.Parse("L1"), Cancellation)).ShouldNotBeNull().Value;
        (kept.LastName, kept.Email, kept.Phone).ShouldBe(("Nom001", (EmailAddress?)null, null));
        (await names.StartingWithAsync(Garonne, "nom001", Cancellation)).ShouldBeEmpty();
        (await names.StartingWithAsync(Garonne, "ancien", Cancellation)).ShouldBe([neighbour]);
        (await logins.FindAsync(Garonne, former, Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task No_import_brings_back_what_was_erased_until_the_person_begins_another_training()
    {
        using var erased = await _manager.PostAsync($"{Org}/accounts/learner:L1/erasure", null, Cancellation);
        erased.EnsureSuccessStatusCode();

        await ImportAsync("AF1", "01/09/2026");
        (await AccountAsync("L1")).ShouldBeNull();
        (await LearnerAsync("L1")).Email.ShouldBeNull();

        await ImportAsync("AF2", "01/12/2026");
        (await AccountAsync("L1")).ShouldNotBeNull();
        (await LearnerAsync("L1")).Email!.Value.Value.ShouldBe("ada@example.org");
    }

    [Fact]
    public async Task A_hold_forbids_it_and_two_managers_lift_it()
    {
        await _host.CreateManagerAsync("garonne", "M2", "m2@example.fr");
        var other = await _host.SignedInAsync("garonne", "M2");
        foreach (var (body, code) in new (object, string)[]
        {
            (new { scope = "training", target = "AF9", reason = "Litige" }, "hold-target-unknown"),
            (new { scope = "organisation", target = "AF1", reason = "Litige" }, "hold-target-unknown"),
            (new { scope = "training", target = "AF1", reason = " " }, "hold-reason-missing"),
            (new { scope = "training", target = "AF1", reason = "Litige", until = "2026-11-22" }, "hold-until-past"),
            (new { scope = "training", target = "AF1", reason = "Litige" }, "ok"),
            (new { scope = "training", target = "AF1", reason = "Litige" }, "hold-exists"),
        })
        {
            using var placed = await _manager.PostAsJsonAsync($"{Org}/holds", body, Cancellation);
            (placed.IsSuccessStatusCode ? "ok" : await AccessHost.CodeAsync(placed)).ShouldBe(code);
        }

        using var held = await _manager.PostAsync($"{Org}/accounts/learner:L1/erasure", null, Cancellation);
        (await AccessHost.CodeAsync(held)).ShouldBe("person-on-hold");
        (await _manager.GetFromJsonAsync<JsonArray>($"{Org}/retention", Cancellation))![0]!["onHold"]!.GetValue<bool>().ShouldBeTrue();

        const string page = "/o/garonne/retention";
        using var asked = await _manager.PostAsync(page, Lift(), Cancellation);
        asked.Headers.Location!.OriginalString.ShouldEndWith("done=asked");
        using var alone = await _manager.PostAsync($"{Org}/holds/training:AF1/lift", null, Cancellation);
        (await AccessHost.CodeAsync(alone)).ShouldBe("hold-needs-another");

        // A second account of theirs is nobody else; when they are gone, nobody knows any more whose it is.
        await _host.CreateManagerAsync("garonne", "M3", "M1+bis@example.fr");
        var same = await _host.SignedInAsync("garonne", "M3");
        using var again = await same.PostAsync($"{Org}/holds/training:AF1/lift", null, Cancellation);
        (await AccessHost.CodeAsync(again)).ShouldBe("hold-needs-another");
        using var agreed = await other.PostAsync(page, Lift(), Cancellation);
        agreed.Headers.Location!.OriginalString.ShouldEndWith("done=lifted");
        using var gone = await other.PostAsync($"{Org}/holds/training:AF1/lift", null, Cancellation);
        (await AccessHost.CodeAsync(gone)).ShouldBe("hold-unknown");
        (await _manager.GetFromJsonAsync<JsonArray>($"{Org}/holds", Cancellation))!.ShouldBeEmpty();
    }

    private static FormUrlEncodedContent Lift() => new([new("act", "lift"), new("hold", "training:AF1")]);

    private async Task ImportAsync(string training, string entry)
    {
        using var files = new MultipartFormDataContent();
        var (name, content) = ImportDriver.Text(
            "actions.csv",
            "action_ref;intitule;date_debut;date_fin",
            "AF1;Soudure;01/09/2026;30/06/2027",
            "AF2;Bâtiment;01/09/2026;30/06/2027");
        files.Add(new ByteArrayContent(content), "files", name);
        (name, content) = ImportDriver.Text(
            "stagiaires.csv",
            "stagiaire_ref;nom;prenom;email;action_ref;groupe;financeur;entree",
            $"L1;Nom001;Ada;ada@example.org;{training};G1;REGION;{entry}");
        files.Add(new ByteArrayContent(content), "files", name);
        using var imported = await _manager.PostAsync($"{Org}/imports", files, Cancellation);
        imported.StatusCode.ShouldBe(HttpStatusCode.OK, await imported.Content.ReadAsStringAsync(Cancellation));
    }

    private async Task<Account?> AccountAsync(string learner) => (await _host.Services.GetRequiredService<AccountsTable>()
        .FindAsync(Garonne, new AccountId(AccountKind.Learner, Reference.Parse(learner)), Cancellation))?.Value;

    private async Task<Learner> LearnerAsync(string learner) => (await _host.Services.GetRequiredService<LearnersTable>()
        .FindAsync(Garonne, Reference.Parse(learner), Cancellation)).ShouldNotBeNull().Value;
}
