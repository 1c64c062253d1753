using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Accounts;
using Emargement.Functions.Platform.Storage;
using Emargement.Tests.Platform.Access;
using Emargement.Tests.Region;
using Emargement.Tests.Sealing;
using Microsoft.Extensions.DependencyInjection;
using static Emargement.Tests.Region.RegionWorld;

namespace Emargement.Tests.Statements;

/// <summary>Who signs certificates, whole trainings, and the pages of both.</summary>
public sealed class CertificatesTests : StatementScene
{
    [Fact]
    public async Task A_certificate_bears_the_mark_of_the_named_person_who_asks_for_it()
    {
        (await AccessHost.CodeAsync(await PostAsync("certificate"))).ShouldBe("signatory-missing");
        await NameAsync("G1", "Inès Roux");
        (await AccessHost.CodeAsync(await PostAsync("certificate"))).ShouldBe("signatory-mark-missing");
        await DrawAsync(Manager, HttpStatusCode.OK);
        var code = (await IssueAsync("certificate"))["code"]!.GetValue<string>();
        var text = TextOf(await BytesAsync($"{Api}/statements/{code}"));
        text.ShouldContain("Je soussigné(e) Inès Roux, directrice");
        text.ShouldContain("6 h 30 en centre et à distance");
        text.ShouldContain("3 ans à compter de la fin de l'année du dernier paiement");
        text.ShouldContain("Fait à Toulouse");

        // Somebody else may neither draw it nor use it.
        await Host.CreateManagerAsync("garonne", "G2", "paul@example.org");
        var other = await Host.SignedInAsync("garonne", "paul@example.org");
        await DrawAsync(other, HttpStatusCode.Forbidden);
        using var asked = await other.PostAsJsonAsync(Learner, Body("certificate"), Cancellation);
        asked.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await AccessHost.JsonAsync(await other.GetAsync(Api + "/signatory", Cancellation)))["yours"]!.GetValue<bool>().ShouldBeFalse();

        // Named anew, the other draws their own: the first mark is on no certificate any more.
        await NameAsync("G2", "Paul Petit");
        (await AccessHost.JsonAsync(await Manager.GetAsync(Api + "/signatory", Cancellation)))["marked"]!.GetValue<bool>().ShouldBeFalse();
        (await AccessHost.CodeAsync(await PostAsync("certificate"))).ShouldBe("not-signatory");
    }

    [Fact]
    public async Task A_training_s_statements_come_in_one_file_with_those_that_are_missing_named()
    {
        await ExportRig.AddAsync(Host.Services.GetRequiredService<AppStorage>(), []);
        var path = Api + "/trainings/A1/statements";
        using (var started = await Manager.PostAsJsonAsync(
            path, new { kind = "individual-sheet", first = "2026-11-01", last = "2026-11-30" }, Cancellation))
        {
            started.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        }

        await Host.WhenIdleAsync();
        var query = $"?kind=individual-sheet&{November}";
        var status = await AccessHost.JsonAsync(await Manager.GetAsync(path + query, Cancellation));
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
        (await Manager.GetAsync(Api + "/trainings/A2/statements/zip" + query, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task They_are_among_what_the_person_takes_away_and_an_erased_signatory_signs_no_more()
    {
        await IssueAsync("attendance");
        var accounts = Host.Services.GetRequiredService<IAccountDirectory>();
        await accounts.EnsureAsync(
            OrganisationId.Parse("garonne"), [new AccountHolder(new AccountId(AccountKind.Learner, Ref("S1")), "Petit", "Zoé", null)],
            Cancellation);
        using (var data = await Manager.PostAsync(Api + "/accounts/learner:S1/data", null, Cancellation))
        {
            data.StatusCode.ShouldBe(HttpStatusCode.OK);
            using var zip = new ZipArchive(await data.Content.ReadAsStreamAsync(Cancellation));
            zip.Entries.Select(e => e.FullName).ShouldContain("attestations/S1_attendance_20261101-20261130_v1.pdf");
        }

        await NameAsync("G1", "Inès Roux");
        await DrawAsync(Manager, HttpStatusCode.OK);
        await Host.CreateManagerAsync("garonne", "G2", "paul@example.org");
        var other = await Host.SignedInAsync("garonne", "paul@example.org");
        using var erased = await other.PostAsync(Api + "/accounts/manager:G1/erasure", null, Cancellation);
        erased.IsSuccessStatusCode.ShouldBeTrue(await erased.Content.ReadAsStringAsync(Cancellation));
        (await other.GetAsync(Api + "/signatory", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
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
        await Host.WhenIdleAsync();
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
}
