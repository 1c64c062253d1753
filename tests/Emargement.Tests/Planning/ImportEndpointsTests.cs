using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Emargement.Functions.Planning;
using Emargement.Tests.Platform.Access;

namespace Emargement.Tests.Planning;

/// <summary>Imports over HTTP, as a manager or another system sends them.</summary>
public sealed class ImportEndpointsTests : IAsyncLifetime
{
    private const string Imports = "/api/organisations/garonne/imports";

    private AccessHost _host = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await AccessHost.StartAsync();
        await _host.CreateOrganisationAsync("garonne");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Four_files_in_a_form_are_imported_and_their_report_is_kept()
    {
        using var form = new MultipartFormDataContent();
        foreach (var name in new[] { "planning.csv", "actions.csv", "stagiaires.csv", "formateurs.csv" })
        {
            form.Add(new ByteArrayContent(ImportDriver.Sample("first-night", name).Content), "files", name);
        }

        using var response = await _host.Operator.PostAsync(Imports, form, Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var report = await AccessHost.JsonAsync(response);
        report["planning"]!["created"]!.GetValue<int>().ShouldBe(278);
        report["learners"]!["fundedByRegion"]!.GetValue<int>().ShouldBe(38);
        var run = report["run"]!.GetValue<string>();
        var kept = await GetJsonAsync($"{Imports}/{run}");
        kept.ToJsonString().ShouldBe(report.ToJsonString());
        var list = await GetJsonAsync(Imports);
        list["items"]!.AsArray().Single()!["run"]!.GetValue<string>().ShouldBe(run);
        list["items"]![0]!["state"]!.GetValue<string>().ShouldBe("done");
    }

    [Fact]
    public async Task One_csv_as_the_body_gives_a_report_that_opens_in_a_spreadsheet_without_running_formulas()
    {
        using var body = Csv("formateur_ref;nom;prenom;=cmd\nF1;Un;Zoé;x\n=1+1;Deux;;x\n");

        using var response = await _host.Operator.PostAsync(Imports, body, Cancellation);

        var report = await AccessHost.JsonAsync(response);
        (report["trainers"]!["created"]!.GetValue<int>(), report["trainers"]!["rejected"]!.GetValue<int>()).ShouldBe((1, 1));
        using var table = await _host.Operator.GetAsync($"{Imports}/{report["run"]}.csv", Cancellation);
        table.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        var bytes = await table.Content.ReadAsByteArrayAsync(Cancellation);
        bytes[..3].ShouldBe(Encoding.UTF8.GetPreamble());
        var lines = Encoding.UTF8.GetString(bytes[3..]).Split("\r\n");
        lines[0].ShouldBe("fichier;ligne;reference;code;gravite;texte");
        lines.ShouldContain(l => l.Contains("'=1+1", StringComparison.Ordinal) && l.Contains("missing-value", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_calendar_is_understood_by_the_rules_of_the_organisation()
    {
        const string rules = "/api/organisations/garonne/calendar-rules";
        using (var basis = new MultipartFormDataContent())
        {
            foreach (var name in new[] { "actions.csv", "stagiaires.csv", "formateurs.csv" })
            {
                basis.Add(new ByteArrayContent(ImportDriver.Sample("field/base", name).Content), "files", name);
            }

            using var imported = await _host.Operator.PostAsync(Imports, basis, Cancellation);
            imported.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        using var read = await _host.Operator.GetAsync(rules, Cancellation);
        (await AccessHost.JsonAsync(read))["rules"]!.AsArray().ShouldBeEmpty();
        foreach (var (body, status) in new[]
        {
            ("""{"rules":[{"words":[" - "],"training":"A1","group":"G1"}]}""", HttpStatusCode.BadRequest),
            ("""{"rules":[{"words":["atelier"],"training":"A1","group":"G1"}]}""", HttpStatusCode.OK),
            ("""{"rules":[]}""", HttpStatusCode.PreconditionFailed),
        })
        {
            using var put = new HttpRequestMessage(HttpMethod.Put, rules);
            put.Content = new StringContent(body, Encoding.UTF8, "application/json");
            put.Headers.IfMatch.Add(read.Headers.ETag!);
            using var answer = await _host.Operator.SendAsync(put, Cancellation);
            answer.StatusCode.ShouldBe(status, body);
        }

        using var calendar = new ByteArrayContent(ImportDriver.Sample("icalendar", "planning.ics").Content);
        calendar.Headers.ContentType = new MediaTypeHeaderValue("text/calendar");
        using var response = await _host.Operator.PostAsync(Imports, calendar, Cancellation);

        var report = await AccessHost.JsonAsync(response);
        report["changes"]!["created"]!.ToJsonString().ShouldBe("""["utc-1@erp.example"]""");
        report["lines"]!.AsArray().Select(l => l!["code"]!.GetValue<string>()).ShouldBe(["unmapped-event", "unmapped-event"]);
    }

    [Fact]
    public async Task A_dry_run_keeps_nothing()
    {
        using var body = Csv("formateur_ref;nom;prenom\nF1;Un;Zoé\n");

        using var response = await _host.Operator.PostAsync(Imports + "?dryRun=true", body, Cancellation);

        var report = await AccessHost.JsonAsync(response);
        report["dryRun"]!.GetValue<bool>().ShouldBeTrue();
        report["run"].ShouldBeNull();
        (await GetJsonAsync(Imports))["items"]!.AsArray().ShouldBeEmpty();
        (await GetJsonAsync("/api/organisations/garonne/trainers"))["items"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_refused_file_is_a_problem_that_names_its_run()
    {
        using var body = Csv("couleur;prix\nrouge;3\n");

        using var response = await _host.Operator.PostAsync(Imports, body, Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = await AccessHost.JsonAsync(response);
        problem["code"]!.GetValue<string>().ShouldBe("import-heading-unknown");
        problem["detail"]!.GetValue<string>().ShouldContain("modèles d’import");
        var kept = await GetJsonAsync($"{Imports}/{problem["run"]}");
        kept["refused"]![0]!["code"]!.GetValue<string>().ShouldBe("import-heading-unknown");
    }

    [Theory]
    [InlineData("application/json", "{}", "import-content-type")]
    [InlineData("text/csv", "", "import-file-empty")]
    [InlineData("multipart/form-data", "", "import-form-damaged")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nnonsense", "import-form-damaged")]
    [InlineData("multipart/form-data; boundary=x", "--x--\r\n", "import-empty")]
    public async Task What_is_no_file_is_a_problem(string type, string text, string code)
    {
        using var body = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        body.Headers.ContentType = MediaTypeHeaderValue.Parse(type);

        using var response = await _host.Operator.PostAsync(Imports, body, Cancellation);

        (await AccessHost.CodeAsync(response)).ShouldBe(code);
    }

    [Fact]
    public async Task A_body_of_27_MB_in_pieces_is_refused_too_below_what_the_host_bears()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Imports)
        {
            Content = new ByteArrayContent(new byte[27 * 1024 * 1024]) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } },
            Headers = { TransferEncodingChunked = true },
        };
        using var response = await _host.Operator.SendAsync(request, Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await AccessHost.CodeAsync(response)).ShouldBe("import-too-large");
    }

    [Fact]
    public async Task A_body_of_26_MB_is_refused()
    {
        using var body = new ByteArrayContent(new byte[26 * 1024 * 1024]);
        body.Headers.ContentType = new MediaTypeHeaderValue("text/csv");

        using var response = await _host.Operator.PostAsync(Imports, body, Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await AccessHost.CodeAsync(response)).ShouldBe("import-too-large");
    }

    [Theory]
    [InlineData("/night-2026-13-45")]
    [InlineData("/upload-20260101T000000Z-00000000")]
    [InlineData("/autre.csv")]
    public async Task A_run_that_never_was_is_not_found(string run)
    {
        using var response = await _host.Operator.GetAsync(Imports + run, Cancellation);

        (await AccessHost.CodeAsync(response)).ShouldBe("import-not-found");
    }

    [Fact]
    public async Task The_templates_are_explained_in_French_and_import_as_they_are()
    {
        using var anyone = _host.Client();
        var archive = await anyone.GetByteArrayAsync("/api/import-templates.zip", Cancellation);
        using (var zip = new ZipArchive(new MemoryStream(archive)))
        {
            zip.Entries.Select(e => e.Name).ShouldBe(["actions.csv", "formateurs.csv", "stagiaires.csv", "planning.csv", "LISEZMOI.txt"]);
            using var reader = new StreamReader(zip.GetEntry("LISEZMOI.txt")!.Open());
            var text = await reader.ReadToEndAsync(Cancellation);
            text.ShouldContain("Un créneau qui contient sa pause");
            text.ShouldContain("seance_ref*");
        }

        // Whoever fills the files in sends the whole archive back, with the explanation in it.
        var report = (await new ImportDriver().RunAsync([("modeles-import.zip", archive)])).Value!;

        (report.Actions.Created, report.Trainers.Created, report.Learners.Created, report.Planning.Created).ShouldBe((1, 1, 1, 2));
        report.Lines.Select(l => (l.File, l.Code)).ShouldBe([("LISEZMOI.txt", "file-ignored")]);
        ImportTemplates.Zip().ShouldBe(archive, "the same to the byte each time");
    }

    [Fact]
    public async Task Lists_show_what_was_imported_and_a_training_s_methods_can_be_set()
    {
        using var form = new MultipartFormDataContent();
        foreach (var name in new[] { "actions.csv", "stagiaires.csv", "formateurs.csv" })
        {
            form.Add(new ByteArrayContent(ImportDriver.Sample("first-night", name).Content), "files", name);
        }

        using var imported = await _host.Operator.PostAsync(Imports, form, Cancellation);
        imported.EnsureSuccessStatusCode();

        (await GetJsonAsync("/api/organisations/garonne/trainings"))["items"]!.AsArray().Count.ShouldBe(4);
        (await GetJsonAsync("/api/organisations/garonne/trainers"))["items"]!.AsArray().Count.ShouldBe(5);
        (await LearnersAsync())["items"]![0]!["lastName"]!.GetValue<string>().ShouldBe("Cœurdoux");
        (await PatchAsync("GAR-A1", """{"methods":["qr","tablet"]}""")).ShouldBe((HttpStatusCode.OK, ""));
        (await GetJsonAsync(
            "/api/organisations/garonne/trainings"))["items"]![0]!["methods"]!.ToJsonString().ShouldBe("""["qr","tablet"]""");
        (await PatchAsync("GAR-A1", """{"methods":null}""")).ShouldBe((HttpStatusCode.OK, ""));
        (await PatchAsync("GAR-A1", """{"methods":[]}""")).ShouldBe((HttpStatusCode.BadRequest, "methods-invalid"));
        (await PatchAsync("GAR-A1", """{"methods":["paper"]}""")).ShouldBe((HttpStatusCode.BadRequest, "methods-invalid"));
        (await PatchAsync("GAR-A1", """{"methods":["fax"]}""")).ShouldBe((HttpStatusCode.BadRequest, "body-invalid"));
        (await PatchAsync("GAR-A9", """{"methods":["qr"]}""")).ShouldBe((HttpStatusCode.NotFound, "training-unknown"));
    }

    // Whoever runs the service sees no learner: the organisation's own system does.
    private async Task<JsonObject> LearnersAsync()
    {
        using var seen = await _host.Operator.GetAsync("/api/organisations/garonne/learners", Cancellation);
        seen.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var minted = await _host.Operator.PostAsJsonAsync(
            "/api/organisations/garonne/api-keys", new { name = "ERP", rights = new[] { "people" } }, Cancellation);
        var machine = _host.Client();
        machine.DefaultRequestHeaders.Authorization = new("Bearer", (await AccessHost.JsonAsync(minted))["key"]!.GetValue<string>());
        using var read = await machine.GetAsync("/api/organisations/garonne/learners", Cancellation);
        return await AccessHost.JsonAsync(read);
    }

    private static ByteArrayContent Csv(string text)
    {
        var body = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        body.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        return body;
    }

    private async Task<JsonObject> GetJsonAsync(string path)
    {
        using var response = await _host.Operator.GetAsync(path, Cancellation);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await AccessHost.JsonAsync(response);
    }

    private async Task<(HttpStatusCode Status, string Code)> PatchAsync(string training, string json)
    {
        using var body = new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await _host.Operator.PatchAsync($"/api/organisations/garonne/trainings/{training}", body, Cancellation);
        return (response.StatusCode, response.IsSuccessStatusCode ? "" : await AccessHost.CodeAsync(response));
    }
}
