using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Telemetry;
using Emargement.Tests.Platform.Access;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Tests.Platform.Audit;

/// <summary>Who did what to whom is written once, before the answer, and found again under every question.</summary>
public sealed class JournalTests : IAsyncLifetime
{
    private const string Org = "greta";
    private const string Api = $"/api/organisations/{Org}";
    private const string Audit = $"{Api}/audit";

    private AccessHost _host = null!;
    private HttpClient _manager = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await AccessHost.StartAsync();
        await _host.CreateOrganisationAsync(Org);
        await _host.CreateManagerAsync(Org, "M1", "ines.roche@exemple.test");
        _manager = await _host.SignedInAsync(Org, "M1");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task V16_2_1_What_a_manager_does_is_written_with_who_what_whom_and_from_where()
    {
        var keyId = await MintKeyAsync();

        var minted = (await EventsAsync("actor=manager:M1")).First(e => Text(e, "act") == "MintApiKey");
        Text(minted, "kind").ShouldBe("key");
        Text(minted, "by").ShouldBe("manager:M1");
        Text(minted, "network").ShouldBe("127.0.0.0/24");
        Text(minted, "outcome").ShouldBe("done");
        Text(minted, "about").ShouldBe($"keyId={keyId}");
        using var revoked = await _manager.DeleteAsync($"{Api}/api-keys/{keyId}", Cancellation);
        Text((await EventsAsync()).First(e => Text(e, "act") == "RevokeApiKey"), "about").ShouldBe($"keyId={keyId}");
    }

    [Fact]
    public async Task V16_3_1_Signing_in_and_out_and_what_was_wrong_are_written()
    {
        using var wrong = await AccessHost.SignInAsync(_host.Client(), Org, "M1", "Trois chevaux verts");
        using var left = await _manager.PostAsync($"{Api}/sign-out", null, Cancellation);
        _host.Time.Advance(Tries.Settles);
        _manager = await _host.SignedInAsync(Org, "M1");

        var kinds = (await EventsAsync()).Select(e => Text(e, "kind")).ToList();
        kinds[0].ShouldBe("sign-in");
        kinds.ShouldContain("sign-out");
        kinds.ShouldContain("refused");
        (await EventsAsync("person=manager:M1")).Select(e => Text(e, "kind")).ShouldContain("sign-out");
    }

    [Fact]
    public async Task V16_3_1_A_wrong_second_step_and_a_wrong_passkey_are_written()
    {
        _host.Time.Advance(Tries.Settles);
        var browser = _host.Client();
        using var half = await AccessHost.SignInAsync(browser, Org, "M1");
        using var code = await browser.PostAsJsonAsync($"{Api}/me/second-step/code", new { code = "000000" }, Cancellation);
        using var page = await browser.PostAsync($"/o/{Org}/second-step", new FormUrlEncodedContent([new("code", "000000")]), Cancellation);
        using var key = await _host.Client().PostAsJsonAsync($"{Api}/passkey-sign-in", new { credential = "{}" }, Cancellation);

        (await EventsAsync()).Where(e => Text(e, "kind") == "refused").Select(e => Text(e, "act")).ShouldBe(
            ["TakeSecondStep", "TakeSecondStepOnPage", "SignInWithPasskey"], ignoreOrder: true);
    }

    [Fact]
    public async Task V16_3_2_What_somebody_was_refused_stands_in_their_own_organisation_s_journal()
    {
        await _host.CreateOrganisationAsync("afpa");
        using var elsewhere = await _manager.GetAsync("/api/organisations/afpa/api-keys", Cancellation);
        _host.Time.Advance(TimeSpan.FromSeconds(1));
        using var page = await _manager.GetAsync("/o/afpa/today", Cancellation);

        elsewhere.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        page.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var refused = (await EventsAsync("actor=manager:M1")).Where(e => Text(e, "kind") == "refused").Select(e => Text(e, "act"));
        refused.ShouldBe(["ShowTodayPage", "ListApiKeys"]);
    }

    [Fact]
    public async Task Reading_it_stands_in_it_and_says_who_was_looked_for()
    {
        await EventsAsync("person=learner:S1");
        using var file = await _manager.GetAsync($"{Audit}.csv?person=learner:S1", Cancellation);
        _host.Time.Advance(TimeSpan.FromSeconds(1));
        using var page = await _manager.GetAsync($"/o/{Org}/journal?person=learner:S1", Cancellation);
        page.StatusCode.ShouldBe(HttpStatusCode.OK);

        var read = (await EventsAsync("person=learner:S1")).ToList();
        read.Select(e => Text(e, "act")).ShouldBe(["ShowJournalPage", "DownloadAudit", "ListAudit"]);
        read.ShouldAllBe(e => Text(e, "kind") == "journal" && Text(e, "by") == "manager:M1");
    }

    [Fact]
    public async Task V16_4_2_Once_copied_every_question_has_the_same_answer_as_before()
    {
        await MintKeyAsync();
        var before = await EventsAsync("actor=manager:M1");

        await _host.RunTimerAsync(Pulse.AuditCompletion);
        _host.Time.Advance(TimeSpan.FromMinutes(28));
        await _host.RunTimerAsync(Pulse.AuditCompletion);
        var after = await EventsAsync("actor=manager:M1");

        after.Skip(1).Select(e => e.ToJsonString()).ShouldBe(before.Select(e => e.ToJsonString()), "but for reading it once more");
        var table = _host.Services.GetRequiredService<AuditTable>();
        var copies = await table.OfAsync(
            Org, AuditQuestion.Actor("manager:M1"), AccessHost.Start.AddDays(-1), AccessHost.Start.AddDays(1), null, Cancellation)
            .ToListAsync(Cancellation);
        copies.Count.ShouldBe(before.Count + 1);
    }

    [Fact]
    public async Task Pages_follow_one_another_without_a_gap()
    {
        var table = _host.Services.GetRequiredService<AuditTable>();
        for (var i = 0; i < 230; i++)
        {
            var at = AccessHost.Start.AddMinutes(-i);
            await table.InsertAsync(
                [
                    new AuditEvent(
                        Org, at, AuditKind.Act, $"Act{i}", "machine:ab12", null, null, null, "192.0.2.0/24", AuditEvent.Done, null)
                    {
                        Row = AuditTable.NewRow(at),
                    },
                ],
                Cancellation);
        }

        var first = await PageAsync("actor=machine:ab12&from=2026-11-01");
        var second = await PageAsync(
            $"actor=machine:ab12&from=2026-11-01&continuation={Uri.EscapeDataString(first["continuation"]!.GetValue<string>())}");

        first["items"]!.AsArray().Concat(second["items"]!.AsArray()).Select(e => e!["act"]!.GetValue<string>())
            .ShouldBe(Enumerable.Range(0, 230).Select(i => $"Act{i}"));
        second["continuation"].ShouldBeNull();
    }

    [Fact]
    public async Task The_file_holds_what_the_list_holds_and_no_formula()
    {
        await MintKeyAsync();

        var file = await _manager.GetByteArrayAsync($"{Audit}.csv", Cancellation);

        file.AsSpan(0, 3).ToArray().ShouldBe([0xEF, 0xBB, 0xBF]);
        var lines = System.Text.Encoding.UTF8.GetString(file).Split("\r\n");
        lines[0].ShouldEndWith("date;heure;instant_utc;genre;acte;auteur;personne;seance;objet;reseau;resultat;trace");
        lines.ShouldContain(l => l.Contains(";Key;MintApiKey;manager:M1;", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("person=learner:S1&actor=manager:M1", "journal-question")]
    [InlineData("from=2026-11-24&to=2026-11-23", "period-invalid")]
    [InlineData("from=2024-11-24&to=2026-11-23", "period-invalid")]
    [InlineData("from=hier", "date-invalid")]
    public async Task What_cannot_be_asked_is_refused(string query, string code)
    {
        using var refused = await _manager.GetAsync($"{Audit}?{query}", Cancellation);

        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await AccessHost.CodeAsync(refused)).ShouldBe(code);
    }

    /// <summary>Their facts say who, when and what. Whatever else staff change is recorded, without anybody asking.</summary>
    [Fact]
    public void Only_functions_that_state_facts_are_not_recorded() => HttpFunctions.All
        .Where(f => f.Method.IsDefined(typeof(OwnFactsAttribute), false))
        .Select(f => f.Name)
        .ShouldBe(
            [
                "OpenSession", "MarkLearner", "CloseSession", "CorrectAttendance",
                "JustifyPlacementAbsence", "RecordPlacementPaper", "CreatePlacement", "ChangePlacement",
                "CorrectGroupByForm", "CorrectMany", "RecordSheet", "RecordSheetsByForm",
            ],
            ignoreOrder: true);

    private async Task<string> MintKeyAsync()
    {
        using var minted = await _manager.PostAsJsonAsync(
            $"{Api}/api-keys", new { name = "ERP", rights = new[] { "people" } }, Cancellation);
        return (await AccessHost.JsonAsync(minted))["keyId"]!.GetValue<string>();
    }

    private async Task<IReadOnlyList<JsonNode>> EventsAsync(string query = "") =>
        [.. (await PageAsync(query))["items"]!.AsArray().OfType<JsonNode>()];

    private async Task<JsonObject> PageAsync(string query)
    {
        // Two events of one instant have no order between them.
        _host.Time.Advance(TimeSpan.FromSeconds(1));
        using var page = await _manager.GetAsync($"{Audit}?{query}", Cancellation);
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        _host.Time.Advance(TimeSpan.FromSeconds(1));
        return await AccessHost.JsonAsync(page);
    }

    private static string? Text(JsonNode entry, string name) => entry[name]?.GetValue<string>();
}
