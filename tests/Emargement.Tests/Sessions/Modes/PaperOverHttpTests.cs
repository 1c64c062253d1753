using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Domain.Sessions.Modes;
using Emargement.Functions.Platform.Storage;
using Emargement.Functions.Sessions.Modes;
using Emargement.Functions.Sheets.Records;
using Emargement.Tests.Platform.Access;
using Emargement.Tests.Region;
using Emargement.Tests.Sealing;
using Microsoft.Extensions.DependencyInjection;
using static Emargement.Tests.Region.RegionWorld;

namespace Emargement.Tests.Sessions.Modes;

/// <summary>A group's week on paper, through the API and the page, to the sealed document.</summary>
public sealed class PaperOverHttpTests : IAsyncLifetime
{
    private const string Api = "/api/organisations/garonne";
    private const string Morning = $"{Api}/sessions/20261123-1-AM";
    private const string Week = "/o/garonne/paper/A1/G1/2026-W48";

    private static readonly byte[] Scan = "%PDF-1.7 what was scanned"u8.ToArray();

    private AccessHost _host = null!;
    private HttpClient _manager = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await AccessHost.StartAsync();
        _host.Time.SetUtcNow(At(18, 0, day: Monday.AddDays(1)));
        static Session Planned(Session session) => session with { State = SessionState.Planned, OpenedAt = null, ClosedAt = null };
        var world = new RegionWorld().Enrol("S1", "Petit").Enrol("S2", "Grand", "OPCO").OnPaper()
            .Session("AM", Planned)
            .Session("PM", s => Planned(s) with
            {
                Id = s.Id with { HalfDay = HalfDay.Afternoon },
                Start = At(13, 30),
                End = At(17, 0),
            });
        await ExportRig.HoldAsync(_host.Services.GetRequiredService<AppStorage>(), world);
        await _host.Services.GetRequiredService<GroupModesTable>().WriteAsync(
            OrganisationId.Parse("garonne"), world.Modes.Groups.Single(), Cancellation);
        await _host.CreateManagerAsync("garonne", "G1", "ines@example.org");
        _manager = await _host.SignedInAsync("garonne", "ines@example.org");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_scan_is_kept_a_half_day_recorded_and_its_document_names_the_scan()
    {
        (await SendAsync("/scans", [1, 2, 3])).ShouldBe((HttpStatusCode.BadRequest, "scan-invalid"));
        (await RecordAsync("present", 2)).Refused.ShouldBe("scan-unknown");
        (await SendAsync("/scans", Scan)).Status.ShouldBe(HttpStatusCode.Created);
        (await SendAsync("/scans", Scan)).Said.ShouldBe(ScanSha256, "sent again, it is the same one");

        (await RecordAsync("present", 2)).Closed!["signedCount"]!.GetValue<int>().ShouldBe(2);
        (await RecordAsync("present", 2)).Refused.ShouldBeNull("a double click is one entry");
        (await RecordAsync("absent-unjustified", 1)).Refused.ShouldBe("paper-entered");
        await _host.WhenIdleAsync();

        using var folder = new Folder();
        var sheet = folder.Write("sheet.pdf", await _manager.GetByteArrayAsync(Morning + "/sheet", Cancellation));
        var text = Tool.Run("pdftotext", "-layout", sheet, "-").Text;
        text.ShouldContain("Relevé d'une feuille papier");
        text.ShouldContain(ScanSha256[..16]);
        text.ShouldContain("ROCHE Inès", Case.Sensitive, "who read it");
        (await _manager.GetStringAsync(Morning + "/evidence", Cancellation)).ShouldContain(ScanSha256);
        (await _manager.GetByteArrayAsync($"{Morning}/scans/{ScanSha256}", Cancellation)).ShouldBe(Scan);
        var sealedSheets = await _host.Services.GetRequiredService<SheetsTable>().OfSessionAsync(
            OrganisationId.Parse("garonne"), SessionId.Parse("20261123-1-AM"), Cancellation);
        var code = sealedSheets.Single().Value.Code.Value;
        (await AccessHost.JsonAsync(await _host.Client().GetAsync($"/api/verify/{code}", Cancellation)))
            ["sheet"]!["scan"]!.GetValue<string>().ShouldBe(ScanSha256);
        (await _host.Client().GetStringAsync($"/v/{code}", Cancellation)).ShouldContain("dont le scan est conserv");
    }

    [Fact]
    public async Task The_page_takes_the_scan_and_records_the_half_days_that_are_whole_without_a_script()
    {
        var before = await PageAsync("");
        before.ShouldContain($"{Api}/groups/A1/G1/blank.pdf?week=2026-W48");
        before.ShouldContain($"{Api}/groups/A1/G1/blank.pdf?date=2026-11-23");
        before.ShouldNotContain("m.0.S1", Case.Sensitive, "the scan comes first");
        using (var file = new MultipartFormDataContent { { new ByteArrayContent(Scan), "file", "semaine.pdf" } })
        {
            using var sent = await _manager.PostAsync(Week + "/scan", file, Cancellation);
            sent.Headers.Location!.OriginalString.ShouldBe($"{Week}?scan={ScanSha256}#entry");
        }

        (await PageAsync($"?scan={ScanSha256}")).ShouldNotContain("selected", Case.Sensitive, "a presence is never filled in beforehand");
        (await PageAsync($"?scan={ScanSha256}&d=2026-11-23")).ShouldContain("name=\"m.1.S2\"");

        // The morning is whole; of the afternoon one person is missing.
        var (status, _, page) = await EnterAsync(
            ("s.0", "20261123-1-AM"), ("m.0.S1", "Present"), ("m.0.S2", "LeftEarly"), ("n.0.S2", "30"), ("h.0", "2"), ("t.0", "yes"),
            ("s.1", "20261123-2-PM"), ("m.1.S1", "Present"), ("h.1", "1"));
        status.ShouldBe(HttpStatusCode.BadRequest);
        page.ShouldContain("1 demi-journée enregistrée");
        page.ShouldContain("Dites pour chacun s’il était présent.");
        page.ShouldContain("<option value=\"Present\" data-key=\"P\" selected");

        (await EnterAsync(("s.1", "20261123-2-PM"), ("m.1.S1", "Present"), ("m.1.S2", "AbsentUnjustified"), ("h.1", "1"))).Location
            .ShouldBe($"{Week}?scan={ScanSha256}&saved=1");
        (await PageAsync($"?scan={ScanSha256}&saved=1")).ShouldNotContain("name=\"m.1.S2\"", Case.Sensitive, "nothing is left to enter");
        await _host.WhenIdleAsync();
        using var today = await _manager.GetAsync(Api + "/sessions?date=2026-11-23", Cancellation);
        (await AccessHost.JsonAsync(today))["sessions"]!.AsArray()
            .Select(s => s!["session"]!)
            .Select(s => (s["state"]!.GetValue<string>(), s["signed"]!.GetValue<int>(), s["mode"]!.GetValue<string>()))
            .ShouldBe([("closed", 2, "paper"), ("closed", 1, "paper")]);
    }

    [Fact]
    public async Task What_waits_leads_to_the_grid()
    {
        using (var asked = await _manager.PostAsJsonAsync(Api + "/months/2026-11/refresh", new { }, Cancellation))
        {
            asked.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        }

        await _host.WhenIdleAsync();
        var settle = WebUtility.HtmlDecode(await _manager.GetStringAsync("/o/garonne/settle", Cancellation));
        settle.ShouldContain("Feuille papier à enregistrer");
        settle.ShouldContain(Week);
        WebUtility.HtmlDecode(await _manager.GetStringAsync("/o/garonne/sessions/20261123-1-AM", Cancellation)).ShouldContain(Week);
        WebUtility.HtmlDecode(await _manager.GetStringAsync("/o/garonne/today?date=2026-11-23", Cancellation))
            .ShouldContain("Feuille papier à enregistrer");
    }

    private async Task<string> PageAsync(string query) =>
        WebUtility.HtmlDecode(await _manager.GetStringAsync(Week + query, Cancellation));

    private async Task<(HttpStatusCode Status, string? Location, string Body)> EnterAsync(params (string Name, string Value)[] fields)
    {
        var form = new FormUrlEncodedContent(
            [KeyValuePair.Create("scan", ScanSha256), .. fields.Select(f => KeyValuePair.Create(f.Name, f.Value))]);
        using var answer = await _manager.PostAsync(Week, form, Cancellation);
        return (answer.StatusCode, answer.Headers.Location?.OriginalString,
            WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancellation)));
    }

    private static string ScanSha256 { get; } = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Scan));

    private async Task<(HttpStatusCode Status, string? Said)> SendAsync(string path, byte[] body)
    {
        using var answer = await _manager.PostAsync(Morning + path, new ByteArrayContent(body), Cancellation);
        var said = await AccessHost.JsonAsync(answer);
        return (answer.StatusCode, (said["scan"] ?? said["code"])?.GetValue<string>());
    }

    private async Task<(JsonObject? Closed, string? Refused)> RecordAsync(string second, int counted)
    {
        using var answer = await _manager.PostAsJsonAsync(
            Morning + "/paper",
            new
            {
                scan = ScanSha256,
                trainerSigned = true,
                headCount = counted,
                people = new[] { new { learner = "S1", mark = "present" }, new { learner = "S2", mark = second } },
            },
            Cancellation);
        var said = await AccessHost.JsonAsync(answer);
        return answer.StatusCode == HttpStatusCode.Created ? (said, null) : (null, said["code"]!.GetValue<string>());
    }
}
