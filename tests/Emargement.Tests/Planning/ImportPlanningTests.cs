using System.Globalization;
using Emargement.Domain.Planning.Import;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Storage;
using Emargement.Functions.Sessions;
using static Emargement.Tests.Planning.SmallPlanning;

namespace Emargement.Tests.Planning;

/// <summary>What an import does to a planning that is already there.</summary>
public sealed class ImportPlanningTests
{
    private readonly ImportDriver _driver = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_session_absent_from_the_file_is_cancelled_only_inside_the_file_s_dates_and_trainings()
    {
        await StartAsync(
            Row("X-1", "02/11/2026"),
            Row("X-2", "03/11/2026"),
            Row("X-3", "10/11/2026"),
            Row("Y-1", "03/11/2026", action: "A2", group: "G2"));

        var report = await ImportAsync(Row("X-1", "02/11/2026"), Row("X-4", "04/11/2026"));

        report.Changes.Cancelled.ShouldBe(["X-2"]);
        (await StateAsync("X-3")).ShouldBe(SessionState.Planned, "later than the file's last date");
        (await StateAsync("Y-1")).ShouldBe(SessionState.Planned, "of a training that the file does not name");
    }

    [Fact]
    public async Task A_cancelled_session_that_comes_back_is_planned_again()
    {
        await StartAsync(Row("X-1", "02/11/2026"), Row("X-2", "03/11/2026"), Row("X-3", "04/11/2026"));
        await ImportAsync(Row("X-1", "02/11/2026"), Row("X-3", "04/11/2026"));

        var report = await ImportAsync(Row("X-1", "02/11/2026"), Row("X-2", "03/11/2026"), Row("X-3", "04/11/2026"));

        report.Changes.Updated.ShouldBe(["X-2"]);
        (await StateAsync("X-2")).ShouldBe(SessionState.Planned);
    }

    [Fact]
    public async Task A_row_that_was_refused_does_not_cancel_the_session_it_names()
    {
        await StartAsync(Row("X-1", "02/11/2026"), Row("X-2", "03/11/2026"), Row("X-3", "04/11/2026"));

        var report = await ImportAsync(Row("X-1", "02/11/2026"), Row("X-2", "33/11/2026"), Row("X-3", "04/11/2026"));

        report.Planning.ShouldBe(new ImportCounts { Read = 3, Unchanged = 2, Rejected = 1 });
        (await StateAsync("X-2")).ShouldBe(SessionState.Planned);
    }

    [Theory]
    [InlineData("17/12/2026", "to another month")]
    [InlineData("05/11/2026", "to another day")]
    public async Task A_session_that_moves_is_one_update_and_leaves_its_old_row_cancelled(string date, string why)
    {
        await StartAsync(Row("X-1", "02/11/2026"), Row("X-2", "03/11/2026"));

        var report = await ImportAsync(Row("X-1", "02/11/2026"), Row("X-2", date));

        report.Planning.ShouldBe(new ImportCounts { Read = 2, Updated = 1, Unchanged = 1 }, why);
        var rows = (await _driver.StoredAsync()).Where(s => s.Value.Id.Reference.Value == "X-2").Select(s => s.Value).ToList();
        rows.Single(
            s => s.State == SessionState.Planned).Id.Date.ShouldBe(DateOnly.ParseExact(date, "dd/MM/yyyy", CultureInfo.InvariantCulture));
        rows.Single(s => s.State == SessionState.Cancelled).Id.Date.ShouldBe(new DateOnly(2026, 11, 3));
        (await ImportAsync(Row("X-1", "02/11/2026"), Row("X-2", date))).Planning.Unchanged.ShouldBe(
            2, "and importing again changes nothing");
    }

    [Fact]
    public async Task A_session_that_moves_back_takes_its_old_row_again()
    {
        await StartAsync(Row("X-1", "02/11/2026"), Row("X-2", "03/11/2026"));
        await ImportAsync(Row("X-1", "02/11/2026"), Row("X-2", "05/11/2026"));

        var report = await ImportAsync(Row("X-1", "02/11/2026"), Row("X-2", "03/11/2026"));

        report.Changes.Updated.ShouldBe(["X-2"]);
        (await _driver.StoredAsync()).Where(
            s => s.Value.State == SessionState.Planned).Select(s => s.Value.Id.Date.Day).ShouldBe([2, 3], ignoreOrder: true);
    }

    [Fact]
    public async Task A_slot_that_its_break_now_splits_becomes_two_sessions()
    {
        await StartAsync(Row("X-1", "02/11/2026", "09:00", "12:00"));

        var report = await ImportAsync(Row("X-1", "02/11/2026", "09:00", "17:00"));

        (report.Planning.Created, report.Planning.Cancelled).ShouldBe((2, 1));
        report.Changes.Created.ShouldBe(["X-1-M", "X-1-A"]);
        (await StateAsync("X-1")).ShouldBe(SessionState.Cancelled);
    }

    [Theory]
    [InlineData("05/11/2026", "09:00", "12:00", "a signed session does not move")]
    [InlineData("03/11/2026", "09:30", "12:00", "nor change")]
    [InlineData(null, null, null, "nor is it cancelled")]
    public async Task A_signed_session_is_left_alone(string? date, string? start, string? end, string why)
    {
        await StartAsync(Row("X-1", "02/11/2026"), Row("X-2", "03/11/2026"), Row("X-3", "04/11/2026"));
        var signed = await StoredAsync("X-2");
        var opened = new NewFact(new Opened { At = _driver.Time.GetUtcNow(), By = "trainer:F1" });
        await _driver.Facts.TryInsertAsync(_driver.Organisation.Id, signed.Value.Id, opened, Cancellation);

        var report = await ImportAsync(
            [Row("X-1", "02/11/2026"), .. date is null ? Array.Empty<string>() : [Row("X-2", date, start!, end!)],
                Row("X-3", "04/11/2026")]);

        report.Lines.Single().ShouldSatisfyAllConditions(
            l => l.Code.ShouldBe("session-signed"),
            l => l.Ref.ShouldBe("X-2"),
            l => l.Line.ShouldBe(date is null ? 0 : 3),
            l => l.Severity.ShouldBe(ImportSeverity.Error));
        (report.Planning.Updated, report.Planning.Cancelled, report.Planning.Unchanged).ShouldBe((0, 0, 2));
        (await StoredAsync("X-2")).ETag.ShouldBe(signed.ETag, why);
    }

    [Fact]
    public async Task A_locked_month_takes_no_change()
    {
        await StartAsync(Row("X-1", "02/11/2026"), Row("X-2", "03/11/2026"), Row("X-3", "02/12/2026"));
        _driver.Organisation = _driver.Organisation with { LockedMonths = [new YearMonth(2026, 11)] };

        var report = await ImportAsync(
            Row("X-1", "02/11/2026"), Row("X-2", "04/12/2026"), Row("X-9", "05/11/2026"), Row("X-3", "02/12/2026", "10:00"));

        report.Lines.Select(l => (l.Line, l.Ref, l.Code)).ShouldBe([(3, "X-2", "month-locked"), (4, "X-9", "month-locked")]);
        report.Planning.ShouldBe(
            new ImportCounts { Read = 4, Updated = 1, Unchanged = 1, Rejected = 2 }, "an open month beside it is imported");
    }

    [Fact]
    public async Task A_person_s_edit_is_kept_until_the_file_says_the_same()
    {
        await StartAsync(Row("X-1", "02/11/2026"), Row("X-2", "03/11/2026"));
        var stored = await StoredAsync("X-2");
        await _driver.Sessions.TryReplaceAsync(stored, stored.Value with { Room = "Salle 7", EditedByHand = true }, Cancellation);

        var kept = await ImportAsync(Row("X-1", "02/11/2026"), Row("X-2", "03/11/2026"));
        kept.Lines.Single().Code.ShouldBe("edited-by-hand");
        (await StoredAsync("X-2")).Value.Room.ShouldBe("Salle 7");

        var agreed = await ImportAsync(Row("X-1", "02/11/2026"), Row("X-2", "03/11/2026", room: "Salle 7"));
        agreed.Lines.ShouldBeEmpty();
        agreed.Planning.Unchanged.ShouldBe(2);

        var followed = await ImportAsync(Row("X-1", "02/11/2026"), Row("X-2", "03/11/2026", room: "Salle 8"));
        followed.Changes.Updated.ShouldBe(["X-2"], "from then on the file is followed again");
    }

    [Fact]
    public async Task A_change_dated_today_is_applied_and_flagged()
    {
        await StartAsync(Row("X-1", "02/11/2026"), Row("X-2", "03/11/2026"), Row("X-3", "04/11/2026"));
        _driver.Time.SetUtcNow(new DateTimeOffset(2026, 11, 3, 6, 0, 0, TimeSpan.Zero));

        var report = await ImportAsync(
            Row("X-1", "02/11/2026", "09:30"), Row("X-3", "04/11/2026"), Row("X-4", "03/11/2026", "13:30", "17:00"));

        report.Lines.Select(l => (l.Line, l.Ref, l.Code, l.Severity)).ShouldBe(
            [(4, "X-4", "late-planning", ImportSeverity.Warning), (0, "X-2", "late-planning", ImportSeverity.Warning)]);
        (report.Planning.Created, report.Planning.Updated, report.Planning.Cancelled).ShouldBe((1, 1, 1));
        (await StoredAsync("X-4")).Value.LatePlanning.ShouldBeTrue("the Région's anomalies read it from the Session");
        (await StoredAsync("X-2")).Value.LatePlanning.ShouldBeTrue();
        (await StoredAsync("X-1")).Value.LatePlanning.ShouldBeFalse("yesterday's change is another matter");
    }

    [Fact]
    public async Task A_file_with_fewer_than_half_of_what_it_replaces_is_refused_whole_unless_forced()
    {
        string[] all = [.. Enumerable.Range(2, 9).Select(d => Row($"X-{d}", $"{d:D2}/11/2026"))];
        await StartAsync(all);
        string[] cut = [all[0], all[^1], all[1], all[2]];
        var files = new[]
        {
            ImportDriver.Text("planning.csv", [Heading, .. cut]),
            ImportDriver.Text("formateurs.csv", "formateur_ref;nom;prenom", "F9;Neuf;Zoé"),
        };

        var refused = await _driver.RunAsync(files);
        refused.Refusal!.Code.ShouldBe("import-truncated");
        (refused.Refusal.Args!["inFile"], refused.Refusal.Args["replaced"]).ShouldBe(("4", "9"));
        (await _driver.Trainers.FindAsync(_driver.Organisation.Id, Reference.Parse("F9"), Cancellation)).ShouldBeNull(
            "nothing of it is written");

        (await _driver.RunAsync(files, force: true)).Value!.Planning.Cancelled.ShouldBe(5);
    }

    [Fact]
    public async Task A_trainer_a_room_and_a_learner_of_another_training_at_the_same_time_are_reported()
    {
        await StartAsync(Row("Y-1", "03/11/2026", action: "A2", group: "G2"));

        var report = await ImportAsync(Row("X-1", "03/11/2026", "11:00", "12:30"));

        report.Lines.Select(l => l.Code).ShouldBe(["trainer-overlap", "room-overlap", "learner-overlap"]);
        report.Lines[0].Text.ShouldContain("Y-1");
    }

    [Fact]
    public async Task Two_imports_at_the_same_moment_leave_one_planning()
    {
        await StartAsync(Row("X-1", "02/11/2026"));
        string[] rows = [.. Enumerable.Range(1, 250).Select(
            i => Row($"Z-{i}", $"{2 + (i % 25):D2}/11/2026", $"{8 + (i % 4):D2}:00", room: $"Salle {i}"))];

        var reports = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => ImportAsync(rows)));

        reports.ShouldAllBe(r => r.Planning.Rejected == 0);
        (await _driver.StoredAsync()).Count(s => s.Value.State == SessionState.Planned).ShouldBe(250);
        (await ImportAsync(rows)).Planning.Unchanged.ShouldBe(250);
    }

    private async Task StartAsync(params string[] rows) =>
        (await _driver.RunAsync([.. AllPeople(), ImportDriver.Text("planning.csv", [Heading, .. rows])])).IsOk.ShouldBeTrue();

    private async Task<ImportReport> ImportAsync(params string[] rows) =>
        (await _driver.RunAsync([ImportDriver.Text("planning.csv", [Heading, .. rows])])).Value!;

    private async Task<Stored<Session>> StoredAsync(string reference) =>
        (await _driver.StoredAsync()).Single(s => s.Value.Id.Reference.Value == reference);

    private async Task<SessionState> StateAsync(string reference) => (await StoredAsync(reference)).Value.State;
}
