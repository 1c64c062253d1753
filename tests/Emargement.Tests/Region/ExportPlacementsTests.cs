using System.Text;
using Emargement.Domain.Placements;
using Emargement.Domain.Region;
using Emargement.Functions.Region.Export;
using Emargement.Tests.Placements;
using static Emargement.Tests.Region.RegionWorld;

namespace Emargement.Tests.Region;

public sealed class ExportPlacementsTests
{
    [Fact]
    public async Task A_month_in_a_company_without_any_half_day_is_exported_for_the_days_that_the_Region_pays()
    {
        var world = InCompanies();
        var rig = await HoldingAsync(world);

        (await rig.RunAsync(world))!.Stage.ShouldBe(ExportStage.Complete);

        // Four of the five days of the first week: on Monday somebody else still paid.
        (await rig.FileAsync(1, RegionFiles.WeeksName)).ShouldBe(Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes(
            "action_ref;stagiaire_ref;semaine;entreprise;tuteur;minutes_declarees;minutes_validees;statut;valide_le;document;"
            + "document_sha256\r\n"
            + "A1;S1;2026-W47;Chez Ruiz;Mme Ruiz;1680;1680;validee;2026-11-30T07:00:00Z;;\r\n"
            + "A1;S1;2026-W48;Chez Ruiz;Mme Ruiz;2100;0;declaree;;;\r\n")).ToArray());
        var summary = Encoding.UTF8.GetString(await rig.FileAsync(1, RegionFiles.SummaryName))
            .Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        summary.Length.ShouldBe(2);
        var learner = RegionFiles.SummaryColumns.Zip(summary[1].Split(';')).ToDictionary(c => c.First, c => c.Second);
        (learner["stagiaire_ref"], learner["minutes_realisees_entreprise"], learner["demi_journees_prevues"], learner["complet"]).ShouldBe(
            ("S1", "1680", "0", "non"));
    }

    [Fact]
    public async Task Nothing_of_the_placement_of_a_learner_whom_the_Region_does_not_pay_is_in_any_byte()
    {
        var world = InCompanies();
        var rig = await HoldingAsync(world);
        await rig.RunAsync(world);

        foreach (var file in RegionFiles.Names)
        {
            Encoding.UTF8.GetString(await rig.FileAsync(1, file)).ShouldNotContain("SECRET", Case.Insensitive, file);
        }
    }

    [Fact]
    public async Task It_reads_a_placement_with_one_call_and_not_at_all_when_the_Region_does_not_pay_for_it()
    {
        var world = InCompanies();
        var rig = await HoldingAsync(world);
        await rig.RunAsync(world, "warm-up: tables and containers are made on first use");
        var before = rig.Calls;

        await rig.RunAsync(world);

        // Organisation, Région, versions, four tables of people, modes, what is accepted, codes of health that a funder asks for, sheets,
        // sessions, the list of placements, the facts of one; then the version's row written, read and completed, six files.
        (rig.Calls - before).ShouldBe(14 + 3 + 6);
    }

    /// <summary>One learner whom the Région pays from Tuesday 17 November only, and one whom it never pays, each in a company.</summary>
    private static RegionWorld InCompanies() => new RegionWorld()
        .Enrol(
            "S1",
            "Cœurdoux",
            periods: [new("OPCO", null, null, new(2026, 11, 2), new(2026, 11, 16)), new("REGION", "R-S1", null, new(2026, 11, 17), null)])
        .Enrol("SECRET-1", "Secretan", "OPCO");

    private static async Task<ExportRig> HoldingAsync(RegionWorld world)
    {
        var rig = await new ExportRig().HoldingAsync(world);
        await rig.AddAsync(world, Declared("S1", PlacementScene.Terms()));
        await rig.AddAsync(world, Declared("SECRET-1", PlacementScene.Terms() with { Company = "Secret SARL" }));
        return rig;
    }

    /// <summary>Four weeks of seven hours a day declared, of which the tutor has validated the third.</summary>
    private static PlacementState Declared(string learner, PlacementTerms terms)
    {
        var scene = new PlacementScene(terms, "2026-10-20 09:00", learner: learner).Until("2026-11-27 17:30");
        foreach (var week in new[] { "2026-W45", "2026-W46", "2026-W47", "2026-W48" })
        {
            scene.Declare(week);
        }

        scene.Until("2026-11-30 08:00").Validate("2026-W47").IsOk.ShouldBeTrue();
        return scene.State;
    }
}
