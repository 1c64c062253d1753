using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Sessions.Hand;
using Emargement.Tests.Signing;
using static Emargement.Tests.Planning.SmallPlanning;

namespace Emargement.Tests.Planning.Hand;

/// <summary>A half-day cut in two, and two of one half-day put together.</summary>
public sealed class SplitAndMergeTests
{
    private const string X2 = "20261103-1-X-2";

    private readonly ImportDriver _driver = new();
    private readonly HandDesk _desk;

    public SplitAndMergeTests() => _desk = new HandDesk(_driver);

    [Fact]
    public async Task What_is_cut_as_the_file_would_is_the_file_s_again_when_the_file_has_the_same_break()
    {
        string[] others = [Row("X-1", "02/11/2026"), Row("X-3", "04/11/2026")];
        await _desk.StartAsync([.. others, Row("X-2", "03/11/2026", "09:00", "13:00")]);

        var first = (await _desk.SplitAsync(X2, new TimeOnly(11, 0), new TimeOnly(11, 30))).ShouldBeOk();

        (first.Session.Id.ToString(), first.MovedFrom).ShouldBe(("20261103-1-X-2-M", SessionId.Parse(X2)));
        (await _desk.LiveAsync()).Select(s => s.Id.Reference.Value).ShouldBe(["X-1", "X-2-A", "X-2-M", "X-3"], ignoreOrder: true);
        (await _desk.SplitAsync(X2, new TimeOnly(11, 0), new TimeOnly(11, 30))).ShouldBeOk().Stored.ETag.ShouldBe(
            first.Stored.ETag, "asked again, it is done");
        (await _desk.ImportAsync([.. others, Row("X-2", "03/11/2026", "09:00", "13:00")])).Lines.ShouldHaveSingleItem().Code.ShouldBe(
            "edited-by-hand");
        (await _desk.LiveAsync()).Count.ShouldBe(4);

        var report = await ImportWithBreakAsync(others);
        report.Lines.ShouldBeEmpty();
        report.Planning.Unchanged.ShouldBe(4);
        (await _desk.LiveAsync()).ShouldAllBe(s => !s.EditedByHand);
        (await ImportWithBreakAsync(others, room: "Salle 5")).Changes.Updated.ShouldBe(["X-2-M", "X-2-A"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_part_that_is_cut_again_gives_its_rest_the_next_letter()
    {
        await _desk.StartAsync(Row("X-1", "02/11/2026", "09:00", "17:00"));

        (await _desk.SplitAsync("20261102-1-X-1-M", new TimeOnly(10, 0))).ShouldBeOk().Session.Id.ToString().ShouldBe("20261102-1-X-1-M");
        (await _desk.SplitAsync("20261102-1-X-1-M", new TimeOnly(9, 30))).ShouldBeOk();

        (await _desk.LiveAsync()).Select(s => $"{s.Id.Reference} {s.PlannedMinutes}").ShouldBe(
            ["X-1-M 30", "X-1-M-B 150", "X-1-M-C 30", "X-1-A 210"]);
        (await _desk.ImportAsync(Row("X-1", "02/11/2026", "09:00", "17:00"))).Lines.ShouldHaveSingleItem().Code.ShouldBe("edited-by-hand");
        (await _desk.LiveAsync()).Count.ShouldBe(4);
    }

    [Theory]
    [InlineData(9, 0)]
    [InlineData(12, 0)]
    [InlineData(8, 0)]
    [InlineData(14, 0)]
    public async Task It_is_cut_between_its_start_and_its_end(int hour, int minute)
    {
        await _desk.StartAsync(Row("X-2", "03/11/2026"));
        (await _desk.SplitAsync(X2, new TimeOnly(hour, minute))).ShouldBeRefused("session-split-invalid");
    }

    [Fact]
    public async Task The_lunch_break_is_cut_out_of_what_holds_it()
    {
        await _desk.StartAsync(Row("X-2", "03/11/2026"));
        (await _desk.EditAsync(X2, new SessionPatch(End: new TimeOnly(17, 0), Reason: "Toute la journée"))).ShouldBeOk();
        var whole = (await _desk.LiveAsync()).Single();

        (await _desk.SplitAsync(whole.Id.ToString(), new TimeOnly(13, 0))).ShouldBeOk();

        (await _desk.LiveAsync()).Select(s => $"{s.Id} {s.PlannedMinutes}").ShouldBe(["20261103-1-X-2-M 210", "20261103-2-X-2-A 210"]);
    }

    [Fact]
    public async Task Two_sessions_of_one_half_day_become_one_and_two_half_days_never_do()
    {
        string[] rows =
        [
            Row("X-1", "02/11/2026", "09:00", "10:30"), Row("X-2", "02/11/2026", "10:45", "12:00"),
            Row("X-3", "02/11/2026", "13:30", "17:00"),
        ];
        await _desk.StartAsync(rows);

        (await _desk.MergeAsync("20261102-1-X-1", "20261102-2-X-3")).ShouldBeRefused("merge-two-half-days");
        var merged = (await _desk.MergeAsync("20261102-1-X-1", "20261102-1-X-2")).ShouldBeOk();
        (await _desk.MergeAsync("20261102-1-X-1", "20261102-1-X-2")).ShouldBeOk().Stored.ETag.ShouldBe(merged.Stored.ETag);

        merged.Session.PlannedMinutes.ShouldBe(180);
        (await _desk.StoredAsync("20261102-1-X-2")).Value.MergedInto.ShouldBe(SessionId.Parse("20261102-1-X-1"));
        (await _desk.ImportAsync(rows)).Lines.Select(l => l.Code).ShouldBe(["edited-by-hand", "edited-by-hand"]);
        (await _desk.LiveAsync()).Count.ShouldBe(2);

        (await _desk.FollowAsync("20261102-1-X-1")).ShouldBeOk();
        (await _desk.ImportAsync(rows)).Changes.Updated.ShouldBe(["X-1", "X-2"]);
        (await _desk.LiveAsync()).Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_machine_neither_cuts_nor_joins_nor_brings_back_what_a_person_changed()
    {
        await _desk.StartAsync(
            Row("X-1", "02/11/2026", "09:00", "10:30"), Row("X-2", "02/11/2026", "10:45", "12:00"), Row("X-3", "03/11/2026"));
        await _desk.EditAsync("20261102-1-X-2", new SessionPatch(Room: "Salle 8", Reason: "Panne"));
        await _desk.CancelAsync("20261103-1-X-3");

        (await _desk.SplitAsync("20261102-1-X-2", new TimeOnly(11, 15), caller: _desk.Machine)).ShouldBeRefused("edited-by-hand");
        (await _desk.MergeAsync("20261102-1-X-1", "20261102-1-X-2", _desk.Machine)).ShouldBeRefused("edited-by-hand");
        (await _desk.MergeAsync("20261102-1-X-2", "20261102-1-X-1", _desk.Machine)).ShouldBeRefused("edited-by-hand");
        (await _desk.RestoreAsync("20261103-1-X-3", _desk.Machine)).ShouldBeRefused("edited-by-hand");
    }

    [Fact]
    public async Task Cutting_and_joining_write_both_rows_at_once()
    {
        await _desk.StartAsync(
            Row("X-1", "02/11/2026", "09:00", "10:30"), Row("X-2", "02/11/2026", "10:45", "12:00"),
            Row("X-3", "03/11/2026"));
        await _desk.EditAsync("20261103-1-X-3", new SessionPatch(Room: "Salle 2", Reason: "Panne"));

        var joined = await CallsOfAsync(() => _desk.MergeAsync("20261102-1-X-1", "20261102-1-X-2"));
        var cut = await CallsOfAsync(() => _desk.SplitAsync("20261103-1-X-3", new TimeOnly(10, 30)));

        (joined, cut).ShouldBe((7, 9), "rows read, one transaction, a fact of each part and its month's mark, the days around");

        async Task<int> CallsOfAsync(Func<Task<Result<EditedSession>>> act)
        {
            _driver.Calls.Reset();
            (await act()).ShouldBeOk();

            // The first one read its version.
            return _driver.Calls.Count - 1;
        }
    }

    private async Task<Domain.Planning.Import.ImportReport> ImportWithBreakAsync(string[] others, string room = "Salle 1")
    {
        static string WithBreak(string row, string pause)
        {
            var cells = row.Split(';');
            return string.Join(';', [.. cells[..5], pause, .. cells[5..]]);
        }

        const string Heading = "seance_ref;action_ref;date;debut;fin;pause_debut;pause_fin;groupe;formateur_ref;module;site;salle;modalite";
        var cut = WithBreak(Row("X-2", "03/11/2026", "09:00", "13:00", room: room), "11:00;11:30");
        var rows = others.Select(o => WithBreak(o, ";")).Append(cut);
        return (await _driver.RunAsync([ImportDriver.Text("planning.csv", [Heading, .. rows])])).Value!;
    }
}
