using System.IO.Compression;
using Emargement.Domain.Platform;
using Emargement.Domain.Signing;
using Emargement.Domain.Verification;
using Emargement.Functions.Archive;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Mail;
using Emargement.Functions.Sheets.Records;
using Emargement.Functions.Signing.Tokens;
using Emargement.Tests.Signing;
using Microsoft.Extensions.DependencyInjection;
using OtpNet;

namespace Emargement.Tests.Platform.Archive;

/// <summary>An organisation that leaves a storage in a file and arrives in another.</summary>
public sealed class ArchiveTests
{
    private readonly string _empty = AzuriteFixture.NewPrefix();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_row_and_every_blob_arrive_as_they_were_and_those_of_a_like_name_stay()
    {
        await using var scene = await ArchiveScene.StartAsync();
        await scene.DropAsync("inbox/déposé le 23.csv", 5 * 1024 * 1024);
        var (rows, blobs) = (await ArchiveScene.RowsAsync(scene.Prefix), await ArchiveScene.BlobsAsync(scene.Prefix));
        foreach (var table in (string[])
            ["Sheets", "SheetCodes", "Exports", "Attendance", "PlacementFacts", "Tokens", "Devices", "Factors", "ApiKeys"])
        {
            rows.Keys.ShouldContain(k => k.StartsWith(table + " ", StringComparison.Ordinal), table);
        }

        foreach (var container in new[] { "sheets/", "evidence/", "papers/", "exports/", "imports/" })
        {
            blobs.Keys.ShouldContain(k => k.StartsWith(container, StringComparison.Ordinal), container);
        }

        await scene.Host.CreateOrganisationAsync("garonne2");
        await scene.Host.CreateManagerAsync("garonne2", "M1", "ines@garonne2.example");
        await scene.Host.SignedInAsync("garonne2", "ines@garonne2.example", stay: true);
        var file = await scene.ExportAsync();
        var imported = await ArchiveScene.ImportAsync(file, _empty);

        (await ArchiveScene.RowsAsync(_empty)).ShouldBe(rows.Where(r => !r.Key.StartsWith("Mails pace ", StringComparison.Ordinal)));
        (await ArchiveScene.BlobsAsync(_empty)).ShouldBe(blobs);
        (imported.Rows, imported.Blobs).ShouldBe((imported.Manifest.Rows, imported.Manifest.Blobs));
        (await ArchiveScene.ImportAsync(file, _empty)).ShouldSatisfyAllConditions(
            again => again.Rows.ShouldBe(0), again => again.Blobs.ShouldBe(0));
    }

    [Fact]
    public async Task Sheets_answer_there_as_they_did_here()
    {
        await using var here = await ArchiveScene.StartAsync();
        await ArchiveScene.ImportAsync(await here.ExportAsync(), _empty);
        await using var there = await ArchiveScene.OverAsync(_empty);
        var sheet = (await here.Sheet.RecordsAsync())[0];
        var manager = await there.Host.SignedInAsync(ArchiveScene.Organisation.Value, "ines@of.example");

        foreach (var address in new[]
        {
            $"/api/organisations/garonne/sessions/{Sheets.SheetScene.Session}/sheet",
            $"/api/organisations/garonne/sessions/{Sheets.SheetScene.Session}/sheet?version=1",
            $"/api/organisations/garonne/sessions/{Sheets.SheetScene.Session}/evidence",
            $"/api/verify/{sheet.Code}",
        })
        {
            (await manager.GetByteArrayAsync(address, Cancellation)).ShouldBe(
                await here.Manager.GetByteArrayAsync(address, Cancellation), address);
        }

        var verdict = (await there.Get<Functions.Verification.SheetChecking>().CodeAsync(sheet.Code.ToString(), Cancellation)).Value!;
        (verdict.Verdict, verdict.Sheet!.Superseded).ShouldBe((SheetVerdict.Intact, true));
    }

    [Fact]
    public async Task What_was_under_way_goes_on_there()
    {
        await using var here = await ArchiveScene.StartAsync();
        await here.Sheet.CorrectAsync(at: "16:00:00");
        var mail = new QueuedMail(
            new MailSlot(ArchiveScene.Organisation, Sheets.SheetScene.Session.ToString(), "link", "L1"),
            "sign-link",
            new Dictionary<string, string>(),
            MailState.Queued,
            here.Host.Time.GetUtcNow());
        (await here.Get<MailsTable>().TryInsertAsync(mail, Cancellation)).ShouldNotBeNull();
        await ArchiveScene.ImportAsync(await here.ExportAsync(), _empty);
        await using var there = await ArchiveScene.OverAsync(_empty);
        there.Host.Time.SetUtcNow(Sessions.Example.At("16:30:00"));
        await there.Host.RunTimerAsync("SettleArrivals");
        await there.Host.RunTimerAsync("SweepSheets");
        await there.Host.WhenIdleAsync();
        (await there.Get<ArrivalsTable>().ListAsync(Cancellation)).ShouldBeEmpty();
        (await there.Get<SheetsTable>().OfSessionAsync(ArchiveScene.Organisation, Sheets.SheetScene.Session, Cancellation)).Count.ShouldBe(
            3, "the last correction was not sealed here");
        (await there.Get<MailsTable>().FindAsync(mail.Slot, Cancellation))!.Value.State.ShouldBe(
            MailState.Dropped, "it came to its turn, when its learner had signed");

        for (var hour = 0; hour < 36; hour++)
        {
            there.Host.Time.Advance(TimeSpan.FromHours(1));
            await there.Host.WhenIdleAsync();
        }

        there.Mails.To(ArchiveScene.Tutor).ShouldNotBeEmpty("the placement's workflow asks the tutor when the period ends");
    }

    [Fact]
    public async Task A_token_opens_nothing_without_its_key_ring_and_another_can_be_given()
    {
        await using var here = await ArchiveScene.StartAsync();
        await ArchiveScene.ImportAsync(await here.ExportAsync(), _empty);
        await using var there = await ArchiveScene.OverAsync(_empty);
        var learner = Reference.Parse("L1");
        string Code(byte[] secret) => new Totp(secret).ComputeTotp(there.Host.Time.GetUtcNow().UtcDateTime);

        (await there.Get<TokenCheck>().UseAsync(
            ArchiveScene.Organisation, learner, Code(here.TokenSecret), TokenTries.Own, Cancellation))
            .Outcome!.Value.ShouldBeRefused("token-wrong");
        var given = (await there.Get<ProvisionToken>().RunAsync(ArchiveScene.Organisation, learner, Cancellation)).Value!;

        var secret = Base32Encoding.ToBytes(given.Otpauth.Split("secret=")[1].Split('&')[0]);
        (await there.Get<TokenCheck>().UseAsync(ArchiveScene.Organisation, learner, Code(secret), TokenTries.Own, Cancellation))
            .Outcome!.Value.ShouldBeOk();
    }

    [Fact]
    public async Task An_import_cut_short_again_and_again_is_completed_by_running_it_again()
    {
        await using var scene = await ArchiveScene.StartAsync();
        var file = await scene.ExportAsync();
        var cuts = 0;
        for (var calls = 40; ; calls += 15)
        {
            try
            {
                await ArchiveScene.ImportAsync(file, _empty, new CutAfter(calls));
                break;
            }
            catch (IOException)
            {
                cuts++;
                await using var command = ArchiveScene.Command(_empty);
                (await command.GetRequiredService<OrganisationsTable>().FindAsync(ArchiveScene.Organisation, Cancellation)).ShouldBeNull(
                    "it does not exist before it is whole");
            }
        }

        cuts.ShouldBeGreaterThan(3);
        await ShouldBeTheSameAsync(scene.Prefix, _empty);
    }

    [Fact]
    public async Task An_organisation_that_is_there_otherwise_is_left_alone()
    {
        await using var scene = await ArchiveScene.StartAsync();
        var file = await scene.ExportAsync();
        await scene.Sheet.CorrectAsync(at: "16:00:00");
        var before = await ArchiveScene.RowsAsync(scene.Prefix);

        (await Should.ThrowAsync<ArchiveRefusedException>(ArchiveScene.ImportAsync(file, scene.Prefix))).Message.ShouldContain(
            "Attendance, garonne|2026-11");
        (await ArchiveScene.RowsAsync(scene.Prefix)).ShouldBe(before);

        await using var other = await ArchiveScene.OverAsync(_empty);
        await other.Host.CreateOrganisationAsync(ArchiveScene.Organisation.Value);
        (await Should.ThrowAsync<ArchiveRefusedException>(ArchiveScene.ImportAsync(file, _empty))).Message.ShouldContain(
            "'garonne' is in this storage");
        (await ArchiveScene.RowsAsync(_empty)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_was_removed_since_does_not_come_back()
    {
        await using var scene = await ArchiveScene.StartAsync();
        var file = await scene.ExportAsync();
        using var revoked = await scene.Manager.DeleteAsync("/api/organisations/garonne/accounts/manager:M1/devices", Cancellation);
        revoked.EnsureSuccessStatusCode();

        (await Should.ThrowAsync<ArchiveRefusedException>(ArchiveScene.ImportAsync(file, scene.Prefix))).Message.ShouldContain(
            "'garonne' is in this storage");
    }

    [Fact]
    public async Task An_archive_with_any_content_changed_is_refused_before_anything_is_written()
    {
        await using var scene = await ArchiveScene.StartAsync();
        var file = await scene.ExportAsync();
        var sheet = $"blobs/sheets/garonne/2026/11/{Sheets.SheetScene.Session}.pdf";
        foreach (var entry in new[] { "manifest.json", "tables/Attendance.jsonl", "tables/Exports.jsonl", "blobs/sheets.jsonl", sheet })
        {
            (await Should.ThrowAsync<ArchiveRefusedException>(ArchiveScene.ImportAsync(Rewritten(file, entry), _empty)))
                .Message.ShouldContain("not as it was written");
        }

        (await ArchiveScene.RowsAsync(_empty)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_flipped_byte_anywhere_in_the_file_is_refused_or_means_nothing()
    {
        await using var scene = await ArchiveScene.StartAsync();
        var bytes = (await scene.ExportAsync()).ToArray();
        var refused = 0;
        for (var at = 0; at < bytes.Length; at += bytes.Length / 150)
        {
            var changed = (byte[])bytes.Clone();
            changed[at] ^= 0x21;
            try
            {
                using var reader = await ArchiveReader.OpenAsync(new MemoryStream(changed), Cancellation);
            }
            catch (ArchiveRefusedException)
            {
                refused++;
            }
        }

        refused.ShouldBeGreaterThan(120, "most bytes are content");
    }

    [Fact]
    public async Task Nobody_of_that_name_is_not_exported()
    {
        await using var command = ArchiveScene.Command(_empty);
        using var file = new MemoryStream();

        var refused = await Should.ThrowAsync<ArchiveRefusedException>(
            command.GetRequiredService<ExportArchive>().RunAsync(OrganisationId.Parse("personne"), file, Cancellation));

        refused.Message.ShouldContain("no organisation 'personne'");
    }

    private static async Task ShouldBeTheSameAsync(string here, string there)
    {
        (await ArchiveScene.RowsAsync(there)).ShouldBe(
            (await ArchiveScene.RowsAsync(here)).Where(r => !r.Key.StartsWith("Mails pace ", StringComparison.Ordinal)));
        (await ArchiveScene.BlobsAsync(there)).ShouldBe(await ArchiveScene.BlobsAsync(here));
    }

    /// <summary>The same archive with one byte of one entry's content changed, well packed.</summary>
    private static MemoryStream Rewritten(MemoryStream file, string changed)
    {
        var copy = new MemoryStream();
        using var source = new ZipArchive(new MemoryStream(file.ToArray()), ZipArchiveMode.Read);
        using var target = new ZipArchive(copy, ZipArchiveMode.Create, leaveOpen: true);
        target.Comment = source.Comment;
        foreach (var entry in source.Entries)
        {
            using var read = entry.Open();
            using var content = new MemoryStream();
            read.CopyTo(content);
            var bytes = content.ToArray();
            if (entry.FullName == changed)
            {
                bytes[bytes.Length / 2] ^= 1;
            }

            using var written = target.CreateEntry(entry.FullName).Open();
            written.Write(bytes);
        }

        return copy;
    }
}
