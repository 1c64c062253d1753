using System.Diagnostics;
using System.Globalization;
using System.Text;
using Emargement.Tests.Signing;

namespace Emargement.Tests.Planning;

/// <summary>Measures memory, so nothing else of the run may work meanwhile.</summary>
[CollectionDefinition("Alone", DisableParallelization = true)]
public sealed class AloneCollection;

/// <summary>The largest import that is accepted, and what one costs the storage.</summary>
[Collection("Alone")]
public sealed class LargeImportTests
{
    private static readonly (string, byte[])[] People =
    [
        ImportDriver.Text("actions.csv", "action_ref;intitule;date_debut;date_fin", "A1;Accueil;01/01/2026;31/12/2026"),
        ImportDriver.Text("formateurs.csv", ["formateur_ref;nom;prenom", .. Enumerable.Range(0, 300).Select(i => $"F{i};Nom{i};Prénom")]),
        ImportDriver.Text(
            "stagiaires.csv",
            ["stagiaire_ref;nom;prenom;action_ref;groupe;financeur;entree",
                .. Enumerable.Range(0, 300).Select(i => $"S{i};Nom{i};Prénom;A1;G{i};REGION;01/01/2026")]),
    ];

    [Fact]
    public async Task Two_hundred_thousand_rows_are_read_and_planned_in_less_than_300_MB()
    {
        var driver = new ImportDriver();
        await driver.RunAsync(People);
        var file = ("planning.csv", Planning(200_000));
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        var before = WorkingSet();
        var highest = before;
        using var watch = new Timer(_ => highest = Math.Max(highest, WorkingSet()), null, 0, 20);

        var report = (await driver.RunAsync([file], dryRun: true)).Value!;

        report.Planning.Read.ShouldBe(200_000);
        report.Planning.Rejected.ShouldBe(0);
        report.Planning.Created.ShouldBe(233_334, "every sixth row spans the lunch break");
        var growth = (highest - before) / 1024 / 1024;
        TestContext.Current.SendDiagnosticMessage($"200,000 planning rows: {growth} MB of process growth");
        growth.ShouldBeLessThan(300);
    }

    [Fact]
    public async Task An_import_costs_a_batch_per_hundred_rows_and_a_read_per_partition()
    {
        var driver = new ImportDriver();
        await driver.RunAsync(People);
        var file = ("planning.csv", Planning(3_000));

        // Four partitions of people, twelve months of Sessions; the tables are known to this process but for one.
        driver.Calls.Reset();
        var first = (await driver.RunAsync([file])).Value!;
        var sessions = first.Planning.Created;
        sessions.ShouldBe(3_500);
        driver.Calls.Count.ShouldBeLessThanOrEqualTo((sessions / StorageBudget.ImportBatch) + 12 + StorageBudget.ImportReads + 2);

        driver.Calls.Reset();
        (await driver.RunAsync([file])).Value!.Planning.Unchanged.ShouldBe(sessions);
        driver.Calls.Count.ShouldBeLessThanOrEqualTo(
            StorageBudget.ImportReads + (sessions / 1000), "an import that changes nothing only reads");
    }

    [Fact]
    public async Task People_cost_a_batch_per_hundred_rows_of_each_table()
    {
        var driver = new ImportDriver();
        await driver.RunAsync([People[0]]);

        driver.Calls.Reset();
        await driver.RunAsync(People);

        // 300 trainers and 300 learners in 3 batches each, 300 enrolments of two rows in 6; five reads, three tables seen for the first
        // time.
        driver.Calls.Count.ShouldBeLessThanOrEqualTo(3 + 3 + 6 + 5 + 3);
    }

    private static byte[] Planning(int rows)
    {
        var text = new StringBuilder("seance_ref;action_ref;date;debut;fin;groupe;formateur_ref;module;site;salle;modalite\n");
        var start = new DateOnly(2026, 1, 1);
        for (var i = 0; i < rows; i++)
        {
            // Each group has its trainer and its room, so that nothing overlaps but what the test means.
            var group = i % 300;
            var day = start.AddDays(i / 300 % 365);
            var (from, to) = i % 6 == 0 ? ("09:00", "17:00") : ("09:00", "12:00");
            text.Append(
                CultureInfo.InvariantCulture,
                $"GAR-{i:D6};A1;{day:dd/MM/yyyy};{from};{to};G{group};F{group};Communication;Toulouse Basso-Cambo;Salle {group};P\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static long WorkingSet()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
