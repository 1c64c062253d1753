using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Domain.Signing;
using Emargement.Functions.Sessions;
using Emargement.Tests.Signing;

namespace Emargement.Tests.Sessions;

public sealed class SessionUseCasesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_trainer_opens_the_own_session_and_finds_the_same_key_again()
    {
        await using var world = await HalfDayWorld.StartAsync();

        var first = (await OpenAsync(world, world.Trainer())).ShouldBeOk();
        world.Time.Advance(TimeSpan.FromHours(2));
        var again = (await OpenAsync(world, world.Manager())).ShouldBeOk();

        first.Session.Key.Length.ShouldBe(PresenceCode.KeyLength);
        again.Session.Key.ToArray().ShouldBe(first.Session.Key.ToArray());
        again.ServerTime.ShouldBe(Example.At("09:50:00"));
        (await world.FactsAsync()).OfType<Opened>().ShouldHaveSingleItem().At.ShouldBe(Example.At("07:50:00"));
    }

    [Fact]
    public async Task An_opening_cut_short_before_its_fact_is_completed_by_the_retry()
    {
        await using var world = await HalfDayWorld.StartAsync(
            change: s => s with { State = SessionState.Open, OpenedAt = Example.At("07:46:00"), Key = Example.Key });

        (await OpenAsync(world, world.Trainer())).ShouldBeOk().Session.Key.ToArray().ShouldBe(Example.Key);

        (await world.FactsAsync()).OfType<Opened>().ShouldHaveSingleItem().At.ShouldBe(Example.At("07:46:00"));
    }

    [Fact]
    public async Task Another_trainer_neither_opens_nor_sees_nor_closes_it()
    {
        await using var world = await HalfDayWorld.StartAsync();
        (await OpenAsync(world, world.Trainer("F2"))).ShouldBeRefused("not-your-session");
        await world.OpenAsync();

        (await world.Get<WatchSession>().RunAsync(
            world.Org, world.Id, world.Trainer("F2"), Cancellation)).ShouldBeRefused("not-your-session");
        (await world.Get<WatchSession>().RunAsync(world.Org, world.Id, world.Learner(1), Cancellation)).ShouldBeRefused("not-your-session");
        (await world.CloseAsync(world.Trainer("F2"))).ShouldBeRefused("not-your-session");
        (await MarkAsync(
            world, new MarkRequest(HalfDayWorld.Ref(1), AttendanceMark.Present), world.Trainer("F2"))).ShouldBeRefused("not-your-session");
    }

    [Fact]
    public async Task The_live_view_tells_who_signed_who_is_late_and_which_device_two_people_share()
    {
        await using var world = await HalfDayWorld.StartAsync(learners: 4);
        (await world.LiveAsync()).Session.State.ShouldBe(SessionState.Planned);
        await world.OpenAsync();
        world.Time.SetUtcNow(Example.At("08:30:00"));
        await world.SignAsync(await world.TicketAsync(0), world.Learner(0), device: "one");
        await world.SignAsync(await world.TicketAsync(1), world.Learner(1), device: "one");
        await world.SignAsync(await world.TicketAsync(2), world.Learner(2), device: "two");
        (await MarkAsync(world, new MarkRequest(HalfDayWorld.Ref(2), AttendanceMark.LeftEarly, 45, "Médecin"))).ShouldBeOk();

        var live = await world.LiveAsync();

        (live.Session.State, live.SignedCount, live.Expected, live.Closed).ShouldBe((SessionState.Open, 3, 4, null));
        live.Learners.Select(l => (l.Status, l.LateMinutes, l.LeftEarlyMinutes, l.SharedDevice)).ShouldBe(
        [
            (AttendanceStatus.Late, 30, 0, true),
            (AttendanceStatus.Late, 30, 0, true),
            (AttendanceStatus.Late, 30, 45, false),
            (AttendanceStatus.NotSigned, 0, 0, false),
        ]);
        live.Learners[2].Reason.ShouldBe("Médecin");
    }

    [Fact]
    public async Task Each_sees_the_own_sessions_of_the_day()
    {
        await using var world = await HalfDayWorld.StartAsync();
        var sessions = world.Get<SessionsTable>();
        await sessions.TryInsertAsync(Other("20261123-2-S2", s => s with { TrainerRef = Reference.Parse("F2") }), Cancellation);
        await sessions.TryInsertAsync(Other("20261123-2-S3", s => s with { Group = "G9" }), Cancellation);
        await sessions.TryInsertAsync(Other("20261123-3-S4", s => s with { State = SessionState.Cancelled }), Cancellation);
        await sessions.TryInsertAsync(
            Other("20261124-1-S5", s => s with { Start = s.Start.AddDays(1), End = s.End.AddDays(1) }), Cancellation);
        await world.OpenAsync();
        await world.SignAsync(1);

        (await ListAsync(world, world.Trainer())).ShouldBe(["20261123-1-S1", "20261123-2-S3", "20261123-3-S4"]);
        (await ListAsync(world, world.Trainer("F2"))).ShouldBe(["20261123-2-S2"]);
        (await ListAsync(world, world.Manager())).ShouldBe(["20261123-1-S1", "20261123-2-S2", "20261123-2-S3", "20261123-3-S4"]);
        (await ListAsync(world, world.Learner(1))).ShouldBe(["20261123-1-S1 signed", "20261123-2-S2"]);
        (await ListAsync(world, world.Learner(9))).ShouldBeEmpty();
        (await ListAsync(world, world.Manager(), new DateOnly(2026, 11, 24))).ShouldBe(["20261124-1-S5"]);
    }

    [Theory]
    [InlineData(AttendanceMark.Late, 12, "Bus", null)]
    [InlineData(AttendanceMark.Late, null, null, "mark-minutes")]
    [InlineData(AttendanceMark.Late, 0, null, "mark-minutes")]
    [InlineData(AttendanceMark.LeftEarly, 211, null, "mark-minutes")]
    [InlineData(AttendanceMark.Present, 5, null, "mark-minutes")]
    [InlineData(AttendanceMark.AbsentJustified, null, "Arrêt de travail", null)]
    [InlineData(AttendanceMark.AbsentJustified, null, "a\nb", null)]
    [InlineData(AttendanceMark.AbsentJustified, null, "a\uFFFDb", "reason-invalid")]
    public async Task A_mark_has_minutes_where_they_are_counted_and_a_plain_reason(
        AttendanceMark mark, int? minutes, string? reason, string? refusal)
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();

        (await MarkAsync(world, new MarkRequest(HalfDayWorld.Ref(1), mark, minutes, reason))).Refusal?.Code.ShouldBe(refusal);
    }

    [Fact]
    public async Task Marks_are_for_enrolled_learners_while_it_is_open()
    {
        await using var world = await HalfDayWorld.StartAsync();
        var present = new MarkRequest(HalfDayWorld.Ref(1), AttendanceMark.Present);
        (await MarkAsync(world, present)).ShouldBeRefused("session-not-open");
        await world.OpenAsync();
        (await MarkAsync(world, present with { Learner = HalfDayWorld.Ref(50) })).ShouldBeRefused("not-enrolled");
        await world.CloseAsync();
        (await MarkAsync(world, present)).ShouldBeRefused("session-closed");
    }

    [Fact]
    public async Task A_mark_sent_twice_is_one_unless_the_learner_signed_between()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();
        var absent = new MarkRequest(HalfDayWorld.Ref(1), AttendanceMark.AbsentUnjustified);
        var first = (await MarkAsync(world, absent)).ShouldBeOk();
        world.Time.Advance(TimeSpan.FromSeconds(1));
        (await MarkAsync(world, absent)).ShouldBeOk().ShouldBe(first);

        await world.SignAsync(1);
        world.Time.Advance(TimeSpan.FromSeconds(1));
        (await MarkAsync(world, absent)).ShouldBeOk().ShouldNotBe(first);

        (await world.FactsAsync()).OfType<Marked>().Count().ShouldBe(2);
        (await world.LiveAsync()).Learners[1].Status.ShouldBe(AttendanceStatus.AbsentUnjustified);
    }

    [Fact]
    public async Task Closing_makes_the_unsigned_absent_and_starts_the_sealing()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();
        await world.SignAsync(1);
        await MarkAsync(world, new MarkRequest(HalfDayWorld.Ref(2), AttendanceMark.AbsentJustified, Reason: "Arrêt de travail"));
        world.Time.SetUtcNow(Example.At("11:32:00"));

        var closed = (await world.CloseAsync()).ShouldBeOk();

        (closed.HeadCount, closed.Expected, closed.SignedCount, closed.TypedName).ShouldBe((3, 3, 1, "Anne Roux"));
        var live = await world.LiveAsync();
        live.Session.State.ShouldBe(SessionState.Closed);
        live.Learners.Select(l => l.Status)
            .ShouldBe([AttendanceStatus.AbsentUnjustified, AttendanceStatus.Present, AttendanceStatus.AbsentJustified]);
        (await world.Get<SessionsTable>().FindAsync(world.Org, world.Id, Cancellation))!.Value.ShouldSatisfyAllConditions(
            s => s.State.ShouldBe(SessionState.Closed), s => s.ClosedAt.ShouldBe(closed.At), s => s.Key.IsEmpty.ShouldBeTrue());
        world.Starts.Started.ShouldBe(["seal-garonne-20261123-1-S1"]);
    }

    [Fact]
    public async Task A_closing_again_answers_with_the_first_and_seals_again_if_need_be()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();
        var first = (await world.CloseAsync()).ShouldBeOk();
        world.Time.Advance(TimeSpan.FromMinutes(3));

        (await world.CloseAsync(world.Manager())).ShouldBeOk().ShouldBe(first);
        world.Starts.Started.Count.ShouldBe(1);

        world.Starts.Finish(world.Starts.Started[0]);
        (await world.CloseAsync()).ShouldBeOk().ShouldBe(first);
        world.Starts.Started.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_closing_cut_short_after_its_facts_is_completed_by_the_retry()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();
        var closed = new Closed
        {
            At = Example.At("07:55:00"),
            By = "trainer:F1",
            HeadCount = 0,
            Expected = 3,
            SignedCount = 0,
            TypedName = "Anne Roux",
        };
        await world.Get<FactsTable>().TryInsertAllAsync(world.Org, world.Id, [new NewFact(closed)], Cancellation);

        (await world.CloseAsync()).ShouldBeOk().ShouldBe(closed);

        (await world.Get<SessionsTable>().FindAsync(world.Org, world.Id, Cancellation))!.Value.ClosedAt.ShouldBe(closed.At);
    }

    [Fact]
    public async Task Closing_needs_an_open_session_a_head_count_and_a_signature()
    {
        await using var world = await HalfDayWorld.StartAsync();
        (await world.CloseAsync()).ShouldBeRefused("session-not-open");
        await world.OpenAsync();

        (await CloseAsync(world, new CloseRequest(-1, TypedName: "Anne"))).ShouldBeRefused("head-count-invalid");
        (await CloseAsync(world, new CloseRequest(3))).ShouldBeRefused("drawing-missing");
        (await world.FactsAsync()).OfType<Closed>().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_correction_is_a_new_fact_with_its_reason_and_seals_again()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();
        await world.CloseAsync();
        var paper = new CorrectionRequest(HalfDayWorld.Ref(1), AttendanceMark.Present, "Signé sur papier", Method: SigningMethod.Paper);

        var first = (await CorrectAsync(world, paper)).ShouldBeOk();
        world.Time.Advance(TimeSpan.FromMinutes(1));
        (await CorrectAsync(world, paper)).ShouldBeOk().ShouldBe(first);

        (await world.FactsAsync()).OfType<Corrected>().ShouldHaveSingleItem().By.ShouldBe("manager:M1");
        (await world.LiveAsync()).Learners[1].ShouldSatisfyAllConditions(
            l => l.Status.ShouldBe(AttendanceStatus.Present), l => l.Method.ShouldBe(SigningMethod.Paper));

        // The sealing of the closing is under way still: the correction follows under its own name.
        world.Starts.Started.ShouldBe(["seal-garonne-20261123-1-S1", $"seal-garonne-20261123-1-S1-{first.At.UtcTicks}"]);

        world.Time.Advance(TimeSpan.FromMinutes(1));
        (await CorrectAsync(world, paper with { Mark = AttendanceMark.AbsentUnjustified, Method = null })).ShouldBeOk();
        (await CorrectAsync(world, paper)).ShouldBeOk().ShouldNotBe(first);
    }

    [Fact]
    public async Task A_correction_needs_a_closed_session_a_reason_and_an_open_month()
    {
        var paper = new CorrectionRequest(HalfDayWorld.Ref(1), AttendanceMark.Present, "Signé sur papier", Method: SigningMethod.Paper);
        await using var world = await HalfDayWorld.StartAsync();
        (await CorrectAsync(world, paper)).ShouldBeRefused("session-not-closed");
        await world.OpenAsync();
        await world.CloseAsync();
        (await CorrectAsync(world, paper with { Reason = " " })).ShouldBeRefused("reason-missing");
        (await CorrectAsync(world, paper with { Method = SigningMethod.Qr })).ShouldBeRefused("method-not-allowed");
        (await CorrectAsync(world, paper with { Learner = HalfDayWorld.Ref(50) })).ShouldBeRefused("not-enrolled");

        await using var locked = await HalfDayWorld.StartAsync(settings: o => o with { LockedMonths = [new YearMonth(2026, 11)] });
        await locked.OpenAsync();
        await locked.CloseAsync();
        (await CorrectAsync(locked, paper)).ShouldBeRefused("month-locked");
    }

    private static Session Other(string id, Func<Session, Session> change) => change(Example.Morning with { Id = SessionId.Parse(id) });

    private static Task<Result<OpenedSession>> OpenAsync(HalfDayWorld world, Functions.Platform.Access.Caller caller) =>
        world.Get<OpenSession>().RunAsync(world.Org, world.Id, caller, Cancellation);

    private static Task<Result<Marked>> MarkAsync(
        HalfDayWorld world, MarkRequest request, Functions.Platform.Access.Caller? caller = null) =>
        world.Get<MarkLearner>().RunAsync(world.Org, world.Id, request, caller ?? world.Trainer(), Cancellation);

    private static Task<Result<Recorded<Closed>>> CloseAsync(HalfDayWorld world, CloseRequest request) =>
        world.Get<CloseSession>().RunAsync(world.Org, world.Id, request, HalfDayWorld.Network, world.Trainer(), Cancellation);

    private static Task<Result<Corrected>> CorrectAsync(HalfDayWorld world, CorrectionRequest request) =>
        world.SealAfterAsync(world.Get<CorrectAttendance>().RunAsync(world.Org, world.Id, request, world.Manager(), Cancellation));

    private static async Task<IEnumerable<string>> ListAsync(
        HalfDayWorld world, Functions.Platform.Access.Caller caller, DateOnly? day = null) =>
        (await world.Get<ListSessionsOfDay>().RunAsync(world.Org, day, caller, Cancellation)).ShouldBeOk()
            .Select(s => $"{s.Session.Session}{(s.Signed == true ? " signed" : "")}");
}
