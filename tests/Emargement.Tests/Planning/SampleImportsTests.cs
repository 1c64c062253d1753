using System.Text.Json;
using Emargement.Domain.Planning.Import;
using Emargement.Domain.Sessions;

namespace Emargement.Tests.Planning;

/// <summary>The three sample sets give exactly what their expected.json says.</summary>
public sealed class SampleImportsTests
{
    private static readonly string[] AllFour = ["actions.csv", "formateurs.csv", "stagiaires.csv", "planning.csv"];

    [Fact]
    public async Task A_first_night_creates_everything()
    {
        var driver = new ImportDriver();

        var report = (await driver.SampleAsync("first-night", AllFour)).Value!;

        var expected = Expected("first-night");
        Number(expected, "actions", "read").ShouldBe(report.Actions.Read);
        Number(expected, "actions", "created").ShouldBe(report.Actions.Created);
        Number(expected, "trainers", "read").ShouldBe(report.Trainers.Read);
        Number(expected, "trainers", "created").ShouldBe(report.Trainers.Created);
        Number(expected, "learners", "read").ShouldBe(report.Learners.Read);
        Number(expected, "learners", "created").ShouldBe(report.Learners.Created);
        Number(expected, "learners", "withoutEmail").ShouldBe(report.Learners.WithoutEmail);
        Number(expected, "learners", "fundedByRegion").ShouldBe(report.Learners.FundedByRegion);
        Number(expected, "planning", "read").ShouldBe(report.Planning.Read);
        Number(expected, "planning", "sessionsCreated").ShouldBe(report.Planning.Created);
        report.Lines.ShouldBeEmpty();
        (await driver.StoredAsync()).Count.ShouldBe(report.Planning.Created);
        driver.Accounts.Ids.Count.ShouldBe(55);
    }

    [Fact]
    public async Task A_second_night_changes_only_what_changed()
    {
        var driver = new ImportDriver();
        await driver.SampleAsync("first-night", AllFour);

        var report = (await driver.SampleAsync("second-night", AllFour)).Value!;

        var expected = Expected("second-night");
        Number(expected, "planning", "read").ShouldBe(report.Planning.Read);
        Number(expected, "planning", "sessionsCreated").ShouldBe(report.Planning.Created);
        Number(expected, "planning", "sessionsUpdated").ShouldBe(report.Planning.Updated);
        Number(expected, "planning", "sessionsCancelled").ShouldBe(report.Planning.Cancelled);
        Number(expected, "planning", "sessionsUnchanged").ShouldBe(report.Planning.Unchanged);
        Texts(expected, "updated").ShouldBe(report.Changes.Updated, ignoreOrder: true);
        Texts(expected, "cancelled").ShouldBe(report.Changes.Cancelled, ignoreOrder: true);
        Texts(expected, "created").ShouldBe(report.Changes.Created, ignoreOrder: true);
        Number(expected, "learners", "read").ShouldBe(report.Learners.Read);
        Number(expected, "learners", "created").ShouldBe(report.Learners.Created);
        Number(expected, "learners", "updated").ShouldBe(report.Learners.Updated);
        Number(expected, "learners", "unchanged").ShouldBe(report.Learners.Unchanged);
        report.Lines.ShouldBeEmpty();
        (await driver.StoredAsync()).Count(s => s.Value.State == SessionState.Cancelled).ShouldBe(2, "cancelled, never deleted");
    }

    [Fact]
    public async Task A_messy_export_gives_its_good_rows_and_a_line_for_each_bad_one()
    {
        var driver = new ImportDriver();
        await driver.SampleAsync("first-night", AllFour[..3]);

        var report = (await driver.SampleAsync("messy", "planning.csv")).Value!;

        var expected = Expected("messy");
        report.Files.Single().Encoding.ShouldBe(expected.GetProperty("encoding").GetString());
        Number(expected, "planning", "read").ShouldBe(report.Planning.Read);
        Number(expected, "planning", "sessionsCreated").ShouldBe(report.Planning.Created);
        Number(expected, "planning", "rejectedRows").ShouldBe(report.Planning.Rejected);
        Lines(expected, "rejected").ShouldBe(Lines(report, ImportSeverity.Error));
        Lines(expected, "warnings").ShouldBe(Lines(report, ImportSeverity.Warning).Where(l => l.Code != ImportCode.UnknownColumn));
        report.Lines.ShouldContain(
            l => l.Code == ImportCode.UnknownColumn && l.Line == 1 && l.Text.Contains("Commentaire interne", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("first-night")]
    [InlineData("second-night")]
    public async Task Importing_twice_changes_nothing(string set)
    {
        var driver = new ImportDriver();
        await driver.SampleAsync(set, AllFour);
        var before = await driver.StoredAsync();

        var report = (await driver.SampleAsync(set, AllFour)).Value!;

        foreach (var counts in new[] { report.Actions, report.Trainers, report.Learners, report.Planning })
        {
            (counts.Created, counts.Updated, counts.Cancelled, counts.Rejected).ShouldBe((0, 0, 0, 0));
        }

        report.Planning.Unchanged.ShouldBe(278);
        (await driver.StoredAsync()).Select(s => s.ETag).ShouldBe(before.Select(s => s.ETag));
    }

    [Fact]
    public async Task A_dry_run_gives_the_same_report_and_writes_nothing()
    {
        var driver = new ImportDriver();
        var files = AllFour.Select(f => ImportDriver.Sample("first-night", f)).ToList();

        var dry = (await driver.RunAsync(files, dryRun: true)).Value!;

        (await driver.StoredAsync()).ShouldBeEmpty();
        driver.Accounts.Ids.ShouldBeEmpty();
        var real = (await driver.RunAsync(files)).Value!;
        dry.DryRun.ShouldBeTrue();
        dry.Planning.ShouldBe(real.Planning);
        dry.Learners.ShouldBe(real.Learners);
    }

    private static JsonElement Expected(string set) =>
        JsonDocument.Parse(File.ReadAllBytes(ImportDriver.SamplePath(set, "expected.json"))).RootElement;

    private static int Number(JsonElement expected, string kind, string count) => expected.GetProperty(kind).GetProperty(count).GetInt32();

    private static IEnumerable<string> Texts(JsonElement expected, string list) =>
        expected.GetProperty("planning").GetProperty(list).EnumerateArray().Select(e => e.GetString()!);

    private static IEnumerable<(int Line, string Code, string Ref)> Lines(JsonElement expected, string list) =>
        expected.GetProperty(list).EnumerateArray()
            .Select(e => (e.GetProperty("line").GetInt32(), e.GetProperty("code").GetString()!, e.GetProperty("ref").GetString()!));

    private static IEnumerable<(int Line, string Code, string Ref)> Lines(ImportReport report, ImportSeverity severity) =>
        report.Lines.Where(l => l.Severity == severity).Select(l => (l.Line, l.Code, l.Ref));
}
