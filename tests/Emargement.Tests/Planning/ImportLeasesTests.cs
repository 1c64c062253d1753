using Emargement.Domain.Planning.Import;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.People;
using Emargement.Functions.Planning;
using Emargement.Functions.Planning.Reading;
using Emargement.Functions.Planning.Runs;
using Emargement.Tests.Platform;

namespace Emargement.Tests.Planning;

/// <summary>One import of an organisation at a time, and none that goes on for good after its process died.</summary>
public sealed class ImportLeasesTests
{
    private const string Heading = "seance_ref;action_ref;date;debut;fin;groupe;formateur_ref;module;salle";

    private static readonly string[] AllFour = ["actions.csv", "formateurs.csv", "stagiaires.csv", "planning.csv"];

    private readonly ImportDriver _driver = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_two_different_plannings_at_once_one_is_imported_whole_and_the_other_is_told_which()
    {
        await StartAsync();

        var results = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(which => UploadAsync(Planning(which))));

        var imported = results.Index().Where(r => r.Item.IsOk).ToList();
        imported.ShouldNotBeEmpty();
        results.Where(r => !r.IsOk).ShouldAllBe(
            r => r.Refusal!.Code == "import-running" && r.Refusal.Args!["run"].StartsWith("upload-", StringComparison.Ordinal));
        var rooms = (await _driver.StoredAsync()).Where(
            s => s.Value.State == SessionState.Planned).Select(s => s.Value.Room).Distinct().ToList();
        rooms.Count.ShouldBe(1, "no planning is made of two files");
    }

    [Fact]
    public async Task While_a_run_holds_the_lease_another_is_refused_with_its_name()
    {
        await StartAsync();
        var first = ImportRunId.Upload(_driver.Time.GetUtcNow());

        var outer = await _driver.Leases.RunAsync(
            _driver.Organisation.Id,
            first,
            async (_, _) =>
            {
                var second = await UploadAsync(Planning(1));
                second.Refusal!.Args!["run"].ShouldBe(first.ToString());
                (await UploadAsync(Planning(1), dryRun: true)).IsOk.ShouldBeTrue("a dry run writes nothing");
                return Result<bool>.FromT(true);
            },
            Cancellation);

        outer.IsOk.ShouldBeTrue();
        (await UploadAsync(Planning(1))).IsOk.ShouldBeTrue("the lease was given back");
    }

    [Fact]
    public async Task A_long_run_keeps_its_lease_and_one_that_loses_it_is_told()
    {
        await StartAsync();
        var run = ImportRunId.Upload(_driver.Time.GetUtcNow());
        var told = new TaskCompletionSource();

        await _driver.Leases.RunAsync(
            _driver.Organisation.Id,
            run,
            async (_, token) =>
            {
                using var registration = token.Register(told.SetResult);
                for (var i = 0; i < 10; i++)
                {
                    await PassAsync();
                }

                (await _driver.Leases.HolderAsync(_driver.Organisation.Id, Cancellation)).ShouldBe(run, "five minutes later it still runs");
                var leases = new ImportLeasesTable(_driver.Storage);
                var stored = await leases.FindAsync(_driver.Organisation.Id, Cancellation);
                await leases.TryWriteAsync(_driver.Organisation.Id, stored, stored!.Value with { Holder = "another" }, Cancellation);
                while (!told.Task.IsCompleted)
                {
                    _driver.Time.Advance(TimeSpan.FromSeconds(30));
                    await leases.FindAsync(_driver.Organisation.Id, Cancellation);
                }

                return Result<bool>.FromT(true);
            },
            Cancellation);

        told.Task.IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public async Task A_run_whose_process_died_is_shown_as_stopped_within_minutes_and_ended_by_the_next()
    {
        await StartAsync();
        _driver.Calls.Reset(cutAfter: 14);
        await Should.ThrowAsync<Exception>(() => UploadAsync(Planning(0)));
        _driver.Calls.Reset();
        var runs = new ImportRunsTable(_driver.Storage);
        var dead = (await runs.AllAsync(_driver.Organisation.Id, Cancellation)).Single();
        dead.State.ShouldBe(ImportRunState.Running);

        (await UploadAsync(Planning(0))).Refusal!.Args!["run"].ShouldBe(dead.Id.ToString(), "it may be alive");
        _driver.Time.Advance(ImportLeases.Length);

        dead.Beside(await _driver.Leases.HolderAsync(_driver.Organisation.Id, Cancellation)).State.ShouldBe(ImportRunState.Stopped);
        (await UploadAsync(Planning(0))).IsOk.ShouldBeTrue();
        (await runs.FindAsync(_driver.Organisation.Id, dead.Id, Cancellation))!.Value.State.ShouldBe(ImportRunState.Stopped);
        var report = await new ImportBlobs(_driver.Storage).FindReportAsync(_driver.Organisation.Id, dead.Id, Cancellation);
        report!.Refused.Single().Code.ShouldBe("import-stopped");
    }

    [Fact]
    [Trait(LongRun.Trait, "yes")]
    public async Task Twenty_random_kills_each_leave_what_the_next_run_completes()
    {
        var random = new Random(20261126);
        var whole = await CallsOfAWholeUploadAsync();
        for (var kill = 0; kill < LongRun.Times(20); kill++)
        {
            var driver = new ImportDriver();
            await new OrganisationsTable(driver.Storage).TryInsertAsync(driver.Organisation, Cancellation);
            var at = random.Next(1, whole);
            driver.Calls.Reset(cutAfter: at);
            await Should.ThrowAsync<Exception>(() => UploadAsync(driver, SampleFiles()), $"kill {kill} at call {at}");
            driver.Calls.Reset();
            driver.Time.Advance(ImportLeases.Length);

            (await UploadAsync(driver, SampleFiles())).IsOk.ShouldBeTrue($"kill {kill} at call {at}");

            (await driver.StoredAsync()).Count(s => s.Value.State == SessionState.Planned).ShouldBe(278, $"kill {kill} at call {at}");
            driver.Accounts.Ids.Count.ShouldBe(55);
            var runs = await new ImportRunsTable(driver.Storage).AllAsync(driver.Organisation.Id, Cancellation);
            runs.Select(r => r.Beside(null).State).ShouldAllBe(s => s == ImportRunState.Done || s == ImportRunState.Stopped);
        }
    }

    private static (string Name, byte[] Content)[] SampleFiles() => [.. AllFour.Select(f => ImportDriver.Sample("first-night", f))];

    private static (string Name, byte[] Content) Planning(int which) => ImportDriver.Text(
        "planning.csv", [Heading, .. Enumerable.Range(1, 200).Select(
            i => $"X-{i};A1;{2 + (i % 25):D2}/11/2026;{8 + (i % 10):D2}:00;{8 + (i % 10):D2}:30;G1;;m;Salle {which}")]);

    private async Task StartAsync()
    {
        await new OrganisationsTable(_driver.Storage).TryInsertAsync(_driver.Organisation, Cancellation);
        var people = await _driver.RunAsync([
            ImportDriver.Text("actions.csv", "action_ref;intitule;date_debut;date_fin", "A1;Accueil;01/10/2026;18/12/2026"),
            ImportDriver.Text(
                "stagiaires.csv", "stagiaire_ref;nom;prenom;action_ref;groupe;financeur;entree", "S1;Un;Sam;A1;G1;REGION;02/11/2026"),
        ]);
        people.IsOk.ShouldBeTrue();
    }

    // Half a minute goes by, and the lease is renewed.
    private async Task PassAsync()
    {
        var leases = new ImportLeasesTable(_driver.Storage);
        _driver.Time.Advance(TimeSpan.FromSeconds(30));
        var renewed = _driver.Time.GetUtcNow() + ImportLeases.Length;
        for (var look = 0; look < 500; look++)
        {
            if ((await leases.FindAsync(_driver.Organisation.Id, Cancellation))!.Value.Until >= renewed)
            {
                return;
            }
        }
    }

    private Task<Result<ImportReport>> UploadAsync((string Name, byte[] Content) file, bool dryRun = false) =>
        UploadAsync(_driver, [file], dryRun);

    private static async Task<Result<ImportReport>> UploadAsync(
        ImportDriver driver, (string Name, byte[] Content)[] files, bool dryRun = false)
    {
        var spooled = new List<SpooledFile>();
        foreach (var (name, content) in files)
        {
            spooled.Add(
                (await SpooledFile.ReceiveAsync(name, new MemoryStream(content), new ByteBudget(ByteBudget.Limit), Cancellation)).Value!);
        }

        try
        {
            var wish = new ImportWish(dryRun, Force: true);
            return await driver.Upload.RunAsync(driver.Organisation.Id.Value, spooled, wish, "manager:M1", Cancellation)
                .ThenAsync(imported => Task.FromResult(Result<ImportReport>.FromT(imported.Report)));
        }
        finally
        {
            spooled.ForEach(f => f.Dispose());
        }
    }

    private static async Task<int> CallsOfAWholeUploadAsync()
    {
        var driver = new ImportDriver();
        await new OrganisationsTable(driver.Storage).TryInsertAsync(driver.Organisation, Cancellation);
        driver.Calls.Reset();
        await UploadAsync(driver, SampleFiles());

        // The last two give the lease back: a kill there leaves nothing to complete.
        return driver.Calls.Count - 2;
    }
}
