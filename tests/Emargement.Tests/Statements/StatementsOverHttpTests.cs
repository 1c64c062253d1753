using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Storage;
using Emargement.Functions.Sheets;
using Emargement.Tests.Platform.Access;
using Emargement.Tests.Region;
using Emargement.Tests.Sealing;
using Microsoft.Extensions.DependencyInjection;
using UglyToad.PdfPig;
using static Emargement.Tests.Region.RegionWorld;

namespace Emargement.Tests.Statements;

/// <summary>Certificates and statements from request to verification, through the API and the pages.</summary>
public sealed class StatementsOverHttpTests : IAsyncLifetime
{
    private const string Api = "/api/organisations/garonne";
    private const string Learner = Api + "/learners/S1/statements";
    private const string November = "first=2026-11-01&last=2026-11-30";

    private AccessHost _host = null!;
    private HttpClient _manager = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await AccessHost.StartAsync();
        _host.Time.SetUtcNow(At(18, 0, day: Monday.AddDays(4)));
        var world = new RegionWorld().Enrol("S1", "Petit").Enrol("S2", "Grand", "OPCO").Enrol("S3", "Absent", training: "A2", group: "G9")
            .Session("AM", null, Signs("S1", late: 30), Missed("S2"), Closes(1, 1))
            .Session("PM", Afternoon, Signs("S1"), Signs("S2"), Closes(2, 2));
        await ExportRig.HoldAsync(_host.Services.GetRequiredService<AppStorage>(), world);
        await SealAsync("20261123-1-AM");
        await SealAsync("20261123-2-PM");
        await _host.CreateManagerAsync("garonne", "G1", "ines@example.org");
        _manager = await _host.SignedInAsync("garonne", "ines@example.org");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_statement_is_issued_once_verified_and_replaced_by_a_correction()
    {
        var issued = await IssueAsync("attendance");
        (issued["version"]!.GetValue<int>(), issued["kind"]!.GetValue<string>()).ShouldBe((1, "attendance"));
        var code = issued["code"]!.GetValue<string>();
        (await IssueAsync("attendance"))["code"]!.GetValue<string>().ShouldBe(code, "nothing has changed");

        var pdf = await BytesAsync($"{Api}/statements/{code}");
        var text = TextOf(pdf);
        text.ShouldContain("Attestation d'assiduité");
        text.ShouldContain("PETIT Zoé");
        text.ShouldContain("6 h 30");
        text.ShouldContain("92,8 %");
        text.ShouldContain("2 feuilles scellées");
        text.ShouldNotContain("GRAND", Case.Sensitive, "a statement names its learner alone");
        var evidence = JsonNode.Parse(await _manager.GetStringAsync($"{Api}/statements/{code}/evidence", Cancellation))!;
        evidence["facts"]!.AsArray().Count.ShouldBe(3, "what is printed, and two half-days");

        var found = await VerifyAsync(code);
        (found["verdict"]!.GetValue<string>(), found["document"]!["superseded"]!.GetValue<bool>()).ShouldBe(("intact", false));
        found["document"]!["sheets"]!.AsArray().Count.ShouldBe(2);
        var page = WebUtility.HtmlDecode(await _host.Client().GetStringAsync($"/v/{code}", Cancellation));
        page.ShouldContain("Attestation d’assiduité");
        page.ShouldNotContain("Petit", Case.Insensitive, "the page is open to whoever holds the paper");

        // A correction that leaves the minutes as they are leaves the statement as it is.
        await CorrectAsync("20261123-2-PM", "S2", "absent-justified");
        (await VerifyAsync(code))["document"]!["outdated"]!.GetValue<bool>().ShouldBeFalse();
        await CorrectAsync("20261123-1-AM", "S1", "absent-justified");
        (await VerifyAsync(code))["document"]!["outdated"]!.GetValue<bool>().ShouldBeTrue();
        WebUtility.HtmlDecode(await _host.Client().GetStringAsync($"/v/{code}", Cancellation)).ShouldContain("a été corrigée depuis");

        var second = await IssueAsync("attendance");
        second["version"]!.GetValue<int>().ShouldBe(2);
        var old = (await VerifyAsync(code))["document"]!;
        (old["superseded"]!.GetValue<bool>(), old["latestCode"]!.GetValue<string>()).ShouldBe((true, second["code"]!.GetValue<string>()));
        var listed = await AccessHost.JsonAsync(await _manager.GetAsync(Learner, Cancellation));
        listed["items"]!.AsArray().Select(i => i!["superseded"]!.GetValue<bool>()).Order().ShouldBe([false, true]);
    }

    [Fact]
    public async Task What_may_still_change_is_not_certified_and_can_be_seen_as_a_draft()
    {
        await ExportRig.AddAsync(
            _host.Services.GetRequiredService<AppStorage>(),
            new RegionWorld().Session("OUVERTE", s => Moved(s) with { State = SessionState.Open, ClosedAt = null }).Sessions);

        var refused = await PostAsync("attendance");
        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await AccessHost.CodeAsync(refused)).ShouldBe("sessions-open");
        var file = await BytesAsync($"{Learner}/draft?training=A1&kind=individual-sheet&{November}");
        var draft = TextOf(file);
        string.Concat(PdfDocument.Open(file).GetPage(1).Letters.Where(l => l.PointSize > 60).Select(l => l.Value)).ShouldBe("PROVISOIRE");
        draft.ShouldContain("n'est pas scellé");
        draft.ShouldContain("non renseigné");

        (await PostAsync("attendance", training: "A2")).StatusCode.ShouldBe(HttpStatusCode.Conflict, "S1 was never in it");
        (await PostAsync("diplome")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await PostAsync("attendance", first: "2026-12-24")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await _manager.GetAsync($"{Learner}/draft?training=A1&kind=attendance&first=hier&last=demain", Cancellation)).StatusCode
            .ShouldBe(HttpStatusCode.BadRequest);
        (await _manager.GetAsync(Api + "/learners/PERSONNE/statements", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_certificate_bears_the_mark_of_the_named_person_who_asks_for_it()
    {
        (await AccessHost.CodeAsync(await PostAsync("certificate"))).ShouldBe("signatory-missing");
        await NameAsync("G1", "Inès Roux");
        (await AccessHost.CodeAsync(await PostAsync("certificate"))).ShouldBe("signatory-mark-missing");
        await DrawAsync(_manager, HttpStatusCode.OK);
        var code = (await IssueAsync("certificate"))["code"]!.GetValue<string>();
        var text = TextOf(await BytesAsync($"{Api}/statements/{code}"));
        text.ShouldContain("Je soussigné(e) Inès Roux, directrice");
        text.ShouldContain("6 h 30 en centre et à distance");
        text.ShouldContain("3 ans à compter de la fin de l'année du dernier paiement");
        text.ShouldContain("Fait à Toulouse");

        // Somebody else may neither draw it nor use it.
        await _host.CreateManagerAsync("garonne", "G2", "paul@example.org");
        var other = await _host.SignedInAsync("garonne", "paul@example.org");
        await DrawAsync(other, HttpStatusCode.Forbidden);
        using var asked = await other.PostAsJsonAsync(Learner, Body("certificate"), Cancellation);
        asked.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await AccessHost.JsonAsync(await other.GetAsync(Api + "/signatory", Cancellation)))["yours"]!.GetValue<bool>().ShouldBeFalse();

        // Named anew, the other draws their own: the first mark is on no certificate any more.
        await NameAsync("G2", "Paul Petit");
        (await AccessHost.JsonAsync(await _manager.GetAsync(Api + "/signatory", Cancellation)))["marked"]!.GetValue<bool>().ShouldBeFalse();
        (await AccessHost.CodeAsync(await PostAsync("certificate"))).ShouldBe("not-signatory");
    }

    [Fact]
    public async Task A_training_s_statements_come_in_one_file_with_those_that_are_missing_named()
    {
        await ExportRig.AddAsync(_host.Services.GetRequiredService<AppStorage>(), []);
        var path = Api + "/trainings/A1/statements";
        using (var started = await _manager.PostAsJsonAsync(
            path, new { kind = "individual-sheet", first = "2026-11-01", last = "2026-11-30" }, Cancellation))
        {
            started.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        }

        await _host.WhenIdleAsync();
        var query = $"?kind=individual-sheet&{November}";
        var status = await AccessHost.JsonAsync(await _manager.GetAsync(path + query, Cancellation));
        status["state"]!.GetValue<string>().ShouldBe("completed");
        (status["made"]!["issued"]!.GetValue<int>(), status["made"]!["refused"]!.AsArray().Count).ShouldBe((2, 0));

        var first = await BytesAsync(path + "/zip" + query);
        using (var zip = new ZipArchive(new MemoryStream(first)))
        {
            zip.Entries.Select(e => e.Name).ShouldBe(
            [
                "S1_individual-sheet_20261101-20261130_v1.pdf", "S2_individual-sheet_20261101-20261130_v1.pdf", "manifest.csv",
            ]);
            using var reader = new StreamReader(zip.GetEntry("manifest.csv")!.Open());
            (await reader.ReadToEndAsync(Cancellation)).Split("\r\n")[1].ShouldStartWith("S1;S1_individual-sheet");
            using var sheet = zip.Entries[0].Open();
            using var bytes = new MemoryStream();
            await sheet.CopyToAsync(bytes, Cancellation);
            TextOf(bytes.ToArray()).ShouldContain("retard de 30 min");
        }

        (await BytesAsync(path + "/zip" + query)).ShouldBe(first, "the same statements give the same bytes");
        (await _manager.GetAsync(Api + "/trainings/A2/statements/zip" + query, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Asked_for_ten_times_at_once_it_is_one_version()
    {
        var issued = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => IssueAsync("attendance")));

        issued.Select(i => i["code"]!.GetValue<string>()).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Another_organisation_has_none_of_it()
    {
        var code = (await IssueAsync("attendance"))["code"]!.GetValue<string>();
        await _host.CreateOrganisationAsync("adour");
        await _host.CreateManagerAsync("adour", "G1", "zoe@example.org");
        var other = await _host.SignedInAsync("adour", "zoe@example.org");

        (await other.GetAsync($"/api/organisations/adour/statements/{code}", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await other.GetAsync($"/api/organisations/adour/statements/{code}/evidence", Cancellation)).StatusCode
            .ShouldBe(HttpStatusCode.NotFound);
        (await _manager.GetAsync(Api + "/statements/20261123-1-AM", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_pages_issue_without_a_script()
    {
        var home = "/o/garonne/people/learners/S1/statements";
        (await PageAsync(home)).ShouldContain("Aucun document délivré");
        using (var sent = await FormAsync(home, ("kind", "attendance")))
        {
            sent.StatusCode.ShouldBe(HttpStatusCode.Found);
            var shown = await PageAsync(sent.Headers.Location!.OriginalString);
            shown.ShouldContain("Document délivré, code");
            shown.ShouldContain("Télécharger le PDF");
        }

        using (var refused = await FormAsync(home, ("kind", "certificate")))
        {
            var again = WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync(Cancellation));
            again.ShouldContain("Personne n’est désigné pour signer");
            again.ShouldContain("value=\"certificate\" selected");
        }

        var whole = "/o/garonne/statements";
        using (var named = await FormAsync(
            whole, ("act", "name"), ("account", "G1"), ("name", "Inès Roux"), ("capacity", "directrice"), ("place", "Toulouse")))
        {
            named.Headers.Location!.OriginalString.ShouldBe("/o/garonne/statements?done=name");
        }

        using (var marked = await FormAsync(whole, ("act", "mark"), ("typedName", "Inès Roux")))
        {
            marked.Headers.Location!.OriginalString.ShouldBe("/o/garonne/statements?done=mark");
        }

        using var issued = await FormAsync(whole, ("act", "issue"), ("kind", "certificate"));
        await _host.WhenIdleAsync();
        var done = await PageAsync(issued.Headers.Location!.OriginalString);
        done.ShouldContain("2 documents sont prêts");
        done.ShouldContain("Télécharger le ZIP");
    }

    [Fact]
    public async Task Pdfsig_and_qpdf_take_a_statement_for_whole()
    {
        var code = (await IssueAsync("individual-sheet"))["code"]!.GetValue<string>();
        using var folder = new Folder();
        var file = folder.Write("statement.pdf", await BytesAsync($"{Api}/statements/{code}"));

        Tool.Run("pdfsig", file).Text.ShouldContain("Signature is Valid");
        Tool.Run("qpdf", "--check", file).Text.ShouldContain("No syntax or stream encoding errors found");
    }

    private static Session Afternoon(Session session) => session with
    {
        Id = new SessionId(Monday, HalfDay.Afternoon, session.SlotRef),
        Start = At(14, 0),
        End = At(17, 30),
    };

    private static Session Moved(Session session) => session with
    {
        Id = new SessionId(Monday.AddDays(1), HalfDay.Morning, session.SlotRef),
        Start = session.Start.AddDays(1),
        End = session.End.AddDays(1),
    };

    private static object Body(string kind, string training = "A1", string first = "2026-11-01") =>
        new { training, kind, first, last = "2026-11-30" };

    private async Task SealAsync(string session) => (await _host.Services.GetRequiredService<SealSheet>().RunAsync(
        OrganisationId.Parse("garonne"), SessionId.Parse(session), Cancellation)).IsOk.ShouldBeTrue();

    private Task<HttpResponseMessage> PostAsync(string kind, string training = "A1", string first = "2026-11-01") =>
        _manager.PostAsJsonAsync(Learner, Body(kind, training, first), Cancellation);

    private async Task<JsonObject> IssueAsync(string kind)
    {
        using var issued = await PostAsync(kind);
        issued.StatusCode.ShouldBe(HttpStatusCode.Created, await issued.Content.ReadAsStringAsync(Cancellation));
        return await AccessHost.JsonAsync(issued);
    }

    private async Task CorrectAsync(string session, string learner, string mark)
    {
        using var made = await _manager.PostAsJsonAsync(
            Api + "/corrections", new { reason = "Convocation", items = new[] { new { session, learner, mark } } }, Cancellation);
        made.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await _host.WhenIdleAsync();
    }

    private async Task NameAsync(string account, string name)
    {
        using var named = await _manager.PutAsJsonAsync(
            Api + "/signatory", new { account, name, capacity = "directrice", place = "Toulouse" }, Cancellation);
        named.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task DrawAsync(HttpClient client, HttpStatusCode expected)
    {
        using var drawn = await client.PostAsJsonAsync(
            Api + "/signatory/mark", new { drawing = "M10 10 C20 30 40 10 60 35 L80 12" }, Cancellation);
        drawn.StatusCode.ShouldBe(expected);
    }

    private async Task<JsonObject> VerifyAsync(string code) =>
        await AccessHost.JsonAsync(await _host.Client().GetAsync($"/api/verify/{code}", Cancellation));

    private async Task<string> PageAsync(string path) =>
        WebUtility.HtmlDecode(await _manager.GetStringAsync(path, Cancellation));

    private Task<HttpResponseMessage> FormAsync(string path, params (string Name, string Value)[] fields) => _manager.PostAsync(
        path,
        new FormUrlEncodedContent(fields.Concat([("training", "A1"), ("first", "2026-11-01"), ("last", "2026-11-30")])
            .Select(f => KeyValuePair.Create(f.Item1, f.Item2))),
        Cancellation);

    private Task<byte[]> BytesAsync(string path) => _manager.GetByteArrayAsync(path, Cancellation);

    private static string TextOf(byte[] pdf) =>
        string.Join(' ', PdfDocument.Open(pdf).GetPages().SelectMany(p => p.GetWords()).Select(w => w.Text));
}
