using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Mail;
using Emargement.Functions.Platform.Storage;
using Emargement.Functions.Sessions;
using Emargement.Tests.Placements;
using Emargement.Tests.Platform.Access;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Tests.Planning.Sources;

/// <summary>Plannings that are fetched each night, over HTTP as managers and machines use them; each test has an organisation of its
/// own.</summary>
public sealed class SourcesTests(SourcesTests.Scene scene) : IClassFixture<SourcesTests.Scene>, IAsyncLifetime
{
    private readonly string _org = "of" + Guid.NewGuid().ToString("N")[..8];
    private FakeGoogle _google = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private AccessHost Host => scene.Host;

    private string Sources => $"/api/organisations/{_org}/sources";

    public async ValueTask InitializeAsync()
    {
        _google = await FakeGoogle.StartAsync();
        await Host.CreateOrganisationAsync(_org);
        _google.Tabs["Lisez-moi"] = ["Notre planning", "tenu par le secrétariat"];
        foreach (var ((file, content), tab) in SmallPlanning.AllPeople().Zip(["Actions", "Formateurs", "Stagiaires"]))
        {
            file.ShouldEndWith(".csv");
            _google.Tabs[tab] = System.Text.Encoding.UTF8.GetString(content).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        }

        Plan(SmallPlanning.Row("P1", "24/11/2026"), SmallPlanning.Row("P2", "25/11/2026"));
    }

    public ValueTask DisposeAsync() => _google.DisposeAsync();

    [Fact]
    public async Task A_shared_sheet_is_tried_saved_and_imported_with_every_tab()
    {
        using var tried = await PostAsync($"/api/organisations/{_org}/source-trials", new { kind = "sheet", address = _google.Sheet() });
        var report = await AccessHost.JsonAsync(tried);
        report["dryRun"]!.GetValue<bool>().ShouldBeTrue();
        report["planning"]!["created"]!.GetValue<int>().ShouldBe(2);
        (await SessionsAsync()).ShouldBeEmpty();

        var source = await CreateAsync();
        source["host"]!.GetValue<string>().ShouldBe("127.0.0.1");
        source.ToJsonString().ShouldNotContain("1aB_cD", Case.Sensitive, "the address opens the sheet");
        var ran = await RunAsync(source);

        ran["planning"]!["created"]!.GetValue<int>().ShouldBe(2);
        ran["learners"]!["created"]!.GetValue<int>().ShouldBe(1);
        ran["lines"]!.AsArray().ShouldContain(l => l!["code"]!.GetValue<string>() == "file-ignored", "the tab without a table is named");
        (await SessionsAsync()).ShouldAllBe(s => s.Source == "source:" + IdOf(source));
        var listed = (await JsonAsync(Sources)).AsArray().ShouldHaveSingleItem()!;
        listed["lastRun"]!.GetValue<string>().ShouldBe(ran["run"]!.GetValue<string>());
        (listed["lastState"]!.GetValue<string>(), listed["created"]!.GetValue<int>()).ShouldBe(("done", 2));
        (await JsonAsync($"/api/organisations/{_org}/imports/{ran["run"]}"))["planning"]!["created"]!.GetValue<int>().ShouldBe(2);
    }

    [Theory]
    [InlineData("NotShared", "source-not-shared")]
    [InlineData("Forbidden", "source-not-shared")]
    [InlineData("Gone", "source-moved")]
    [InlineData("Broken", "address-status")]
    public async Task A_sheet_that_gives_nothing_is_not_saved_and_the_reason_says_what_to_click(string mood, string code)
    {
        _google.Behaviour = Enum.Parse<FakeGoogle.Mood>(mood);

        using var response = await PostAsync(Sources, Body());

        (await AccessHost.CodeAsync(response)).ShouldBe(code);
        (await JsonAsync(Sources)).AsArray().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("sheet", "Planning", "https://example.org/planning.xlsx", "source-not-a-sheet")]
    [InlineData("tablet", "Planning", "https://example.org/planning.xlsx", "source-kind-invalid")]
    [InlineData("file", " ", "https://example.org/planning.xlsx", "source-name-invalid")]
    [InlineData("file", "Planning", "http://example.org/planning.xlsx", "address-invalid")]
    [InlineData("file", "Planning", "https://10.0.0.1/planning.xlsx", "address-invalid")]
    public async Task What_cannot_be_a_source_is_refused(string kind, string name, string address, string code)
    {
        using var response = await PostAsync(Sources, new { kind, name, address });

        (await AccessHost.CodeAsync(response)).ShouldBe(code);
    }

    [Fact]
    public async Task Nobody_who_reads_the_table_reads_the_address()
    {
        await CreateAsync();

        var table = await Host.Services.GetRequiredService<AppStorage>().TableAsync("PlanningSources");
        var rows = await table.StartingWith(_org, "", Cancellation).ToListAsync(Cancellation);

        var text = string.Join(
            ' ', rows.Single().Select(c => c.Value is byte[] bytes ? System.Text.Encoding.Latin1.GetString(bytes) : $"{c.Value}"));
        text.ShouldNotContain("1aB_cD");
    }

    [Fact]
    public async Task Several_sources_and_files_never_cancel_each_other_s_sessions()
    {
        _google.Csv = string.Join("\n", SmallPlanning.Heading, SmallPlanning.Row("C1", "24/11/2026", "13:30", "17:00"),
            SmallPlanning.Row("C2", "25/11/2026", "13:30", "17:00"));
        var sheet = await CreateAsync();
        await RunAsync(sheet);
        var file = await CreateAsync("file", "Fichier", _google.File);
        await RunAsync(file);
        await UploadAsync(SmallPlanning.Row("U1", "24/11/2026", "18:00", "20:00"), SmallPlanning.Row("U2", "25/11/2026", "18:00", "20:00"));
        (await PlannedAsync()).ShouldBe(["C1", "C2", "P1", "P2", "U1", "U2"]);

        Plan(SmallPlanning.Row("P2", "25/11/2026"), SmallPlanning.Row("P3", "24/11/2026"));
        await RunAsync(sheet);
        (await PlannedAsync()).ShouldBe(["C1", "C2", "P2", "P3", "U1", "U2"], "it no longer names its own P1");
        await UploadAsync(SmallPlanning.Row("U1", "24/11/2026", "18:00", "20:00"), SmallPlanning.Row("U3", "25/11/2026", "18:00", "20:00"));
        (await PlannedAsync()).ShouldBe(["C1", "C2", "P2", "P3", "U1", "U3"]);
        (await RunAsync(file))["planning"]!["unchanged"]!.GetValue<int>().ShouldBe(2);
    }

    [Fact]
    public async Task A_session_that_another_source_names_becomes_its_own()
    {
        await RunAsync(await CreateAsync());
        await UploadAsync(SmallPlanning.Row("P1", "24/11/2026", room: "Salle 9"), SmallPlanning.Row("P2", "25/11/2026"));

        var sessions = await SessionsAsync();

        sessions.Count.ShouldBe(2);
        sessions.Single(s => s.Id.Reference.Value == "P1").Source.ShouldBe("import");
        sessions.Single(s => s.Id.Reference.Value == "P2").Source.ShouldStartWith("source:", Case.Sensitive, "nothing of it changed");
    }

    [Fact]
    public async Task A_night_fetches_each_source_once_and_leaves_paused_ones()
    {
        await CreateAsync();
        var paused = await CreateAsync("sheet", "En pause", _google.Sheet("2bB_cD-2eF3gH4iJ5kL6mN7oP8qR9sT0uV"));
        using var change = await ChangeAsync(paused, new { paused = true });
        change.StatusCode.ShouldBe(HttpStatusCode.OK);
        var before = _google.Calls;

        await NightAsync();
        await Host.RunTimerAsync("NightlyImportTimer");

        (_google.Calls - before).ShouldBe(1);
        (await PlannedAsync()).ShouldBe(["P1", "P2"]);
        var listed = (await JsonAsync(Sources)).AsArray().OrderBy(s => s!["paused"]!.GetValue<bool>()).ToList();
        listed[0]!["lastRun"]!.GetValue<string>().ShouldMatch(@"^source-[0-9a-f]{8}-\d{4}-\d{2}-\d{2}$");
        listed[1]!["lastRun"].ShouldBeNull();
        listed[1]!["nextRun"].ShouldBeNull();
    }

    [Fact]
    public async Task A_source_that_fails_three_nights_writes_to_the_managers_once()
    {
        await Host.CreateManagerAsync(_org, "M1", $"ines@{_org}.example");
        await CreateAsync();
        _google.Behaviour = FakeGoogle.Mood.NotShared;

        for (var night = 1; night <= 5; night++)
        {
            await NightAsync();
            scene.Mails.To($"ines@{_org}.example").Count(m => m.Subject.Contains("Notre planning", StringComparison.Ordinal))
                .ShouldBe(night < 3 ? 0 : 1, $"night {night}");
        }

        scene.Mails.To($"ines@{_org}.example")[^1].Text.ShouldContain("cliquez sur «\u00a0Partager\u00a0»");
        (await JsonAsync(Sources))[0]!["failedNights"]!.GetValue<int>().ShouldBe(5);
        (await JsonAsync(Sources))[0]!["lastCode"]!.GetValue<string>().ShouldBe("source-not-shared");
        _google.Behaviour = FakeGoogle.Mood.Shared;
        await NightAsync();
        (await JsonAsync(Sources))[0]!["failedNights"]!.GetValue<int>().ShouldBe(0);
    }

    [Fact]
    public async Task A_change_carries_what_was_read_and_a_source_that_goes_leaves_its_sessions()
    {
        var source = await CreateAsync();
        await RunAsync(source);
        using var blind = await Host.Operator.PatchAsJsonAsync($"{Sources}/{IdOf(source)}", new { name = "Autre" }, Cancellation);
        (await AccessHost.CodeAsync(blind)).ShouldBe("if-match-missing");
        using var renamed = await ChangeAsync(source, new { name = "Autre" });
        (await AccessHost.JsonAsync(renamed))["name"]!.GetValue<string>().ShouldBe("Autre");
        using var late = await SendAsync(HttpMethod.Delete, source, "\"old\"");
        (await AccessHost.CodeAsync(late)).ShouldBe("source-changed");
        using var again = await PostAsync(Sources, Body());
        (await AccessHost.CodeAsync(again)).ShouldBe("source-exists");

        using var deleted = await SendAsync(HttpMethod.Delete, source, await TagAsync(source));

        deleted.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await JsonAsync(Sources)).AsArray().ShouldBeEmpty();
        (await PlannedAsync()).ShouldBe(["P1", "P2"]);
        using var gone = await PostAsync($"{Sources}/{IdOf(source)}/runs", new { });
        (await AccessHost.CodeAsync(gone)).ShouldBe("source-unknown");
    }

    private void Plan(params string[] rows) => _google.Tabs["Planning"] = [SmallPlanning.Heading, .. rows];

    private object Body() => new { kind = "sheet", name = "Notre planning", address = _google.Sheet() };

    private async Task<JsonObject> CreateAsync(string kind = "sheet", string name = "Notre planning", string? address = null)
    {
        using var response = await PostAsync(Sources, new { kind, name, address = address ?? _google.Sheet() });
        response.StatusCode.ShouldBe(HttpStatusCode.Created, await response.Content.ReadAsStringAsync(Cancellation));
        return await AccessHost.JsonAsync(response);
    }

    private async Task<JsonObject> RunAsync(JsonObject source)
    {
        // A run is named by its second.
        Host.Time.Advance(TimeSpan.FromSeconds(1));
        using var response = await PostAsync($"{Sources}/{IdOf(source)}/runs", new { });
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync(Cancellation));
        return await AccessHost.JsonAsync(response);
    }

    private async Task NightAsync()
    {
        Host.Time.Advance(TimeSpan.FromDays(1));
        await Host.RunTimerAsync("NightlyImportTimer");
    }

    private async Task UploadAsync(params string[] rows)
    {
        using var body = new StringContent(
            string.Join("\n", rows.Prepend(SmallPlanning.Heading)), System.Text.Encoding.UTF8, "text/csv");
        using var response = await Host.Operator.PostAsync($"/api/organisations/{_org}/imports", body, Cancellation);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<List<Session>> SessionsAsync()
    {
        var sessions = new List<Session>();
        await foreach (var stored in Host.Services.GetRequiredService<SessionsTable>().BetweenAsync(
            OrganisationId.Parse(_org), new DateOnly(2026, 11, 1), new DateOnly(2026, 12, 31), Cancellation))
        {
            sessions.Add(stored.Value);
        }

        return sessions;
    }

    private async Task<IEnumerable<string>> PlannedAsync() =>
        [.. (await SessionsAsync()).Where(s => s.State == SessionState.Planned).Select(s => s.Id.Reference.Value).Order()];

    private static string IdOf(JsonObject source) => source["id"]!.GetValue<string>();

    private async Task<string> TagAsync(JsonObject source)
    {
        using var response = await Host.Operator.GetAsync($"{Sources}/{IdOf(source)}", Cancellation);
        return response.Headers.ETag!.ToString();
    }

    private async Task<HttpResponseMessage> ChangeAsync(JsonObject source, object patch) =>
        await SendAsync(HttpMethod.Patch, source, await TagAsync(source), patch);

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, JsonObject source, string tag, object? body = null)
    {
        using var request = new HttpRequestMessage(method, $"{Sources}/{IdOf(source)}");
        request.Headers.TryAddWithoutValidation("If-Match", tag);
        request.Content = body is null ? null : JsonContent.Create(body);
        return await Host.Operator.SendAsync(request, Cancellation);
    }

    private Task<HttpResponseMessage> PostAsync(string path, object body) => Host.Operator.PostAsJsonAsync(path, body, Cancellation);

    private async Task<JsonNode> JsonAsync(string path) =>
        JsonNode.Parse(await Host.Operator.GetStringAsync(path, Cancellation))!;

    /// <summary>One app for all, which may call this machine.</summary>
    public sealed class Scene : IAsyncLifetime
    {
        internal AccessHost Host { get; private set; } = null!;

        internal SentMails Mails { get; } = new();

        public async ValueTask InitializeAsync() => Host = await AccessHost.StartAsync(
            services => services.AddSingleton<IMailSender>(Mails),
            ("Outgoing:ThisMachine", "true"), ("Mail:PerMinute", "100000"), ("Mail:PerHour", "1000000"), ("Access:RateFactor", "100"));

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}
