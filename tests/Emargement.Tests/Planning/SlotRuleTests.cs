using Emargement.Domain.Planning;
using Emargement.Domain.Planning.Import;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Storage;
using Emargement.Functions.Sessions;
using static Emargement.Tests.Planning.SmallPlanning;

namespace Emargement.Tests.Planning;

/// <summary>
/// The rows of a slot stand or fall together: what a person did to one of them stands above a file that changes its shape.
/// </summary>
public sealed class SlotRuleTests
{
    private readonly ImportDriver _driver = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("edited", "edited-by-hand")]
    [InlineData("signed", "session-signed")]
    [InlineData("locked", "month-locked")]
    [InlineData("cancelled by hand", "edited-by-hand")]
    public async Task A_slot_of_which_a_row_must_stay_gets_no_second_half_day_when_the_file_gives_it_a_break(string what, string code)
    {
        await StartAsync(Row("X-1", "02/11/2026"), Row("X-2", "03/11/2026"), Row("X-3", "04/11/2026"));
        await DoAsync("X-2", what);
        var before = await _driver.StoredAsync();

        var report = await ImportAsync(Row("X-1", "02/11/2026"), Row("X-2", "03/11/2026", "09:00", "17:00"), Row("X-3", "04/11/2026"));

        report.Lines.Select(l => (l.Line, l.Ref, l.Code)).Distinct().ShouldBe([(3, "X-2", code)]);
        report.Planning.ShouldBe(new ImportCounts { Read = 3, Unchanged = 2, Rejected = 1 });
        // That the file asks otherwise is noted in the row of what a person changed, for the manager's list; nothing else is written.
        var after = await _driver.StoredAsync();
        after.Select(s => (s.Value.Id, s.Value.Start, s.Value.End, s.Value.State)).ShouldBe(
            before.Select(s => (s.Value.Id, s.Value.Start, s.Value.End, s.Value.State)));
        after.Zip(before).Count(pair => pair.First.ETag != pair.Second.ETag).ShouldBe(code == "edited-by-hand" ? 1 : 0);
    }

    [Fact]
    public async Task A_half_day_of_a_slot_whose_other_half_a_person_changed_is_neither_dropped_nor_changed()
    {
        await StartAsync(Row("X-1", "02/11/2026", "09:00", "17:00"), Row("X-2", "03/11/2026"));
        await DoAsync("X-1-M", "edited");
        var afternoon = await StoredAsync("X-1-A");

        var report = await ImportAsync(Row("X-1", "02/11/2026"), Row("X-2", "03/11/2026"));

        report.Lines.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            l => l.Code.ShouldBe("edited-by-hand"), l => l.Line.ShouldBe(2), l => l.Text.ShouldContain("X-1-M"));
        (await _driver.StoredAsync()).Select(s => s.Value.Id.Reference.Value).ShouldBe(["X-1-M", "X-1-A", "X-2"]);
        (await StoredAsync("X-1-A")).ETag.ShouldBe(afternoon.ETag);
    }

    [Fact]
    public async Task A_person_who_is_faster_than_the_writing_keeps_the_slot_whole()
    {
        await StartAsync(Row("X-1", "02/11/2026"), Row("X-2", "03/11/2026"));
        var changes = _driver.Changes;
        var stored = await StoredAsync("X-2");
        var diff = new PlanningDiff([Part(stored.Value, "-M", 0, 3), Part(stored.Value, "-A", 4, 8)], new HashSet<Reference>());
        var found = await CompareAsync(diff);
        var (allowed, _) = await changes.SiftAsync(_driver.Organisation, diff.Changes(), diff.Held(), Cancellation);
        allowed.Count.ShouldBe(3);
        await DoAsync("X-2", "edited");

        var blocked = await changes.WriteAsync(_driver.Organisation, found, allowed, new DateOnly(2026, 10, 30), Cancellation);

        blocked.Select(b => b.Code).ShouldBe(["edited-by-hand", "edited-by-hand", "edited-by-hand"]);
        (await _driver.StoredAsync()).Select(s => s.Value.Id.Reference.Value).ShouldBe(["X-1", "X-2"]);
    }

    [Fact]
    public async Task A_person_who_is_faster_keeps_the_session_where_it_is_when_the_file_moves_it_to_another_month()
    {
        await StartAsync(Row("X-1", "02/11/2026"), Row("X-2", "03/11/2026"));
        var changes = _driver.Changes;
        var stored = await StoredAsync("X-2");
        var diff = new PlanningDiff([Part(stored.Value, "", 24 * 30, (24 * 30) + 3)], new HashSet<Reference>());
        var found = await CompareAsync(diff);
        var (allowed, _) = await changes.SiftAsync(_driver.Organisation, diff.Changes(), diff.Held(), Cancellation);
        await DoAsync("X-2", "edited");

        var blocked = await changes.WriteAsync(_driver.Organisation, found, allowed, new DateOnly(2026, 10, 30), Cancellation);

        blocked.ShouldHaveSingleItem().Code.ShouldBe("edited-by-hand");
        (await _driver.StoredAsync()).Where(s => s.Value.State == SessionState.Planned).Select(s => s.Value.Id.ToString())
            .ShouldBe(["20261102-1-X-1", "20261103-1-X-2"]);
    }

    [Fact]
    public async Task What_people_changed_of_a_planning_is_no_signature()
    {
        await StartAsync(Row("X-1", "02/11/2026"), Row("X-2", "03/11/2026"));
        var stored = await StoredAsync("X-2");
        var added = new RosterChange(_driver.Time.GetUtcNow(), "manager:M1", Reference.Parse("S9"), Expected: true, "OPCO", "Rattrapage");
        await _driver.Sessions.TryReplaceAsync(stored, stored.Value with { Roster = [added] }, Cancellation);
        await _driver.Facts.TryInsertAsync(_driver.Organisation.Id, stored.Value.Id, new NewFact(added.ToFact()), Cancellation);

        var report = await ImportAsync(Row("X-1", "02/11/2026"), Row("X-2", "05/11/2026"));

        report.Changes.Updated.ShouldBe(["X-2"]);
        (await _driver.StoredAsync()).Single(s => s.Value.Id.Date.Day == 5).Value.Roster.ShouldBe(
            [added], "and whom a person added stays with the session that moves");
    }

    private Task<IReadOnlyDictionary<YearMonth, Stored<MonthContent>>> CompareAsync(PlanningDiff diff) => _driver.Changes.CompareAsync(
        _driver.Organisation.Id, diff, new CompanyDays(), new HashSet<Reference> { Reference.Parse("A1") },
        [(new DateOnly(2026, 10, 1), new DateOnly(2026, 12, 18))], Cancellation);

    private async Task DoAsync(string reference, string what)
    {
        var stored = await StoredAsync(reference);
        switch (what)
        {
            case "signed":
                await _driver.Facts.TryInsertAsync(
                    _driver.Organisation.Id, stored.Value.Id, new NewFact(new Opened { At = _driver.Time.GetUtcNow(), By = "trainer:F1" }),
                    Cancellation);
                break;
            case "locked":
                _driver.Organisation = _driver.Organisation with { LockedMonths = [new YearMonth(2026, 11)] };
                break;
            case "edited":
                await _driver.Sessions.TryReplaceAsync(stored, stored.Value with { Room = "Salle 7", EditedByHand = true }, Cancellation);
                break;
            default:
                await _driver.Sessions.TryReplaceAsync(
                    stored, stored.Value with { State = SessionState.Cancelled, EditedByHand = true }, Cancellation);
                break;
        }
    }

    private static PlannedSession Part(Session slot, string suffix, int from, int to) => new()
    {
        Ref = Reference.Parse(slot.SlotRef.Value + suffix),
        SlotRef = slot.SlotRef,
        TrainingRef = slot.TrainingRef,
        Groups = slot.Groups,
        Modality = slot.Modality,
        Date = slot.Id.Date.AddDays(from / 24),
        HalfDay = from % 24 < 4 ? HalfDay.Morning : HalfDay.Afternoon,
        Start = slot.Start.AddHours(from),
        End = slot.Start.AddHours(to),
        Line = 3,
    };

    private async Task StartAsync(params string[] rows) =>
        (await _driver.RunAsync([.. AllPeople(), ImportDriver.Text("planning.csv", [Heading, .. rows])])).IsOk.ShouldBeTrue();

    private async Task<ImportReport> ImportAsync(params string[] rows) =>
        (await _driver.RunAsync([ImportDriver.Text("planning.csv", [Heading, .. rows])])).Value!;

    private async Task<Stored<Session>> StoredAsync(string reference) =>
        (await _driver.StoredAsync()).Single(s => s.Value.Id.Reference.Value == reference);
}
