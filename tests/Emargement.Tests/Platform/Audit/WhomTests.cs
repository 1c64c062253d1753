using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts.Recovery;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Telemetry;
using Emargement.Tests.Platform.Access;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Tests.Platform.Audit;

/// <summary>The journal of a person holds what was done to them, by whichever way it was asked for; what names nobody stands in no
/// key.</summary>
public sealed class WhomTests : IAsyncLifetime
{
    private const string Org = "greta";
    private const string Api = $"/api/organisations/{Org}";
    private const string Audit = $"{Api}/audit";
    private const string Chosen = "Cinq chevaux bleus";

    private AccessHost _host = null!;
    private HttpClient _manager = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await AccessHost.StartAsync();
        await _host.CreateOrganisationAsync(Org);
        await _host.CreateManagerAsync(Org, "M1", "ines.roche@exemple.test");
        await _host.CreateManagerAsync(Org, "M2", "paul.ferry@exemple.test");
        _manager = await _host.SignedInAsync(Org, "M1");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Whom_a_form_of_the_managers_page_is_about_is_written()
    {
        await FormAsync(_manager, $"/o/{Org}/settings/managers", ("act", "suspend"), ("account", "manager:M2"));
        await FormAsync(
            _manager,
            $"/o/{Org}/settings/managers",
            ("act", "invite"),
            ("role", "manager"),
            ("lastName", "Nuria"),
            ("firstName", "Ana"),
            ("email", "ana@exemple.test"),
            ("ref", "M3"));

        (await ActsAsync("manager:M2")).ShouldContain(("ChangeStaff", "role", "manager:M1"));
        (await ActsAsync("manager:M3")).ShouldContain(("ChangeStaff", "role", "manager:M1"));
    }

    [Fact]
    public async Task Who_was_invited_created_or_changed_by_hand_is_written()
    {
        var invited = new { role = "manager", lastName = "Nuria", firstName = "Ana", email = "ana@exemple.test", @ref = "M3" };
        (await _manager.PostAsJsonAsync($"{Api}/invitations", invited, Cancellation)).EnsureSuccessStatusCode();
        using var created = await _manager.PostAsJsonAsync(
            $"{Api}/trainers", new { lastName = "Roux", firstName = "Anne", @ref = "F1" }, Cancellation);
        using var change = new HttpRequestMessage(HttpMethod.Patch, $"{Api}/trainers/F1")
        {
            Content = JsonContent.Create(new { firstName = "Annie" }),
        };
        change.Headers.TryAddWithoutValidation("If-Match", created.Headers.ETag!.ToString());
        (await _manager.SendAsync(change, Cancellation)).EnsureSuccessStatusCode();
        (await _manager.PostAsJsonAsync($"{Api}/learners", new { lastName = "Diallo", firstName = "Awa", @ref = "S1" }, Cancellation))
            .EnsureSuccessStatusCode();
        (await _manager.PostAsJsonAsync(
            $"{Api}/holds", new { scope = "learner", target = "S1", reason = "Litige" }, Cancellation)).EnsureSuccessStatusCode();
        await FormAsync(_manager, $"/o/{Org}/retention", ("act", "lift"), ("hold", "learner:S1"));

        (await ActsAsync("manager:M3")).ShouldContain(("Invite", "invitation", "manager:M1"));
        (await ActsAsync("trainer:F1")).Select(a => a.Act).ShouldBe(["ChangeTrainer", "CreateTrainer"], ignoreOrder: true);
        (await ActsAsync("learner:S1")).Select(a => a.Act).ShouldBe(["ChangeHolds", "PlaceHold", "CreateLearner"], ignoreOrder: true);
    }

    [Fact]
    public async Task Who_chose_a_password_on_a_page_or_by_a_code_did_so_in_their_own_name()
    {
        using var link = await _manager.PostAsJsonAsync($"{Api}/accounts/manager:M2/activation", new { send = false }, Cancellation);
        var address = new Uri((await AccessHost.JsonAsync(link))["activationUrl"]!.GetValue<string>()).AbsolutePath;
        await FormAsync(_host.Client(), address, ("password", Chosen));
        var organisation = (await _host.Services.GetRequiredService<OrganisationSettings>().GetAsync(
            OrganisationId.Parse(Org), Cancellation)).Value!;
        var issued = await _host.Services.GetRequiredService<IssueRecoveryCodes>().RunAsync(
            organisation, [new AccountId(AccountKind.Manager, Reference.Parse("M2"))], Cancellation);
        var code = issued.Value!.Codes[0].Code.ToString();
        (await _host.Client().PostAsJsonAsync(
            $"{Api}/password-codes", new { login = "M2", code, password = AccessHost.Password }, Cancellation)).EnsureSuccessStatusCode();

        using var wish = new FormUrlEncodedContent([new("act", "link"), new("login", "M2")]);
        (await _host.Client().PostAsync($"/o/{Org}/password", wish, Cancellation)).EnsureSuccessStatusCode();

        (await ActsAsync(string.Empty)).ShouldContain(("RecoverOnPage", "act", string.Empty), "no password changed");
        var acts = await ActsAsync("manager:M2");
        acts.ShouldContain(("ChoosePasswordOnPage", "password", "manager:M2"));
        acts.ShouldContain(("RecoverByCode", "password", "manager:M2"));
    }

    [Theory]
    [InlineData("x%01y%0Az")]
    [InlineData("manager:%7F%09")]
    [InlineData("")]
    public async Task An_address_that_names_nobody_holds_up_no_copy(string account)
    {
        await _host.CreateOrganisationAsync("afpa");
        var odd = account.Length > 0 ? account : new string('a', 1500);
        using var refused = await _manager.PostAsync($"/api/organisations/afpa/accounts/{odd}/suspension", null, Cancellation);
        using var session = await _manager.PostAsync($"/api/organisations/afpa/sessions/{odd}/open", null, Cancellation);
        using var learner = await _manager.GetAsync($"/api/organisations/afpa/learners/{odd}", Cancellation);
        (refused.StatusCode, session.StatusCode, learner.StatusCode).ShouldBe(
            (HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound));

        _host.Time.Advance(TimeSpan.FromMinutes(10));
        await _host.RunTimerAsync(Pulse.AuditCompletion);

        var table = _host.Services.GetRequiredService<AuditTable>();
        (await table.CopiedUntilAsync(Org, Cancellation)).ShouldBe(_host.Time.GetUtcNow());
        var copies = await table.OfAsync(
            Org, AuditQuestion.Actor("manager:M1"), AccessHost.Start.AddDays(-1), AccessHost.Start.AddDays(1), null, Cancellation)
            .ToListAsync(Cancellation);
        copies.Count(c => c.Kind == AuditKind.Refused).ShouldBe(3);
        copies.ShouldAllBe(c => c.Person == null || c.Person.StartsWith("manager:M", StringComparison.Ordinal));
    }

    private static async Task FormAsync(HttpClient client, string address, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        using var answer = await client.PostAsync(new Uri(address, UriKind.Relative), form, Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    private async Task<IReadOnlyList<(string Act, string Kind, string By)>> ActsAsync(string person)
    {
        _host.Time.Advance(TimeSpan.FromSeconds(1));
        using var page = await _manager.GetAsync(person.Length == 0 ? Audit : $"{Audit}?person={person}", Cancellation);
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        return
        [
            .. (await AccessHost.JsonAsync(page))["items"]!.AsArray().OfType<JsonNode>()
                .Select(e => (e["act"]!.GetValue<string>(), e["kind"]!.GetValue<string>(), e["by"]!.GetValue<string>()))
                .Where(e => e.Item2 is not ("journal" or "sign-in")),
        ];
    }
}
