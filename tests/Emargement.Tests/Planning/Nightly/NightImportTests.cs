using System.Text;
using System.Text.Json;
using Azure.Storage.Blobs;
using Emargement.Domain.Sessions;
using Emargement.Functions.People;
using Emargement.Functions.Planning.Nightly;
using Emargement.Functions.Planning.Runs;
using Emargement.Functions.Platform.Http;
using Emargement.LocalHost.Hosting;
using Emargement.Tests.Platform;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Emargement.Tests.Planning.Nightly;

/// <summary>The import of each night: once a local date, whatever is late, doubled, or stopped on its way.</summary>
public sealed class NightImportTests
{
    private static readonly DateOnly Night = new(2026, 11, 15);
    private static readonly string[] AllFour = ["actions.csv", "formateurs.csv", "stagiaires.csv", "planning.csv"];

    private readonly ImportDriver _driver = new();

    public NightImportTests() => _driver.Time.SetUtcNow(new DateTimeOffset(2026, 11, 15, 20, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ImportInbox Import => new(
        new OrganisationsTable(_driver.Storage),
        Waiting,
        _driver.Leases,
        _driver.Runs,
        new ImportRunsTable(_driver.Storage),
        new ImportBlobs(_driver.Storage),
        _driver.Time,
        NullLogger<ImportInbox>.Instance);

    private WaitingFiles Waiting => new(_driver.Import, _driver.Runs, new ImportBlobs(_driver.Storage));

    private FindDueNights Nights => new(
        new OrganisationsTable(_driver.Storage), new ImportRunsTable(_driver.Storage),
        new PreviewNight(Waiting, new ImportBlobs(_driver.Storage), _driver.Time), _driver.Time);

    [Fact]
    public async Task Files_of_the_inbox_are_imported_and_moved_beside_their_report()
    {
        await StartAsync();
        await DropAsync("first-night", AllFour);

        await Import.RunAsync(_driver.Organisation.Id, Night, Cancellation);

        (await _driver.StoredAsync()).Count.ShouldBe(278);
        (await BlobsAsync()).ShouldBe([
            .. new[] { "actions.csv", "formateurs.csv", "planning.csv", "report.csv", "report.json", "stagiaires.csv" }.Select(
                f => $"garonne/done/2026-11-15/{f}"),
            "garonne/reports/night-2026-11-15.json",
        ]);
        var report = await ReportAsync("garonne/done/2026-11-15/report.json");
        report.GetProperty("planning").GetProperty("created").GetInt32().ShouldBe(278);
    }

    [Fact]
    public async Task Calendars_that_wait_together_are_one_planning()
    {
        await StartAsync();
        await DropAsync("field/base", "actions.csv", "formateurs.csv", "stagiaires.csv");
        await DropAsync("field", "hyperplanning.ics");
        await DropAsync("icalendar", "planning.ics");

        await Import.RunAsync(_driver.Organisation.Id, Night, Cancellation);

        (await _driver.StoredAsync()).Single().Value.SlotRef.Value.ShouldBe("Cours-868389-16");
        var report = await ReportAsync("garonne/done/2026-11-15/report.json");
        report.GetProperty("lines").EnumerateArray().Select(l => (l.GetProperty("line").GetInt32(), l.GetProperty("code").GetString()!))
            .ShouldBe([(4, "unmapped-event"), (5, "unmapped-event"), (7, "unmapped-event")]);
    }

    [Fact]
    public async Task A_run_that_is_over_does_nothing_more_that_night()
    {
        await StartAsync();
        await DropAsync("first-night", AllFour);
        await Import.RunAsync(_driver.Organisation.Id, Night, Cancellation);
        await DropAsync("second-night", "planning.csv");

        await Import.RunAsync(_driver.Organisation.Id, Night, Cancellation);

        (await BlobsAsync()).ShouldContain("garonne/inbox/planning.csv", "it waits for the next night");
        (await DueAsync()).ShouldBeEmpty();
        _driver.Time.Advance(TimeSpan.FromDays(1));
        (await DueAsync()).Single().Night.ShouldBe("2026-11-16");
        await Import.RunAsync(_driver.Organisation.Id, Night.AddDays(1), Cancellation);
        (await _driver.StoredAsync()).Count(s => s.Value.State == SessionState.Cancelled).ShouldBe(2);
    }

    [Fact]
    public async Task Two_starts_of_the_same_night_leave_one_run()
    {
        await StartAsync();
        await DropAsync("first-night", AllFour);

        await Task.WhenAll(
            Enumerable.Range(0, 2).Select(_ => Import.RunAsync(_driver.Organisation.Id, Night, Cancellation)));

        (await _driver.StoredAsync()).Count.ShouldBe(278);
        var run = (await new ImportRunsTable(_driver.Storage).AllAsync(_driver.Organisation.Id, Cancellation)).Single();
        run.State.ShouldBe(ImportRunState.Done);
    }

    [Fact]
    public async Task A_night_waits_while_another_import_of_the_organisation_runs()
    {
        await StartAsync();
        await DropAsync("first-night", AllFour);

        var meanwhile = await _driver.Leases.RunAsync(
            _driver.Organisation.Id,
            ImportRunId.Upload(_driver.Time.GetUtcNow()),
            async (_, _) => Domain.Platform.Result<bool>.FromT(
                await Import.RunAsync(_driver.Organisation.Id, Night, Cancellation) is not null),
            Cancellation);

        meanwhile.Value.ShouldBeFalse();
        (await _driver.StoredAsync()).ShouldBeEmpty();

        (await Import.RunAsync(_driver.Organisation.Id, Night, Cancellation)).ShouldNotBeNull();
        (await _driver.StoredAsync()).Count.ShouldBe(278);
    }

    [Fact]
    public async Task After_a_missed_night_both_plannings_are_imported_in_order()
    {
        await StartAsync();
        await DropAsync("first-night", AllFour);
        await DropAsAsync("planning_2.csv", "second-night", "planning.csv");

        await Import.RunAsync(_driver.Organisation.Id, Night, Cancellation);

        (await _driver.StoredAsync()).Count(s => s.Value.State == SessionState.Cancelled).ShouldBe(2);
        (await ReportAsync("garonne/done/2026-11-15/report.json")).GetProperty("planning").GetProperty("read").GetInt32().ShouldBe(488);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_goes_to_failed_and_the_others_are_imported()
    {
        await StartAsync();
        await DropAsync("first-night", AllFour[..3]);
        await WriteAsync("garonne/inbox/note.csv", "couleur;prix\nrouge;3\n");

        await Import.RunAsync(_driver.Organisation.Id, Night, Cancellation);

        var blobs = await BlobsAsync();
        blobs.ShouldContain("garonne/failed/2026-11-15/note.csv");
        blobs.ShouldContain("garonne/done/2026-11-15/actions.csv");
        var refused = (await ReportAsync("garonne/failed/2026-11-15/report.json")).GetProperty("refused")[0];
        (refused.GetProperty("file").GetString(), refused.GetProperty("code").GetString()).ShouldBe(("note.csv", "import-heading-unknown"));
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.3)]
    [InlineData(0.5)]
    [InlineData(0.7)]
    [InlineData(0.8)]
    [InlineData(0.9)]
    [InlineData(0.97)]
    public async Task A_run_that_stops_anywhere_is_completed_by_the_next(double where)
    {
        await StartAsync();
        await DropAsync("first-night", AllFour);
        var whole = await CallsOfAWholeRunAsync();
        _driver.Calls.Reset(cutAfter: (int)(whole * where));
        await Should.ThrowAsync<Exception>(
            () => Import.RunAsync(_driver.Organisation.Id, Night, Cancellation));
        _driver.Calls.Reset();
        _driver.Time.Advance(ImportLeases.Length);

        (await DueAsync()).Count.ShouldBe(1);
        await Import.RunAsync(_driver.Organisation.Id, Night, Cancellation);

        (await _driver.StoredAsync()).Count(s => s.Value.State == SessionState.Planned).ShouldBe(278);
        _driver.Accounts.Ids.Count.ShouldBe(55);
        (await BlobsAsync()).ShouldNotContain(b => b.Contains("/inbox/", StringComparison.Ordinal));
        (await DueAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_timer_starts_each_organisation_s_night_and_a_second_tick_changes_nothing()
    {
        var prefix = AzuriteFixture.NewPrefix();
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 15, 20, 0, 0, TimeSpan.Zero));
        await using var app = await LocalHostApp.StartAsync(
            new LocalHostOptions
            {
                Settings = new Dictionary<string, string?>
                {
                    ["Storage:ConnectionString"] = AzuriteFixture.ConnectionString,
                    ["Storage:Prefix"] = prefix,
                },
                TimeProvider = time,
                RunTimers = false,
            },
            Cancellation);
        var organisations = (OrganisationsTable)app.Services.GetService(typeof(OrganisationsTable))!;
        await organisations.TryInsertAsync(_driver.Organisation, Cancellation);
        var container = new BlobContainerClient(AzuriteFixture.ConnectionString, prefix + "imports");
        await container.CreateIfNotExistsAsync(cancellationToken: Cancellation);
        foreach (var file in AllFour)
        {
            await container.UploadBlobAsync(
                $"garonne/inbox/{file}", BinaryData.FromBytes(ImportDriver.Sample("first-night", file).Content), Cancellation);
        }

        await app.RunTimerAsync("NightlyImportTimer", Cancellation);
        await app.WhenIdleAsync();
        await app.RunTimerAsync("NightlyImportTimer", Cancellation);
        await app.WhenIdleAsync();

        var runs = (ImportRunsTable)app.Services.GetService(typeof(ImportRunsTable))!;
        var run = (await runs.AllAsync(_driver.Organisation.Id, Cancellation)).Single();
        (run.Id.ToString(), run.State, run.Files.Count).ShouldBe(("night-2026-11-15", ImportRunState.Done, 4));
    }

    private async Task StartAsync() => await new OrganisationsTable(_driver.Storage).TryInsertAsync(_driver.Organisation, Cancellation);

    private async Task<int> CallsOfAWholeRunAsync()
    {
        var other = new ImportDriver();
        other.Time.SetUtcNow(_driver.Time.GetUtcNow());
        var test = new NightImportTests(other);
        await test.StartAsync();
        await test.DropAsync("first-night", AllFour);
        other.Calls.Reset();
        await test.Import.RunAsync(other.Organisation.Id, Night, Cancellation);

        // The last two give the lease back: a kill there leaves nothing to complete.
        return other.Calls.Count - 2;
    }

    private NightImportTests(ImportDriver driver) => _driver = driver;

    private async Task<IReadOnlyList<DueNight>> DueAsync() => (await Nights.RunAsync(Cancellation)).Due;

    private async Task DropAsync(string set, params string[] files)
    {
        foreach (var file in files)
        {
            await DropAsAsync(file, set, file);
        }
    }

    private async Task DropAsAsync(string name, string set, string file) =>
        await WriteAsync($"garonne/inbox/{name}", Encoding.UTF8.GetString(ImportDriver.Sample(set, file).Content));

    private async Task WriteAsync(string path, string text) =>
        await (await ContainerAsync()).GetBlobClient(path).UploadAsync(BinaryData.FromString(text), Cancellation);

    private async Task<List<string>> BlobsAsync()
    {
        var names = new List<string>();
        await foreach (var blob in (await ContainerAsync()).GetBlobsAsync(cancellationToken: Cancellation))
        {
            names.Add(blob.Name);
        }

        return names;
    }

    private async Task<JsonElement> ReportAsync(string path)
    {
        var content = await (await ContainerAsync()).GetBlobClient(path).DownloadContentAsync(Cancellation);
        return JsonDocument.Parse(content.Value.Content.ToMemory()).RootElement;
    }

    private Task<BlobContainerClient> ContainerAsync() => _driver.Storage.ContainerAsync("imports");
}
