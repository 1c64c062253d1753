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

namespace Emargement.Tests.Planning.Ypareo;

/// <summary>YPAREO as a source: read by the app, or by the program that runs in the organisation's own network.</summary>
public sealed class YpareoSourceTests : IAsyncLifetime
{
    // Nights go by in some: each has a clock of its own.
    private readonly Scene _scene = new();
    private readonly string _org = "of" + Guid.NewGuid().ToString("N")[..8];
    private FakeYpareo _ypareo = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private AccessHost Host => _scene.Host;

    private string Api => $"/api/organisations/{_org}";

    public async ValueTask InitializeAsync()
    {
        await _scene.InitializeAsync();
        _ypareo = await FakeYpareo.StartAsync();
        await Host.CreateOrganisationAsync(_org);
    }

    public async ValueTask DisposeAsync()
    {
        await _ypareo.DisposeAsync();
        await _scene.DisposeAsync();
    }

    [Fact]
    public async Task It_is_tried_saved_and_imported_and_its_secret_is_never_told()
    {
        using var tried = await PostAsync("source-trials", Body());
        var trial = await AccessHost.JsonAsync(tried);
        Counts(trial).ShouldBe((1, 2, 5, 5), trial.ToJsonString());
        (await SessionsAsync()).Count.ShouldBe(0);

        var source = await CreateAsync();
        source.ToJsonString().ShouldNotContain(FakeYpareo.Token);
        var ran = await RunAsync(source);

        Counts(ran).ShouldBe((1, 2, 5, 5));
        ran["lines"]!.AsArray().ShouldContain(l => (string)l!["code"]! == "ypareo-part-of-group");
        var sessions = await SessionsAsync();
        sessions.Single(s => s.Id.Reference.Value == "700005").Start.ShouldBe(new DateTimeOffset(2026, 11, 26, 3, 0, 0, TimeSpan.Zero));
        sessions.ShouldAllBe(s => s.Source == $"source:{(string)source["id"]!}");
        Counts(await RunAsync(source)).ShouldBe((0, 0, 0, 0));
        var table = await Host.Services.GetRequiredService<AppStorage>().TableAsync("PlanningSources");
        var rows = await table.StartingWith(_org, "", Cancellation).ToListAsync(Cancellation);
        string.Join(' ', rows.Single().Select(c => c.Value is byte[] bytes ? System.Text.Encoding.Latin1.GetString(bytes) : $"{c.Value}"))
            .ShouldNotContain(FakeYpareo.Token);
    }

    [Fact]
    public async Task What_is_gone_is_cancelled_where_it_was_read_and_nowhere_else()
    {
        var source = await CreateAsync();
        await RunAsync(source);
        _ypareo.Refused.Add("groupes/4102");
        _ypareo.Gone.UnionWith(["700001"]);

        var report = await RunAsync(source);

        ((int)report["planning"]!["cancelled"]!, (int)report["planning"]!["rejected"]!).ShouldBe((1, 0), report.ToJsonString());
        (await SessionsAsync()).Where(s => s.State == SessionState.Planned).Select(s => s.Id.Reference.Value)
            .ShouldBe(["700002", "700003", "700004", "700005"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("faux", "OPCO", "ypareo-refused")]
    [InlineData(FakeYpareo.Token, "", "ypareo-settings")]
    [InlineData("", "OPCO", "ypareo-settings")]
    public async Task What_does_not_open_YPAREO_is_not_saved(string secret, string funder, string code)
    {
        using var refused = await PostAsync(
            "sources", new { kind = "ypareo", name = "YPAREO", address = _ypareo.Address, ypareo = new { secret, funder } });

        (await AccessHost.CodeAsync(refused)).ShouldBe(code);
    }

    [Fact]
    public async Task Nights_that_fail_are_counted_and_written_of_and_a_pause_stops_them()
    {
        await Host.CreateManagerAsync(_org, "M1", $"ines@{_org}.example");
        var source = await CreateAsync();
        _ypareo.Refused.Add("formation-longue");
        for (var night = 0; night < 3; night++)
        {
            await NightAsync();
        }

        var listed = await OneAsync();
        ((int)listed["failedNights"]!, (string)listed["lastCode"]!).ShouldBe((3, "ypareo-refused"));
        listed["nextRun"].ShouldNotBeNull();
        _scene.Mails.To($"ines@{_org}.example").ShouldContain(m => m.Text.Contains("formation-longue/groupes", StringComparison.Ordinal));
        using var tag = await Host.Operator.GetAsync($"{Api}/sources/{source["id"]}", Cancellation);
        using var pause = new HttpRequestMessage(HttpMethod.Patch, $"{Api}/sources/{source["id"]}");
        pause.Headers.TryAddWithoutValidation("If-Match", tag.Headers.ETag!.ToString());
        pause.Content = JsonContent.Create(new { paused = true });
        using var paused = await Host.Operator.SendAsync(pause, Cancellation);
        paused.StatusCode.ShouldBe(HttpStatusCode.OK);
        var before = _ypareo.Paths.Count;
        await NightAsync();
        _ypareo.Paths.Count.ShouldBe(before);
    }

    [Fact]
    public async Task The_program_in_the_organisation_s_network_reads_the_same_and_pushes_it()
    {
        var today = DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime);
        await using var ypareo = await FakeYpareo.StartAsync(today.AddDays(1));
        var program = new ConnectorProgram(ypareo, Host.Address, _org, await KeyAsync());

        var first = await program.RunAsync(Cancellation);
        var again = await program.RunAsync(Cancellation);
        ypareo.Gone.UnionWith(["700002"]);
        var third = await program.RunAsync(Cancellation);

        (first.Code, first.Output).ShouldBe((0, first.Output));
        first.Output.ShouldContain("Envoyé : 18 créés.");
        again.Output.ShouldContain("Envoyé : 18 inchangés.");
        third.Output.ShouldContain("1 annulés");
        (first.Output + again.Output + third.Output).ShouldNotContain("LEFÈBVRE");
        var source = await OneAsync();
        ((string)source["kind"]!, (string)source["name"]!).ShouldBe(("push", "ypareo"));
        ((string)source["lastRun"]!).ShouldStartWith("push-");
        (await program.RunAsync(Cancellation, "EMARGEMENT_CLE", "emg_faux")).Code.ShouldBe(4);
        (await program.RunAsync(Cancellation, "YPAREO_JETON", "faux")).Code.ShouldBe(3);
        (await program.RunAsync(Cancellation, "YPAREO_FINANCEUR", "")).Code.ShouldBe(2);
    }

    [Fact]
    public async Task A_system_that_no_longer_pushes_is_told_of_once_and_what_comes_next_takes_the_note_away()
    {
        await Host.CreateManagerAsync(_org, "M1", $"ines@{_org}.example");
        using var machine = Host.Client();
        machine.DefaultRequestHeaders.Authorization = new("Bearer", await KeyAsync());
        await PushAsync("Le Goff");
        for (var night = 0; night < 3; night++)
        {
            await NightAsync();
        }

        ((string?)(await OneAsync())["lastCode"]).ShouldBeNull("two working days of silence are none");
        for (var night = 0; night < 3; night++)
        {
            await NightAsync();
        }

        ((string?)(await OneAsync())["lastCode"], (int)(await OneAsync())["failedNights"]!).ShouldBe(("source-silent", 4));
        _scene.Mails.To($"ines@{_org}.example").Count(m => m.Text.Contains("trois jours ouvrés", StringComparison.Ordinal)).ShouldBe(1);
        await PushAsync("Le Bihan");
        ((string?)(await OneAsync())["lastCode"], (int)(await OneAsync())["failedNights"]!).ShouldBe((null, 0));

        async Task PushAsync(string name)
        {
            using var pushed = await machine.PutAsJsonAsync(
                $"{Api}/planning/trainers/F1?source=gestibase", new { nom = name, prenom = "Chloé" }, Cancellation);
            pushed.StatusCode.ShouldBe(HttpStatusCode.OK, await pushed.Content.ReadAsStringAsync(Cancellation));
        }
    }

    private object Body() => new
    {
        kind = "ypareo",
        address = _ypareo.Address,
        ypareo = new { secret = FakeYpareo.Token, funder = "OPCO" },
    };

    private async Task<JsonObject> CreateAsync()
    {
        using var created = await PostAsync("sources", new
        {
            kind = "ypareo",
            name = "YPAREO",
            address = _ypareo.Address,
            ypareo = new { secret = FakeYpareo.Token, funder = "OPCO" },
        });
        created.StatusCode.ShouldBe(HttpStatusCode.Created, await created.Content.ReadAsStringAsync(Cancellation));
        return await AccessHost.JsonAsync(created);
    }

    private async Task<JsonObject> RunAsync(JsonObject source)
    {
        // A run is named by its second.
        Host.Time.Advance(TimeSpan.FromSeconds(1));
        using var ran = await PostAsync($"sources/{source["id"]}/runs", new { });
        ran.StatusCode.ShouldBe(HttpStatusCode.OK, await ran.Content.ReadAsStringAsync(Cancellation));
        return await AccessHost.JsonAsync(ran);
    }

    private async Task NightAsync()
    {
        Host.Time.Advance(TimeSpan.FromDays(1));
        await Host.RunTimerAsync("NightlyImportTimer");
    }

    private async Task<string> KeyAsync()
    {
        using var minted = await PostAsync("api-keys", new { name = "Connecteur", rights = new[] { "planning" } });
        return (string)(await AccessHost.JsonAsync(minted))["key"]!;
    }

    private async Task<JsonNode> OneAsync() =>
        JsonNode.Parse(await Host.Operator.GetStringAsync($"{Api}/sources", Cancellation))!.AsArray().ShouldHaveSingleItem()!;

    private async Task<List<Session>> SessionsAsync() => await Host.Services.GetRequiredService<SessionsTable>()
        .BetweenAsync(OrganisationId.Parse(_org), new DateOnly(2026, 11, 23), new DateOnly(2026, 12, 5), Cancellation)
        .Select(s => s.Value)
        .ToListAsync(Cancellation);

    private Task<HttpResponseMessage> PostAsync(string path, object body) =>
        Host.Operator.PostAsJsonAsync($"{Api}/{path}", body, Cancellation);

    private static (int Trainings, int Trainers, int Learners, int Sessions) Counts(JsonNode report) => (
        (int)report["actions"]!["created"]!, (int)report["trainers"]!["created"]!, (int)report["learners"]!["created"]!,
        (int)report["planning"]!["created"]!);

    /// <summary>An app, which may call this machine.</summary>
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
