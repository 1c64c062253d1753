using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using UglyToad.PdfPig;

namespace Emargement.Tests.Placements;

/// <summary>The address printed on the document of a placement, and its file, answer as a sheet's do.</summary>
public sealed partial class DocumentVerificationTests
{
    [Fact]
    public async Task The_document_is_known_by_its_code_and_by_its_file_until_a_correction_supersedes_it()
    {
        await using var host = await PlacementHost.StartAsync("2026-11-02 08:00");
        var manager = await host.SignedInAsync("ines@of.example");
        var placement = await CreateAsync(manager);
        await host.UntilAsync("2026-11-04 10:00");
        await RecordPaperAsync(host, manager, placement, 300);
        var pdf = await manager.GetByteArrayAsync($"{placement}/documents/all", PlacementHost.Cancellation);
        var anyone = host.Client();

        var byFile = await VerifyAsync(anyone, pdf);
        byFile["verdict"]!.GetValue<string>().ShouldBe("intact");
        var document = byFile["document"]!;
        (
            document["organisation"]!.GetValue<string>(),
            document["training"]!.GetValue<string>(),
            document["first"]!.GetValue<string>(),
            document["last"]!.GetValue<string>())
            .ShouldBe(("Garonne Formation", "Cuisine", "2026-11-02", "2026-11-03"));
        byFile["seals"]![0]!["level"]!.GetValue<string>().ShouldBe("B-B");
        var code = document["code"]!.GetValue<string>();
        PrintedCode(pdf).ShouldBe(code);
        var byCode = await PlacementHost.JsonAsync(await anyone.GetAsync($"/api/verify/{code}", PlacementHost.Cancellation));
        byCode.ToJsonString().ShouldBe(byFile.ToJsonString());
        (await TakenAwayAsync(manager)).ShouldBe(pdf, "their own, as it is sealed");
        pdf[2000] ^= 1;
        var changed = await VerifyAsync(anyone, pdf);
        changed["verdict"]!.GetValue<string>().ShouldBe("changed");

        await RecordPaperAsync(host, manager, placement, 240);

        var superseded = (
            await PlacementHost.JsonAsync(await anyone.GetAsync($"/api/verify/{code}", PlacementHost.Cancellation)))["document"]!;
        (superseded["superseded"]!.GetValue<bool>(), superseded["version"]!.GetValue<int>(), superseded["latestVersion"]!.GetValue<int>())
            .ShouldBe((true, 1, 2));
        var page = await anyone.GetAsync($"/v/{code}", PlacementHost.Cancellation);
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        var html = WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync(PlacementHost.Cancellation));
        html.ShouldContain("Heures en entreprise");
        html.ShouldContain($"/v/{superseded["latestCode"]!.GetValue<string>()}");
        html.ShouldNotContain("Lefèbvre", Case.Insensitive, "the page is open to whoever holds the paper");
        html.ShouldNotContain("Ruiz");
    }

    // What the learner takes away of what is kept of them.
    private static async Task<byte[]> TakenAwayAsync(HttpClient manager)
    {
        using var file = await manager.PostAsync($"{PlacementHost.Api}/accounts/learner:S1/data", null, PlacementHost.Cancellation);
        using var zip = new ZipArchive(await file.Content.ReadAsStreamAsync(PlacementHost.Cancellation));
        using var pdf = new MemoryStream();
        await using var entry = zip.Entries.Single(e => e.FullName.StartsWith("entreprise/", StringComparison.Ordinal)).Open();
        await entry.CopyToAsync(pdf, PlacementHost.Cancellation);
        return pdf.ToArray();
    }

    private static string PrintedCode(byte[] pdf)
    {
        var words = PdfDocument.Open(pdf).GetPages().SelectMany(p => p.GetWords()).Select(w => w.Text);
        return CodePattern().Match(string.Join(' ', words)).Value;
    }

    private static async Task<string> CreateAsync(HttpClient manager)
    {
        var body = new
        {
            learner = "S1",
            training = "A1",
            group = "G1",
            company = "Chez Ruiz",
            tutors = new[] { new { name = "Mme Ruiz", email = "ruiz@chez-ruiz.example" } },
            firstDay = "2026-11-02",
            lastDay = "2026-11-03",
            minutesADay = 420,
        };
        var created = await PlacementHost.JsonAsync(
            await manager.PostAsJsonAsync($"{PlacementHost.Api}/placements", body, PlacementHost.Cancellation), 201);
        return $"{PlacementHost.Api}/placements/{created["id"]!.GetValue<string>()}";
    }

    private static async Task RecordPaperAsync(PlacementHost host, HttpClient manager, string placement, int minutes)
    {
        var scan = await PlacementHost.JsonAsync(
            await manager.PostAsync($"{placement}/scans", new ByteArrayContent("%PDF-1.7 scan"u8.ToArray()), PlacementHost.Cancellation),
            201);
        var body = new
        {
            days = new[] { new { date = "2026-11-02", minutes = 420 }, new { date = "2026-11-03", minutes } },
            reason = "Tutrice sans accès à internet",
            scan = scan["scan"]!.GetValue<string>(),
        };
        await PlacementHost.JsonAsync(await manager.PostAsJsonAsync($"{placement}/paper", body, PlacementHost.Cancellation));
        await host.IdleAsync();
    }

    private static async Task<JsonObject> VerifyAsync(HttpClient anyone, byte[] pdf)
    {
        using var content = new ByteArrayContent(pdf) { Headers = { ContentType = new MediaTypeHeaderValue("application/pdf") } };
        return await PlacementHost.JsonAsync(await anyone.PostAsync("/api/verify", content, PlacementHost.Cancellation));
    }

    [GeneratedRegex("[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}")]
    private static partial Regex CodePattern();
}
