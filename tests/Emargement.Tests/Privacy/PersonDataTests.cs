using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Accounts.Links;
using Emargement.Functions.Platform.Mail;
using Emargement.Functions.Sheets.Records;
using Emargement.Functions.Signing.Links;
using Emargement.Tests.Platform.Access;
using Emargement.Tests.Signing;
using Microsoft.Extensions.DependencyInjection;
using UglyToad.PdfPig;

namespace Emargement.Tests.Privacy;

/// <summary>A person takes away all that is kept of them and nothing of anybody else (RGPD, articles 15 and 20).</summary>
public sealed class PersonDataTests : IAsyncLifetime
{
    private const string Org = "/api/organisations/garonne";

    private AccessHost _host = null!;
    private HttpClient _trainer = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await SigningHttpTests.StartAsync();
        await _host.CreateManagerAsync("garonne", "M1", "m1@example.fr");
        _trainer = await _host.SignedInAsync("garonne", "F1");
        var opened = await SigningHttpTests.PostAsync(_trainer, $"{SigningHttpTests.Session}/open", null);
        foreach (var learner in new[] { "L1", "L2" })
        {
            var client = await _host.SignedInAsync("garonne", learner);
            var presence = await SigningHttpTests.PostAsync(
                client,
                $"{Org}/presence",
                new { session = "20261123-1-S1", proof = new { kind = "qr", value = SigningHttpTests.Qr(_host, opened) } });
            await SigningHttpTests.PostAsync(
                client,
                $"{Org}/signatures",
                new { ticket = presence["ticket"]!.GetValue<string>(), drawing = HalfDayWorld.Drawing });
        }

        var mark = new { learner = "L1", mark = "late", minutes = 12, reason = "Train" };
        using var marked = await _trainer.PostAsJsonAsync($"{SigningHttpTests.Session}/marks", mark, Cancellation);
        marked.EnsureSuccessStatusCode();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_learner_takes_their_data_away_with_the_password_and_finds_nobody_else_in_it()
    {
        var learner = await _host.SignedInAsync("garonne", "L1");
        using var wrong = await learner.PostAsJsonAsync($"{Org}/me/data", new { password = "Trois chevaux verts" }, Cancellation);
        using var file = await learner.PostAsJsonAsync($"{Org}/me/data", new { password = AccessHost.Password }, Cancellation);

        (await AccessHost.CodeAsync(wrong)).ShouldBe("sign-in-wrong");
        var files = await FilesAsync(file);
        files.Keys.Order(StringComparer.Ordinal).ShouldBe(
            [
                "appareils.json", "courriels.json", "emargement.json", "emargement.pdf", "entreprise.json", "inscriptions.json",
                "journal.json", "lisez-moi.txt", "profil.json",
            ]);
        JsonNode.Parse(files["profil.json"])!["nom"]!.GetValue<string>().ShouldBe("Nom001");
        JsonNode.Parse(files["inscriptions.json"])!.AsArray().ShouldHaveSingleItem();
        var facts = JsonNode.Parse(files["emargement.json"])!.AsArray();
        facts.Select(f => f!["fait"]!["kind"]!.GetValue<string>()).ShouldBe(["signed", "marked"]);
        facts[0]!["dessin"]!.GetValue<string>().ShouldBe(HalfDayWorld.Drawing);
        facts[1]!["fait"]!["reason"]!.GetValue<string>().ShouldBe("Train");
        JsonNode.Parse(files["appareils.json"])!.AsArray().Count.ShouldBe(2);
        var journal = JsonNode.Parse(files["journal.json"])!.AsArray();
        journal.Count(e => e!["acte"]!.GetValue<string>() == "SignIn" && e["par"]!.GetValue<string>() == "vous").ShouldBe(2);

        var all = string.Concat(files.Values);
        // Names of devices are random letters, which may spell it.
        all.ShouldNotMatch(@"(?<![\w-])L2(?![\w-])");
        all.ShouldNotContain("Nom002");
        all.ShouldNotContain("Roux", Case.Sensitive, "the trainer's name is the trainer's");
        all.ShouldNotContain("Hash", Case.Sensitive, "no secret, not even hashed");
    }

    [Fact]
    public async Task It_holds_the_person_s_mails_and_an_extract_of_the_sheets_with_nobody_else_s_lines()
    {
        var queue = _host.Services.GetRequiredService<MailQueue>();
        var none = new Dictionary<string, string>();
        var garonne = OrganisationId.Parse("garonne");
        await queue.QueueAsync(
            garonne, "accounts", "activation-1", ActivationMail.Template, ["learner:L1", "learner:L2"], none, Cancellation);
        await queue.QueueAsync(garonne, "20261123-1-S1", "link", SignLinkMail.Template, ["L1", "L2"], none, Cancellation);
        await queue.QueueAsync(garonne, "20261123-1-S1", "other", SignLinkMail.Template, ["L2"], none, Cancellation);
        await SigningHttpTests.PostAsync(_trainer, $"{SigningHttpTests.Session}/close", new { headCount = 2, typedName = "Anne Roux" });
        await _host.WhenIdleAsync();
        var manager = await _host.SignedInAsync("garonne", "M1");

        using var file = await manager.PostAsync($"{Org}/accounts/learner:L1/data", null, Cancellation);
        using var ofTrainer = await manager.PostAsync($"{Org}/accounts/trainer:F1/data", null, Cancellation);
        using var zip = new ZipArchive(await file.Content.ReadAsStreamAsync(Cancellation));
        using var reader = new StreamReader(zip.GetEntry("courriels.json")!.Open());
        var mails = JsonNode.Parse(await reader.ReadToEndAsync(Cancellation))!.AsArray();
        mails.Select(m => (m!["genre"]!.GetValue<string>(), m["le"]!.GetValue<string>())).ShouldBe(
            [("activate", "2026-11-23"), ("sign-link", "2026-11-23")], ignoreOrder: true);

        using var pdf = new MemoryStream();
        await using (var entry = zip.GetEntry("emargement.pdf")!.Open())
        {
            await entry.CopyToAsync(pdf, Cancellation);
        }

        using var extract = PdfDocument.Open(pdf.ToArray());
        var words = string.Join(' ', extract.GetPages().SelectMany(p => p.GetWords()).Select(w => w.Text));
        var sheet = (await _host.Services.GetRequiredService<SheetsTable>().OfSessionAsync(
            garonne, SessionId.Parse("20261123-1-S1"), Cancellation)).ShouldHaveSingleItem().Value;
        words.ShouldContain("Nom001");
        words.ShouldContain("Retard de 12 min : Train");
        words.ShouldContain(sheet.Code.ToString());
        words.ShouldContain("pas scellé");
        words.ShouldNotContain("Nom002");
        words.ShouldNotContain("Roux");
        (await FilesAsync(ofTrainer)).Keys.ShouldNotContain("emargement.pdf", "of a trainer, the sheets are their learners'");
    }

    [Fact]
    public async Task A_manager_answers_a_written_request_and_nobody_else_reads_another_s_data()
    {
        var manager = await _host.SignedInAsync("garonne", "M1");

        using var ofLearner = await manager.PostAsync($"{Org}/accounts/learner:L1/data", null, Cancellation);
        using var ofTrainer = await manager.PostAsync($"{Org}/accounts/trainer:F1/data", null, Cancellation);
        using var unknown = await manager.PostAsync($"{Org}/accounts/learner:L9/data", null, Cancellation);
        using var refused = await _trainer.PostAsync($"{Org}/accounts/learner:L1/data", null, Cancellation);

        (await FilesAsync(ofLearner))["emargement.json"].ShouldContain("signed");
        var taught = (await FilesAsync(ofTrainer))["emargement.json"];
        JsonNode.Parse(taught)!.AsArray().Select(f => f!["fait"]!["kind"]!.GetValue<string>()).ShouldBe(["opened", "marked"], true);
        taught.ShouldNotContain("L1");
        taught.ShouldNotContain("Train\"", Case.Sensitive, "why somebody came late is theirs");
        (await AccessHost.CodeAsync(unknown)).ShouldBe("account-unknown");
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static async Task<Dictionary<string, string>> FilesAsync(HttpResponseMessage answer)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/zip");
        using var zip = new ZipArchive(await answer.Content.ReadAsStreamAsync(Cancellation));
        var files = new Dictionary<string, string>();
        foreach (var entry in zip.Entries)
        {
            using var reader = new StreamReader(entry.Open());
            files[entry.FullName] = await reader.ReadToEndAsync(Cancellation);
        }

        return files;
    }
}
