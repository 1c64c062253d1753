using Azure.Data.Tables;
using Emargement.Domain.Planning;
using Emargement.Domain.Planning.Import;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Planning.Writing;
using Emargement.Functions.Platform.Storage;
using static Emargement.Tests.Planning.SmallPlanning;

namespace Emargement.Tests.Planning;

/// <summary>An import reads the months of its file, and another month only where there is something to find.</summary>
public sealed class ImportedMonthsTests
{
    private readonly ImportDriver _driver = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_of_one_month_reads_that_month()
    {
        await StartAsync();

        (await ImportAsync(Row("N-1", "03/11/2026"), Row("N-2", "04/11/2026"))).Unchanged.ShouldBe(2);

        _driver.Calls.MonthsRead.ShouldBe(["2026-11"]);
    }

    [Fact]
    public async Task A_session_that_comes_from_another_month_leaves_it()
    {
        await StartAsync();

        (await ImportAsync(Row("O-1", "05/11/2026"), Row("N-1", "03/11/2026"), Row("N-2", "04/11/2026"))).Updated.ShouldBe(1);

        _driver.Calls.MonthsRead.ShouldBe(["2026-10", "2026-11"]);
        (await StateAsync("O-1")).ShouldBe([(new DateOnly(2026, 10, 5), SessionState.Cancelled), (new(2026, 11, 5), SessionState.Planned)]);
    }

    [Fact]
    public async Task A_month_of_which_nothing_is_known_is_read_once()
    {
        await StartAsync();
        var table = await _driver.Storage.TableAsync("PlanningMonths");
        await foreach (var row in table.QueryAsync<TableEntity>(cancellationToken: Cancellation))
        {
            await table.DeleteEntityAsync(row, cancellationToken: Cancellation);
        }

        (await ImportAsync(Row("D-1", "06/11/2026"), Row("N-1", "03/11/2026"), Row("N-2", "04/11/2026"))).Updated.ShouldBe(1);
        _driver.Calls.MonthsRead.ShouldBe(["2026-10", "2026-11", "2026-12"]);

        (await ImportAsync(Row("N-1", "03/11/2026"), Row("N-2", "04/11/2026"))).Cancelled.ShouldBe(0);
        _driver.Calls.MonthsRead.ShouldBe(["2026-11"]);
    }

    [Fact]
    public async Task Days_in_companies_are_read_where_they_are()
    {
        await StartAsync(InCompany("D-2", "08/12/2026"));

        (await ImportAsync(Row("N-1", "03/11/2026"), Row("N-2", "04/11/2026"))).Unchanged.ShouldBe(2);

        _driver.Calls.MonthsRead.ShouldBe(["2026-11", "2026-12"]);
    }

    [Fact]
    public async Task An_import_that_was_killed_leaves_nothing_overlooked()
    {
        await StartAsync();
        await ImportAsync(Row("N-1", "03/11/2026"), Row("N-2", "04/11/2026"));
        var calls = _driver.Calls.Count + 3;
        string[] moved = [Row("N-1", "03/12/2026"), Row("D-1", "07/12/2026")];
        for (var after = 1; after < calls; after++)
        {
            _driver.Calls.Reset(after);
            await Should.ThrowAsync<Exception>(() => _driver.RunAsync([File(moved)]));
            _driver.Calls.Reset();
            await ImportAsync(moved);
            (await StateAsync("N-1")).Where(s => s.State == SessionState.Planned).ShouldBe(
                [(new DateOnly(2026, 12, 3), SessionState.Planned)], $"cut after {after} calls");
            await ImportAsync(Row("N-1", "03/11/2026"), Row("N-2", "04/11/2026"));
        }
    }

    [Fact]
    public async Task Two_imports_that_find_different_things_keep_both()
    {
        var (months, month) = (new PlanningMonths(new PlanningMonthsTable(_driver.Storage)), new YearMonth(2026, 11));
        var (one, two) = (new MonthContent([1], [], full: false), new MonthContent([2], [Reference.Parse("A1")], full: false));
        foreach (var found in new[] { one, two })
        {
            var grown = new MonthContent();
            grown.Add(found);
            await months.KeepAsync(
                _driver.Organisation.Id,
                new Dictionary<YearMonth, Stored<MonthContent>> { [month] = new(grown, default) },
                Cancellation);
        }

        var kept = (await months.FindAsync(_driver.Organisation.Id, [month], Cancellation))[month].Value;
        (kept.Marks.Order(), kept.InCompany, kept.HasGrown).ShouldSatisfyAllConditions(
            k => k.Item1.ShouldBe([1, 2]), k => k.InCompany.ShouldBe([Reference.Parse("A1")]), k => k.HasGrown.ShouldBeFalse());
    }

    [Fact]
    public void A_month_with_more_than_is_kept_is_always_read()
    {
        var content = new MonthContent(Enumerable.Range(0, MonthContent.MostMarks), [], full: false);
        var nothing = new HashSet<Reference>();
        content.MayHold(new HashSet<int> { -1 }, nothing).ShouldBeFalse();

        content.Add(new MonthContent([-2], [], full: false));

        (content.IsFull, content.HasGrown, content.Marks.Count).ShouldBe((true, true, 0));
        content.MayHold(new HashSet<int> { -1 }, nothing).ShouldBeTrue();
        content.MayHold(new HashSet<int>(), nothing).ShouldBeFalse("a file without a planning looks for days in companies alone");
    }

    private static string InCompany(string reference, string date) => Row(reference, date)[..^1] + "E";

    private static (string, byte[]) File(params string[] rows) => ImportDriver.Text("planning.csv", [Heading, .. rows]);

    private async Task StartAsync(params string[] more)
    {
        await _driver.RunAsync(AllPeople());
        await ImportAsync(
            [Row("O-1", "05/10/2026"), Row("N-1", "03/11/2026"), Row("N-2", "04/11/2026"), Row("D-1", "07/12/2026"), .. more]);
    }

    private async Task<ImportCounts> ImportAsync(params string[] rows)
    {
        _driver.Calls.Reset();
        return (await _driver.RunAsync([File(rows)])).Value!.Planning;
    }

    private async Task<IEnumerable<(DateOnly Date, SessionState State)>> StateAsync(string reference) =>
        (await _driver.StoredAsync()).Where(s => s.Value.Id.Reference.Value == reference).Select(s => (s.Value.Id.Date, s.Value.State));
}
