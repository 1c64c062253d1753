using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Storage;
using Emargement.Functions.Sessions;
using Emargement.Functions.Sessions.Marks;
using Emargement.Tests.Platform.Access;
using Emargement.Tests.Region;
using Microsoft.Extensions.DependencyInjection;
using static Emargement.Tests.Region.RegionWorld;

namespace Emargement.Tests.Months;

/// <summary>A manager's month, from the first calculation to a correction, through the API, the pages and the orchestrations.</summary>
public sealed class MonthsOverHttpTests : IAsyncLifetime
{
    private const string Api = "/api/organisations/garonne";
    private const string Group = "/months/2026-11/groups/A1/G1";

    private AccessHost _host = null!;
    private HttpClient _manager = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await AccessHost.StartAsync();
        _host.Time.SetUtcNow(At(18, 0, day: Monday.AddDays(1)));
        var world = new RegionWorld().Enrol("S1", "Petit").Enrol("S2", "Grand", "OPCO")
            .Session("AM", null, Signs("S1"), Missed("S2"), Closes(2, 1))
            .Session("OUVERTE", s => s with { State = SessionState.Open, ClosedAt = null }, Signs("S1"));
        await ExportRig.HoldAsync(_host.Services.GetRequiredService<AppStorage>(), world);
        await _host.CreateManagerAsync("garonne", "G1", "ines@example.org");
        _manager = await _host.SignedInAsync("garonne", "ines@example.org");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_month_is_calculated_shown_and_corrected()
    {
        (await GetAsync("/months/2026-11"))["computedAt"].ShouldBeNull("nothing was calculated yet");
        (await _manager.GetAsync(Api + Group, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        await RefreshAsync();
        var month = await GetAsync("/months/2026-11");
        month["state"]!.GetValue<string>().ShouldBe("open");
        month["groups"]!.AsArray().Single()!["figures"]!["due"]!.GetValue<int>().ShouldBe(4);
        month["groups"]!.AsArray().Single()!["completeness"]!.GetValue<int>().ShouldBe(50);
        month["blockers"]!.AsArray().Select(b => b!["code"]!.GetValue<string>()).ShouldContain("not-closed");
        (await GetAsync("/months"))["months"]!.AsArray().First()!["completeness"]!.GetValue<int>().ShouldBe(50);
        (await GetAsync("/pending?kind=not-closed"))["items"]!.AsArray().Single()!["session"]!.GetValue<string>()
            .ShouldBe("20261123-1-OUVERTE");
        (await GetAsync("/pending?month=2026-10"))["items"]!.AsArray().ShouldBeEmpty();
        await UsageIsByWhoPaysAsync();

        var made = await CorrectAsync(
            Item("AM", "S2", "absent-justified"), Item("AM", "INCONNU", "present"), Item("OUVERTE", "S1", "present"));
        made["accepted"]!.GetValue<int>().ShouldBe(1);
        made["refused"]!.AsArray().Select(r => (r!["index"]!.GetValue<int>(), r["code"]!.GetValue<string>()))
            .ShouldBe([(1, "not-enrolled"), (2, "session-not-closed")]);
        await _host.WhenIdleAsync();
        (await GetAsync("/corrections/" + made["run"]!.GetValue<string>()))["state"]!.GetValue<string>().ShouldBe("completed");

        var group = await GetAsync(Group);
        var cell = group["learners"]!.AsArray().Single(l => l!["learner"]!.GetValue<string>() == "S2")!["cells"]!.AsArray()
            .Single(c => c!["session"]!.GetValue<string>() == "20261123-1-AM")!;
        cell["status"]!.GetValue<string>().ShouldBe("absent-justified");
        cell["corrected"]!.GetValue<bool>().ShouldBeTrue();
        using var sheet = await _manager.GetAsync(Api + "/sessions/20261123-1-AM/sheet", Cancellation);
        sheet.StatusCode.ShouldBe(HttpStatusCode.OK);

        // Said again, it is the same correction.
        (await CorrectAsync(Item("AM", "S2", "absent-justified")))["accepted"]!.GetValue<int>().ShouldBe(1);
        await _host.WhenIdleAsync();
    }

    [Fact]
    public async Task The_timer_calculates_what_changed_and_nothing_else()
    {
        var marks = _host.Services.GetRequiredService<MonthMarksTable>();
        await marks.MarkAsync(OrganisationId.Parse("garonne"), new YearMonth(2026, 10), Cancellation);

        await _host.RunTimerAsync("SummarizeMonths");
        (await marks.ListAsync(Cancellation)).ShouldBeEmpty();
        var october = await GetAsync("/months/2026-10");
        october["computedAt"].ShouldNotBeNull("it was marked");
        var first = (await GetAsync("/months/2026-11"))["computedAt"]!.GetValue<string>();

        _host.Time.Advance(TimeSpan.FromHours(1));
        await _host.RunTimerAsync("SummarizeMonths");
        _manager = await _host.SignedInAsync("garonne", "ines@example.org");
        (await GetAsync("/months/2026-11"))["computedAt"]!.GetValue<string>().ShouldBe(first, "no window has ended since");
    }

    [Fact]
    public async Task The_pages_show_the_month_and_correct_without_a_script()
    {
        (await PageAsync("/months/2026-11")).ShouldContain("Pas encore calculé");
        (await PageAsync("/usage/2026-11")).ShouldContain("Compter ce mois");
        using (var asked = await _manager.PostAsync("/o/garonne/months/2026-11/refresh", null, Cancellation))
        {
            asked.Headers.Location!.OriginalString.ShouldBe("/o/garonne/months/2026-11?started");
        }

        await _host.WhenIdleAsync();
        (await PageAsync("/months/2026-11")).ShouldContain("1 sur 2");
        (await PageAsync("/usage/2026-11")).ShouldContain("OPCO");
        (await PageAsync("/settle?kind=not-closed")).ShouldContain("La séance est à fermer");
        (await PageAsync("/today")).ShouldContain("à régler");

        var matrix = await PageAsync(Group);
        matrix.ShouldContain("value=\"20261123-1-AM|S2\"");
        matrix.ShouldNotContain("value=\"20261123-1-OUVERTE|S1\"", Case.Sensitive, "what is not closed is marked, not corrected");

        (await SendAsync("look")).Body.ShouldContain("justifiées\u00a0: +210, injustifiées\u00a0: -210");
        (await SendAsync("save", reason: "")).Status.ShouldBe(HttpStatusCode.BadRequest);
        var saved = await SendAsync("save");
        saved.Location.ShouldBe($"/o/garonne{Group}?from=2026-11-16&saved=1&refused=0");
        await _host.WhenIdleAsync();
        (await PageAsync(Group + "?saved=1&refused=0")).ShouldContain("1 correction enregistrée");
    }

    [Fact]
    public async Task A_month_is_looked_at_with_the_figures_beside()
    {
        (await PageAsync("/months/2026-11/charts")).ShouldContain("Rien à montrer");
        await RefreshAsync();

        var page = await PageAsync("/months/2026-11/charts");

        page.ShouldContain("Absences par semaine");
        page.ShouldContain("role=\"img\" aria-label=\"Complétude par groupe, mois après mois\"");
        page.ShouldContain("<td data-label=\"Injustifiées\">");
    }

    [Fact]
    public async Task A_replacement_and_what_a_file_says_otherwise_are_settled_from_the_list()
    {
        var edit = new SessionEdit(1, At(8, 50), "trainer:F1", EditedField.Trainer, "F2", "F1", null);
        var world = new RegionWorld()
            .Session("REPRISE", s => s with { State = SessionState.Planned, EditedByHand = true, Edits = [edit] })
            .Session("AUTRE", s => s with
            {
                State = SessionState.Planned,
                EditedByHand = true,
                Asked = new AskedByFile(At(3, 0), "v1", [PlannedSide.Of(s) with { Room = "Salle 77" }]),
            });
        var sessions = _host.Services.GetRequiredService<SessionsTable>();
        foreach (var added in world.Sessions)
        {
            (await sessions.TryInsertAsync(added.Session, Cancellation)).ShouldBeTrue();
        }

        await RefreshAsync();
        var page = await PageAsync("/settle");
        page.ShouldContain("Remplacement à confirmer");
        page.ShouldContain("Le fichier et la main ne disent pas la même chose");
        page.ShouldContain("Salle 77");
        var version = (await sessions.FindAsync(
            OrganisationId.Parse("garonne"), world.Sessions[1].Session.Id, Cancellation))!.ETag.ToString();
        page.ShouldContain($"value=\"{version}\"");

        (await SendAsync("/sessions/20261123-1-REPRISE/confirmation")).ShouldBe("/o/garonne/settle");
        (await SendAsync(
            "/conflicts", ("session", "20261123-1-AUTRE"), ("version", version), ("over", "v1"), ("act", "keep"), ("run", "settle")))
            .ShouldBe("/o/garonne/settle");
        var settled = await PageAsync("/settle");
        settled.ShouldNotContain("Remplacement à confirmer");
        settled.ShouldNotContain("Salle 77");
        (await PageAsync("/months/2026-11")).ShouldContain("a confirmé un remplacement");

        await RefreshAsync();
        (await GetAsync("/pending"))["items"]!.AsArray().Select(i => i!["kind"]!.GetValue<string>())
            .ShouldNotContain(k => k == "takeover" || k == "conflict");
        using var again = await _manager.PostAsync(Api + "/sessions/20261123-1-REPRISE/takeover/confirmation", null, Cancellation);
        again.StatusCode.ShouldBe(HttpStatusCode.OK, "the same word");
        using var none = await _manager.PostAsync(Api + "/sessions/20261123-1-AM/takeover/confirmation", null, Cancellation);
        (await AccessHost.CodeAsync(none)).ShouldBe("pending-unknown");

        async Task<string?> SendAsync(string path, params (string, string)[] fields)
        {
            var form = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Item1, f.Item2)));
            using var answer = await _manager.PostAsync("/o/garonne" + path, form, Cancellation);
            return answer.Headers.Location?.OriginalString;
        }
    }

    [Fact]
    public async Task The_pages_of_trainings_move_a_group_to_paper_on_the_first_of_a_month()
    {
        (await PageAsync("/trainings")).ShouldContain("/o/garonne/trainings/A1");
        (await ModeAsync("2026-11")).Status.ShouldBe(HttpStatusCode.Conflict, "it has begun");
        (await ModeAsync("2026-12")).Location.ShouldBe("/o/garonne/trainings/A1?done");
        (await PageAsync("/trainings/A1?done")).ShouldContain("Papier à partir du mois\u00a0: Décembre 2026");
        (await GetAsync("/trainings/A1/modes"))["groups"]!.AsArray().Single()!["changes"]!.AsArray().Single()!["mode"]!
            .GetValue<string>().ShouldBe("paper");
    }

    private async Task UsageIsByWhoPaysAsync()
    {
        var usage = await GetAsync("/usage/2026-11");
        usage["funders"]!.AsArray().Select(f => (f!["funder"]!.GetValue<string>(), f["payer"]!.GetValue<string>()))
            .ShouldBe([("OPCO", "of"), ("REGION", "region")]);
        (usage["totalDistinct"]!.GetValue<int>(), usage["final"]!.GetValue<bool>()).ShouldBe((2, false));
        (await TableAsync(_manager)).ShouldBe(
        [
            "\uFEFFmois;of_nda;financeur;payeur;stagiaires_actifs;demi_journees_dues;emargements;demi_journees_papier;"
                + "semaines_entreprise;etat",
            "2026-11;76310000001;OPCO;of;1;2;0;0;0;provisoire",
            "2026-11;76310000001;REGION;region;1;2;2;0;0;provisoire",
            "2026-11;76310000001;total_distinct;;2;;;;;provisoire",
        ]);
        (await TableAsync(_host.Operator)).Skip(1).Select(line => string.Join(';', line.Split(';')[2..5]))
            .ShouldBe(["REGION;region;1", "autres;of;1", "total_distinct;;2"]);

        static async Task<string[]> TableAsync(HttpClient client)
        {
            using var table = await client.GetAsync(Api + "/usage/2026-11.csv", Cancellation);
            table.Content.Headers.ContentDisposition!.FileName.ShouldBe("usage-garonne-2026-11.csv");
            var text = System.Text.Encoding.UTF8.GetString(await table.Content.ReadAsByteArrayAsync(Cancellation));
            return text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        }
    }

    private async Task<(HttpStatusCode Status, string? Location)> ModeAsync(string month)
    {
        var fields = new Dictionary<string, string>
        {
            ["group"] = "G1",
            ["month"] = month,
            ["reason"] = "Salle sans réseau",
            ["act"] = "paper",
        };
        using var answer = await _manager.PostAsync("/o/garonne/trainings/A1", new FormUrlEncodedContent(fields), Cancellation);
        return (answer.StatusCode, answer.Headers.Location?.OriginalString);
    }

    private static object Item(string session, string learner, string mark) =>
        new { session = $"20261123-1-{session}", learner, mark };

    private async Task<JsonObject> CorrectAsync(params object[] items)
    {
        using var made = await _manager.PostAsJsonAsync(Api + "/corrections", new { reason = "Convocation", items }, Cancellation);
        made.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        return await AccessHost.JsonAsync(made);
    }

    private async Task<JsonObject> GetAsync(string path)
    {
        using var answer = await _manager.GetAsync(Api + path, Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        return await AccessHost.JsonAsync(answer);
    }

    private async Task RefreshAsync()
    {
        using var asked = await _manager.PostAsJsonAsync(Api + "/months/2026-11/refresh", new { }, Cancellation);
        asked.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await _host.WhenIdleAsync();
    }

    private async Task<string> PageAsync(string path)
    {
        using var page = await _manager.GetAsync("/o/garonne" + path, Cancellation);
        page.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        return WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync(Cancellation));
    }

    private async Task<(HttpStatusCode Status, string? Location, string Body)> SendAsync(string act, string reason = "Convocation")
    {
        var fields = new Dictionary<string, string>
        {
            ["cell"] = "20261123-1-AM|S2",
            ["mark"] = nameof(AttendanceMark.AbsentJustified),
            ["reason"] = reason,
            ["from"] = "2026-11-16",
            ["act"] = act,
        };
        using var answer = await _manager.PostAsync("/o/garonne" + Group, new FormUrlEncodedContent(fields), Cancellation);
        var body = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancellation));
        return (answer.StatusCode, answer.Headers.Location?.OriginalString, body);
    }
}
