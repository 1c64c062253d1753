using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Text;
using Emargement.Domain.People;
using Emargement.Domain.Region;
using Emargement.Domain.Sessions;
using Emargement.Functions.People;
using Emargement.Functions.Region.Export;
using Emargement.Tests.Signing;
using static Emargement.Tests.Region.RegionWorld;

namespace Emargement.Tests.Region;

public sealed class ExportOrganisationTests
{
    private static readonly string[] CsvFiles =
    [
        RegionFiles.SummaryName, RegionFiles.HalfDaysName, RegionFiles.WeeksName, RegionFiles.AnomaliesName,
    ];

    [Fact]
    public async Task A_month_becomes_six_files_whose_manifest_is_sealed()
    {
        var world = Mixed();
        var rig = await new ExportRig().HoldingAsync(world);
        await rig.SealAsync(world.Sessions[0].Session.Id, 1, new string('b', 64));
        await rig.SealAsync(world.Sessions[0].Session.Id, 2, new string('a', 64));

        var version = (await rig.RunAsync(world))!;

        (version.Version, version.Stage).ShouldBe((1, ExportStage.Complete));
        (await rig.PathsAsync()).ShouldBe(RegionFiles.Names.Select(n => "occitanie/2026-11/76310000001/v1/" + n), ignoreOrder: true);
        var json = await rig.FileAsync(1, RegionFiles.ManifestName);
        var manifest = ExportManifest.FromJson(json);
        (manifest.SchemaVersion, manifest.Region, manifest.Month, manifest.Version, manifest.Previous).ShouldBe(
            (2, "occitanie", "2026-11", 1, null));
        manifest.Modes.ShouldBe([new ManifestMode("A1", "G1", "electronique")]);
        manifest.Status.ShouldBe(new ManifestStatus("provisional", "operator", new DateTime(2026, 12, 1, 0, 10, 0, DateTimeKind.Utc)));
        manifest.Files.Select(f => f.Name).ShouldBe(CsvFiles);
        foreach (var file in manifest.Files)
        {
            var bytes = await rig.FileAsync(1, file.Name);
            file.Sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(bytes)));
            Lines(bytes).Length.ShouldBe(file.Rows + 1);
        }

        var cms = new SignedCms(new ContentInfo(json), detached: true);
        cms.Decode(await rig.FileAsync(1, RegionFiles.SealName));
        cms.CheckSignature(verifySignatureOnly: true);
        Lines(await rig.FileAsync(1, RegionFiles.HalfDaysName)).ShouldContain(
            l => l.EndsWith("garonne/2026/11/20261123-1-SE1-M~v2.pdf;" + new string('a', 64) + ";non"));
    }

    [Fact]
    public async Task A_Region_that_asks_for_the_first_schema_receives_its_columns_and_no_modes()
    {
        var world = Mixed();
        var rig = await new ExportRig().HoldingAsync(world);
        var settings = new RegionSettings(ExportRig.Occitanie, "Occitanie") { FirstSchema = true };
        (await new RegionsTable(rig.Storage).TryWriteAsync(null, settings, TestContext.Current.CancellationToken)).ShouldBeTrue();

        var version = (await rig.RunAsync(world))!;

        var manifest = ExportManifest.FromJson(version.Manifest);
        (manifest.SchemaVersion, manifest.Modes).ShouldBe((1, null));
        Encoding.UTF8.GetString(version.Manifest!).ShouldNotContain("modes");
        Lines(await rig.FileAsync(1, RegionFiles.AnomaliesName))[0].ShouldEndWith("date;seance_ref;stagiaire_ref;code;texte");
        Lines(await rig.FileAsync(1, RegionFiles.WeeksName))[0].ShouldEndWith(
            "semaine;entreprise;tuteur;minutes_declarees;minutes_validees;statut;valide_le;document;document_sha256");
        Lines(await rig.FileAsync(1, RegionFiles.SummaryName)).ShouldAllBe(l => l.Split(';').Length == 29);
        Lines(await rig.FileAsync(1, RegionFiles.HalfDaysName)).ShouldAllBe(l => l.Split(';').Length == 19);
    }

    [Fact]
    public async Task Files_are_as_spreadsheets_of_the_Region_read_them()
    {
        var world = new RegionWorld().Enrol("=1+2", "@SUM(A1;A2)")
            .Session("SE1-M", s => s with { Module = "dit \"la base\";\r\n-suite" }, Signs("=1+2"), Closes());
        var rig = await new ExportRig().HoldingAsync(world);
        await rig.RunAsync(world);

        var bytes = await rig.FileAsync(1, RegionFiles.HalfDaysName);
        bytes[..3].ShouldBe(new byte[] { 0xEF, 0xBB, 0xBF });
        var text = Encoding.UTF8.GetString(bytes[3..]);
        text.ShouldStartWith("date;demi_journee;seance_ref;action_ref;stagiaire_ref;debut;fin;module;modalite;formateur;statut;motif;"
            + "minutes_prevues;minutes_realisees;methode;"
            + "signe_le;formateur_signe_le;feuille;feuille_sha256;justificatif\r\n");
        text.ShouldEndWith("\r\n");
        text.ShouldContain(
            ";A1;'=1+2;09:00;12:30;\"dit \"\"la base\"\";\r\n-suite\";P;Noël D'Angelo;present;;210;210;qr;2026-11-23T08:01:00Z;");
        Encoding.UTF8.GetString(await rig.FileAsync(1, RegionFiles.SummaryName)).ShouldContain(";\"'@SUM(A1;A2)\";Zoé;");
    }

    [Fact]
    public async Task Nothing_of_a_learner_whom_the_Region_does_not_pay_is_in_any_byte()
    {
        var world = Mixed();
        var rig = await new ExportRig().HoldingAsync(world);
        await rig.RunAsync(world);

        foreach (var file in RegionFiles.Names)
        {
            var text = Encoding.UTF8.GetString(await rig.FileAsync(1, file));
            text.ShouldNotContain("SECRET", Case.Insensitive, file);
            text.ShouldNotContain("Secretan", Case.Insensitive, file);
        }
    }

    [Fact]
    public async Task Two_exports_of_the_same_data_differ_by_the_manifest_s_version_and_time_only()
    {
        var world = Mixed();
        var rig = await new ExportRig().HoldingAsync(world);

        var first = (await rig.RunAsync(world, "run-1"))!;
        var second = (await rig.RunAsync(world, "run-2", new DateTimeOffset(2026, 12, 2, 0, 0, 0, TimeSpan.Zero)))!;

        second.Version.ShouldBe(2);
        foreach (var file in CsvFiles)
        {
            (await rig.FileAsync(2, file)).ShouldBe(await rig.FileAsync(1, file), file);
        }

        var (one, two) = (ExportManifest.FromJson(first.Manifest), ExportManifest.FromJson(second.Manifest));
        two.Previous.ShouldBe(
            new ManifestPrevious(1, Convert.ToHexStringLower(SHA256.HashData(await rig.FileAsync(1, RegionFiles.ManifestName)))));
        (two with { Version = 1, Previous = null, Status = one.Status, Files = one.Files, Modes = one.Modes }).ShouldBe(one);
        two.Modes.ShouldBe(one.Modes!);
        two.Files.ShouldBe(one.Files);
        two.Status.ShouldBe(one.Status with { At = two.Status.At });
    }

    [Fact]
    public async Task The_same_run_tried_again_gives_its_own_version_again()
    {
        var world = Mixed();
        var rig = await new ExportRig().HoldingAsync(world);

        var versions = await Task.WhenAll(rig.RunAsync(world), rig.RunAsync(world));
        var again = await rig.RunAsync(world);

        versions.Append(again).Select(v => v!.Version).Distinct().ShouldBe([versions[0]!.Version]);
        (await rig.Exports.OfOrganisationAsync(ExportRig.Occitanie, Month, "76310000001", TestContext.Current.CancellationToken))
            .Count(v => v.Stage == ExportStage.Complete).ShouldBe(1);
    }

    [Fact]
    public async Task A_run_killed_before_its_manifest_finishes_the_version_it_began()
    {
        var world = Mixed();
        var rig = await new ExportRig().HoldingAsync(world);
        var killed = await KillBeforeManifestAsync(rig, world);

        var finished = (await rig.RunAsync(world))!;

        finished.Version.ShouldBe(killed.Version);
        finished.Stage.ShouldBe(ExportStage.Complete);
    }

    [Fact]
    public async Task A_run_killed_before_its_manifest_takes_the_next_version_when_the_data_changed_meanwhile()
    {
        var world = Mixed();
        var rig = await new ExportRig().HoldingAsync(world);
        await KillBeforeManifestAsync(rig, world);
        var later = new RegionWorld().Session("SE9-M", s => s with { Id = s.Id with { Reference = Ref("SE9-M") } }, Signs("S1"), Closes());
        await rig.AddAsync(later.Sessions);

        var finished = (await rig.RunAsync(world))!;

        finished.Version.ShouldBe(2);
        var manifest = ExportManifest.FromJson(finished.Manifest);
        manifest.Previous.ShouldBeNull("an abandoned version was never one");
        manifest.Files.Single(f => f.Name == RegionFiles.HalfDaysName).Rows.ShouldBe(3);
    }

    [Fact]
    public async Task A_locked_month_says_so_and_what_follows_it_is_a_correction()
    {
        var world = new RegionWorld { Organisation = new RegionWorld().Organisation with { LockedMonths = [Month] } };
        world.Enrol("S1", "Cœurdoux").Session("SE1-M", s => s, Signs("S1"), Closes());
        var rig = await new ExportRig().HoldingAsync(world);

        var first = (await rig.RunAsync(world, "run-1"))!;
        var second = (await rig.RunAsync(world, "run-2"))!;

        ExportManifest.FromJson(first.Manifest).Status.State.ShouldBe("locked");
        ExportManifest.FromJson(second.Manifest).Status.State.ShouldBe("corrected");
    }

    [Fact]
    public async Task An_organisation_with_nobody_of_the_Region_or_of_another_Region_has_no_folder()
    {
        var none = new RegionWorld().Enrol("S1", "Cœurdoux", "OPCO").Session("SE1-M", s => s, Signs("S1"), Closes());
        var rig = await new ExportRig().HoldingAsync(none);
        var elsewhere =
            new RegionWorld
            {
                Organisation = new RegionWorld().Organisation with
                {
                    Id = Domain.Platform.OrganisationId.Parse("loire"),
                    Region = "centre",
                },
            };
        var other = await new ExportRig().HoldingAsync(elsewhere.Enrol("S1", "Cœurdoux"));

        (await rig.RunAsync(none)).ShouldBeNull();
        (await other.RunAsync(elsewhere)).ShouldBeNull();
        (await rig.PathsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task It_calls_the_storage_for_the_pages_of_its_partitions_and_once_a_file()
    {
        var world = new RegionWorld();
        for (var i = 0; i < 60; i++)
        {
            world.Enrol($"S{i:D2}", "Nom" + i);
        }

        for (var day = 0; day < 20; day++)
        {
            var date = Month.FirstDay.AddDays(day + 1);
            Fact[] facts = [.. Enumerable.Range(0, 60).Select(i => Signs($"S{i:D2}", At(9, 1, i % 60, date))), Closes(60, 60)];
            world.Session(
                $"SE{day:D2}-M",
                s =>
                    s with
                    {
                        Id = s.Id with { Date = date, Reference = Ref($"SE{day:D2}-M") },
                        Start = At(9, 0, day: date),
                        End = At(12, 30, day: date)
                    },
                facts);
        }

        var rig = await new ExportRig().HoldingAsync(world);
        await rig.RunAsync(world, "warm-up: tables and containers are made on first use");
        var before = rig.Calls;

        await rig.RunAsync(world);

        // Organisation, Région, versions, four tables of people, modes, what is accepted, absences, sheets, 20 sessions, no placement: a
        // page each; 1,220 facts: two pages. Then the version's row written, read and completed, six files.
        (rig.Calls - before).ShouldBe(StorageBudget.Export + 2);

        await rig.Tell.RunAsync(world.Organisation.Id, Month, TestContext.Current.CancellationToken);
        await rig.RunAsync(world, "run-2");
        before = rig.Calls;
        await rig.Tell.RunAsync(world.Organisation.Id, Month, TestContext.Current.CancellationToken);
        (rig.Calls - before).ShouldBe(StorageBudget.TellRegion);
    }

    /// <summary>What a process killed just before writing the manifest leaves behind.</summary>
    private static async Task<ExportVersion> KillBeforeManifestAsync(ExportRig rig, RegionWorld world)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var done = (await rig.RunAsync(world))!;
        await rig.RemoveAsync(1, RegionFiles.ManifestName);
        await rig.RemoveAsync(1, RegionFiles.SealName);
        var row = (await rig.Exports.FindAsync(ExportRig.Occitanie, Month, done.Nda, 1, cancellation))!;
        (await rig.Exports.TryReplaceAsync(
            row, row with { Stage = ExportStage.Writing, Manifest = null, ManifestSha256 = null }, cancellation)).ShouldBeTrue();
        return row;
    }

    /// <summary>
    /// One learner whom the Région pays, two whom it does not, in one room, with everything that could carry a name across.
    /// </summary>
    private static RegionWorld Mixed() => new RegionWorld()
        .Enrol("S1", "Cœurdoux")
        .Enrol("SECRET-1", "Secretan", "OPCO")
        .Enrol("SECRET-2", "Secretan-Dubois", "FRANCE TRAVAIL")
        .Session(
            "SE1-M",
            s => s,
            Signs("S1", device: "d"),
            Signs("SECRET-1", At(9, 2), device: "d"),
            Marks("S1", AttendanceMark.LeftEarly, 30, "parti avec M. Secrétan"),
            Marks("SECRET-2", AttendanceMark.AbsentJustified, reason: "arrêt"),
            Closes(3, 2))
        .Session(
            "SE2-A",
            s => s with { Id = s.Id with { HalfDay = HalfDay.Afternoon, Reference = Ref("SE2-A") }, Start = At(13, 30), End = At(17, 0) },
            Missed("S1"),
            Closes(0, 0));

    private static string[] Lines(byte[] file) => Encoding.UTF8.GetString(file).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
}
