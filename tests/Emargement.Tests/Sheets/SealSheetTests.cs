using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Azure.Data.Tables;
using Emargement.Functions.Platform.Storage;
using Emargement.Functions.Sessions;
using Emargement.Functions.Sheets;
using Emargement.Tests.Sealing;

namespace Emargement.Tests.Sheets;

public sealed class SealSheetTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_closed_session_gets_a_sealed_sheet_that_says_its_facts()
    {
        await using var scene = await SheetScene.StartAsync();
        await scene.CloseAsync();

        var sheet = await scene.SealAsync();
        var pdf = await scene.PdfAsync(1);

        (sheet.Version, sheet.Level, sheet.Signed, sheet.Expected, sheet.Facts).ShouldBe((1, "B-B", 2, 3, 5));
        sheet.Sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(pdf)));
        using var folder = new Folder();
        var file = folder.Write("sheet.pdf", pdf);
        Tool.Run("pdfsig", "-nocert", file).Text.ShouldContain("Signature is Valid.");
        var text = Tool.Run("pdftotext", "-layout", file, "-").Text;
        string[] printed =
        [
            "LEFÈBVRE Zoë", "RUIZ Inès", "Retard de 17 min", "ŁUKASIEWICZ Wojciech", "Absence non justifiée", "CAZENAVE Hélène",
            "Maintenance des bâtiments", sheet.Root, sheet.Code.ToString(),
        ];
        foreach (var words in printed)
        {
            text.ShouldContain(words);
        }
    }

    [Fact]
    public async Task Its_evidence_has_the_root_that_the_sheet_prints()
    {
        await using var scene = await SheetScene.StartAsync();
        await scene.CloseAsync();
        var sheet = await scene.SealAsync();

        using var evidence = JsonDocument.Parse(
            (await scene.Blobs.ReadEvidenceAsync(SheetScene.Organisation.Id, sheet, Cancellation)).ShouldNotBeNull());
        evidence.RootElement.GetProperty("root").GetString().ShouldBe(sheet.Root);
        evidence.RootElement.GetProperty("facts").GetArrayLength().ShouldBe(5);
        evidence.RootElement.GetProperty("people").GetProperty("learner:L1").GetString().ShouldBe("LEFÈBVRE Zoë");
    }

    [Fact]
    public async Task An_open_session_has_no_sheet()
    {
        await using var scene = await SheetScene.StartAsync();

        (await scene.Sealing.RunAsync(
            SheetScene.Organisation.Id, SheetScene.Session, Cancellation)).Refusal!.Code.ShouldBe("session-not-closed");
        (await scene.RecordsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Ten_closings_that_race_store_one_sheet()
    {
        await using var scene = await SheetScene.StartAsync();
        await scene.CloseAsync();

        var sealedSheets = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => scene.SealAsync()));

        sealedSheets.Select(sheet => sheet.Sha256).Distinct().ShouldHaveSingleItem();
        sealedSheets.ShouldAllBe(sheet => sheet.Version == 1);
        var record = (await scene.RecordsAsync()).ShouldHaveSingleItem();
        record.Sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(await scene.PdfAsync(1))));
        (await scene.Checking.CodeAsync(record.Code.Value, Cancellation)).IsOk.ShouldBeTrue();
    }

    [Fact]
    public async Task Killed_between_the_document_and_its_record_it_takes_up_the_stored_document()
    {
        await using var scene = await SheetScene.StartAsync();
        await scene.CloseAsync();
        var before = await scene.SealAsync();
        await ForgetAsync(scene, "Sheets");
        await ForgetAsync(scene, "SheetCodes");

        (await scene.SealAsync()).ShouldBe(before);
        (await scene.Checking.CodeAsync(before.Code.Value, Cancellation)).IsOk.ShouldBeTrue();
    }

    [Fact]
    public async Task A_correction_makes_a_version_that_names_the_one_before()
    {
        await using var scene = await SheetScene.StartAsync();
        await scene.CloseAsync();
        var first = await scene.SealAsync();
        await scene.CorrectAsync();
        var second = await scene.SealAsync();

        second.Version.ShouldBe(2);
        second.Supersedes.ShouldBe(first.Sha256);
        second.Root.ShouldNotBe(first.Root);
        (await scene.SealAsync()).ShouldBe(second);
        using var folder = new Folder();
        var text = Tool.Run("pdftotext", "-layout", folder.Write("sheet.pdf", await scene.PdfAsync(2)), "-").Text;
        text.ShouldContain("version 2, remplace la version 1");
        text.ShouldContain(first.Sha256);
        text.ShouldContain("gestionnaire M1");
        text.ShouldContain("Absence justifiée : certificat médical reçu");
        Convert.ToHexStringLower(SHA256.HashData(await scene.PdfAsync(1))).ShouldBe(first.Sha256);
    }

    [Fact]
    public async Task Corrections_that_race_end_in_one_version_that_has_them_all()
    {
        await using var scene = await SheetScene.StartAsync();
        await scene.CloseAsync();
        await Task.WhenAll(Enumerable.Range(1, 4).Select(async i =>
        {
            await scene.CorrectAsync("L3", $"15:00:0{i}");
            await scene.SealAsync();
        }));

        var records = await scene.RecordsAsync();
        records[^1].Facts.ShouldBe(9);
        records.Select(record => record.Version).ShouldBe(Enumerable.Range(1, records.Count));
        records.Skip(1).Select(record => record.Supersedes).ShouldBe(records.SkipLast(1).Select(record => record.Sha256));
    }

    [Fact]
    public async Task With_an_authority_the_record_says_B_T()
    {
        await using var authority = await LocalAuthority.StartAsync();
        await using var scene = await SheetScene.StartAsync(authority.Address);
        await scene.CloseAsync();

        var sheet = await scene.SealAsync();
        sheet.Level.ShouldBe("B-T");
        sheet.TimestampedAt.ShouldBe(authority.Now);
        sheet.StampMissing.ShouldBeFalse();
    }

    [Fact]
    public async Task An_authority_that_was_away_gives_later_a_stamp_kept_beside_the_unchanged_document()
    {
        await using var authority = await LocalAuthority.StartAsync();
        authority.Behaviour = LocalAuthority.Mood.Failing;
        await using var scene = await SheetScene.StartAsync(authority.Address);
        await scene.CloseAsync();
        var sheet = await scene.SealAsync();
        (sheet.Level, sheet.TimestampFailure, sheet.StampMissing).ShouldBe(("B-B", "http-503", true));

        (await StampAsync(scene)).ShouldBeFalse();
        authority.Behaviour = LocalAuthority.Mood.Right;
        (await StampAsync(scene)).ShouldBeTrue();

        var stamped = (await scene.RecordsAsync()).ShouldHaveSingleItem();
        stamped.ShouldBe(sheet with { StampedApartAt = authority.Now });
        Convert.ToHexStringLower(SHA256.HashData(await scene.PdfAsync(1))).ShouldBe(sheet.Sha256);
        OpensslAccepts(
            (await scene.Blobs.ReadStampAsync(SheetScene.Organisation.Id, SheetScene.Session, 1, Cancellation)).ShouldNotBeNull(),
            sheet.Sha256);
    }

    [Fact]
    public async Task The_sweep_finds_what_was_closed_or_corrected_and_not_sealed()
    {
        await using var scene = await SheetScene.StartAsync();
        var sweep = scene.Get<FindUnsealedSheets>();
        await scene.CloseAsync();
        (await sweep.RunAsync(Cancellation)).ShouldBeEmpty("a closing of a minute ago has its own run");

        scene.Time.Advance(TimeSpan.FromMinutes(5));
        (await sweep.RunAsync(Cancellation)).ShouldBe([SealRequested.Of(SheetScene.Organisation.Id, SheetScene.Session)]);
        await scene.SealAsync();
        (await sweep.RunAsync(Cancellation)).ShouldBeEmpty();

        await scene.CorrectAsync();
        scene.Time.Advance(TimeSpan.FromHours(4));
        (await sweep.RunAsync(Cancellation)).ShouldHaveSingleItem();
        await scene.SealAsync();
        (await sweep.RunAsync(Cancellation)).ShouldBeEmpty();
    }

    private static Task<bool> StampAsync(SheetScene scene) =>
        scene.Get<StampSheets>().StampMonthAsync(SheetScene.Organisation.Id, SheetScene.Session.Month, Cancellation);

    private static void OpensslAccepts(byte[] token, string sha256)
    {
        using var folder = new Folder();
        var (code, _, error) = Tool.Run(
            "openssl", "ts", "-verify", "-digest", sha256, "-token_in", "-in", folder.Write("sheet.tst", token),
            "-CAfile", folder.Write("authority.pem", Encoding.ASCII.GetBytes(LocalAuthority.CertificatePem)));
        code.ShouldBe(0, error);
    }

    private static async Task ForgetAsync(SheetScene scene, string name)
    {
        var table = await scene.Get<AppStorage>().TableAsync(name);
        await foreach (var row in table.QueryAsync<TableEntity>(cancellationToken: Cancellation))
        {
            await table.DeleteEntityAsync(row, cancellationToken: Cancellation);
        }
    }
}
