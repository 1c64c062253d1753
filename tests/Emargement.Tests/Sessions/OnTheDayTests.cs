using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Sessions;
using Emargement.Functions.Sessions.Hand;
using Emargement.Tests.Signing;

namespace Emargement.Tests.Sessions;

/// <summary>What people change of a half-day on its day: who comes, who teaches, when it ends.</summary>
public sealed class OnTheDayTests
{
    private static readonly Reference Guest = HalfDayWorld.Ref(9);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_added_while_it_is_open_signs_is_counted_and_stays_in_the_evidence()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.KnowAsync(9);
        await world.OpenAsync();
        (await world.ScanAsync(9)).ShouldBeRefused("not-enrolled");
        (await RosterAsync(world, Add(Guest))).ShouldBeRefused("funder-missing");

        (await RosterAsync(world, Add(Guest, "OPCO"))).ShouldBeOk().Expected.ShouldBeTrue();
        (await RosterAsync(world, Add(Guest, "OPCO"))).ShouldBeOk();
        await world.SignAsync(9);

        var live = await world.LiveAsync();
        (live.Expected, live.SignedCount).ShouldBe((4, 1));
        live.Learners.Single(l => l.Learner == Guest).LastName.ShouldBe("Nom009");
        (await RosterAsync(world, new RosterRequest("Erreur", Remove: Guest))).ShouldBeRefused("learner-signed");
        (await world.CloseAsync()).ShouldBeOk().Expected.ShouldBe(4);
        (await world.FactsAsync()).OfType<Rostered>().ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            r => r.Funder.ShouldBe("OPCO"), r => r.By.ShouldBe("manager:M1"), r => r.Reason.ShouldBe("Rattrapage"));
    }

    [Fact]
    public async Task A_person_taken_off_is_not_expected_and_cannot_sign_until_added_again()
    {
        await using var world = await HalfDayWorld.StartAsync();
        (await RosterAsync(world, new RosterRequest("Dispensé", Remove: HalfDayWorld.Ref(1)))).ShouldBeOk().Expected.ShouldBeFalse();
        await world.OpenAsync();

        (await world.ScanAsync(1)).ShouldBeRefused("not-enrolled");
        (await world.LiveAsync()).Expected.ShouldBe(2);
        world.Time.Advance(TimeSpan.FromSeconds(1));
        (await RosterAsync(world, Add(HalfDayWorld.Ref(1)), world.Trainer())).ShouldBeOk();
        await world.SignAsync(1);
        (await world.CloseAsync()).ShouldBeOk().Expected.ShouldBe(3);
        (await world.FactsAsync()).OfType<NotSigned>().Select(f => f.Learner.Value).ShouldBe(["L0", "L2"]);
    }

    [Fact]
    public async Task Once_closed_a_person_is_added_with_what_their_attendance_was_and_only_so()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.KnowAsync(9);
        var there = new AddedCorrection(AttendanceMark.Present, Method: SigningMethod.Paper);
        (await RosterAsync(world, Add(Guest, "REGION", there))).ShouldBeRefused("session-not-closed");
        await world.OpenAsync();
        await world.CloseAsync();

        (await RosterAsync(world, Add(Guest, "REGION"))).ShouldBeRefused("session-closed");
        (await RosterAsync(world, Add(Guest, "REGION", there), world.Trainer())).ShouldBeRefused("session-closed");
        (await RosterAsync(world, Add(Guest, "REGION", there))).ShouldBeOk().Seal.ShouldNotBeNull();

        (await world.LiveAsync()).Learners.Single(l => l.Learner == Guest).Status.ShouldBe(AttendanceStatus.Present);
    }

    [Fact]
    public async Task Another_process_shows_within_one_look_who_was_added_here_and_what_was_changed()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.KnowAsync(9);
        await using var elsewhere = world.Elsewhere();
        await world.OpenAsync();
        (await elsewhere.LiveAsync()).Expected.ShouldBe(3);
        world.Time.Advance(TimeSpan.FromSeconds(1));

        (await RosterAsync(world, Add(Guest, "OPCO"))).ShouldBeOk();
        (await EditAsync(world, new SessionPatch(Room: "Salle 9", Reason: "Panne"))).ShouldBeOk();

        var live = await elsewhere.LiveAsync();
        (live.Expected, live.Session.Room).ShouldBe((4, "Salle 9"));
    }

    [Fact]
    public async Task Once_somebody_signed_only_a_manager_moves_the_end_and_nobody_the_start()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();
        (await EditAsync(world, new SessionPatch(Date: new DateOnly(2026, 11, 24), Reason: "Erreur"))).ShouldBeRefused("session-open");
        (await EditAsync(world, new SessionPatch(Start: new TimeOnly(9, 5), Reason: "Bus"))).ShouldBeOk();
        world.Time.SetUtcNow(Example.At("08:40:00"));
        await world.SignAsync(1);
        (await world.LiveAsync()).Learners[1].LateMinutes.ShouldBe(35);

        (await EditAsync(world, new SessionPatch(Start: new TimeOnly(9, 30), Reason: "Bus"))).ShouldBeRefused("session-signed");
        (await CancelAsync(world)).ShouldBeRefused("session-signed");
        (await EditAsync(world, new SessionPatch(End: new TimeOnly(9, 30), Reason: "Alerte"))).ShouldBeOk();

        await world.CloseAsync();
        var stored = await StoredAsync(world);
        var attendance = Attendance.Of(
            stored.PlannedMinutes, (await world.FactsAsync()).Where(f => f.About == HalfDayWorld.Ref(1)));
        (attendance.Planned, attendance.Done + attendance.Late).ShouldBe((25, 25), "no minutes beyond the new span");
        (await EditAsync(world, new SessionPatch(Room: "Salle 9", Reason: "Panne"))).ShouldBeRefused("session-closed");
        stored.LatePlanning.ShouldBeTrue();
    }

    [Fact]
    public async Task An_open_session_that_nobody_signed_is_cancelled_and_takes_no_signature_from_then_on()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();
        var ticket = await world.TicketAsync(1);

        (await CancelAsync(world)).ShouldBeOk().Session.Key.IsEmpty.ShouldBeTrue();

        (await world.SignAsync(ticket, world.Learner(1))).IsOk.ShouldBeFalse();
        var again = (await world.Get<RestoreSession>().RunAsync(
            world.Org, world.Id, new HandRequest("Elle a lieu"), (await world.Get<SessionsTable>().FindAsync(
                world.Org, world.Id, Cancellation))!.ETag, world.Manager(), Cancellation)).ShouldBeOk();
        again.Session.Id.Reference.Value.ShouldStartWith("M-");
        (await StoredAsync(world)).State.ShouldBe(SessionState.Cancelled, "its facts are its own");
    }

    [Fact]
    public async Task An_edit_that_stopped_after_the_row_has_its_fact_in_the_evidence_once_it_is_closed()
    {
        var edit = new SessionEdit(1, Example.At("07:40:00"), "manager:M1", EditedField.Room, null, "Salle 9", "Panne");
        await using var world = await HalfDayWorld.StartAsync(change: s => s with { EditedByHand = true, Edits = [edit] });
        (await world.FactsAsync()).ShouldBeEmpty();

        await world.OpenAsync();
        await world.CloseAsync();

        (await world.FactsAsync()).OfType<Edited>().ShouldBe([edit.ToFact()]);
    }

    [Fact]
    public async Task A_colleague_takes_over_a_session_that_nobody_opened_and_the_planned_trainer_has_it_no_more()
    {
        await using var world = await HalfDayWorld.StartAsync(change: s => s with { Start = Example.At("08:06:00") });
        (await TakeOverAsync(world, "F2")).ShouldBeRefused("takeover-refused");
        world.Time.SetUtcNow(Example.At("07:51:00"));

        (await TakeOverAsync(world, "F2")).ShouldBeOk();
        (await TakeOverAsync(world, "F2")).ShouldBeOk().Session.Edits.Count.ShouldBe(1, "it is theirs already");

        (await world.Get<OpenSession>().RunAsync(world.Org, world.Id, world.Trainer(), Cancellation)).ShouldBeRefused("not-your-session");
        (await world.Get<OpenSession>().RunAsync(world.Org, world.Id, world.Trainer("F2"), Cancellation)).ShouldBeOk();
        (await TakeOverAsync(world, "F3")).ShouldBeRefused("takeover-refused");
        (await StoredAsync(world)).EditedByHand.ShouldBeTrue("which the manager sees as an anomaly until it is confirmed");
    }

    [Fact]
    public async Task No_trainer_takes_over_where_the_organisation_says_so()
    {
        await using var world = await HalfDayWorld.StartAsync(settings: o => o with { TrainersMayTakeOver = false });
        (await TakeOverAsync(world, "F2")).ShouldBeRefused("takeover-refused");
    }

    [Fact]
    public async Task The_planned_trainer_countersigns_what_a_manager_closed_once()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();
        (await CountersignAsync(world, "F1")).ShouldBeRefused("session-not-closed");
        await world.CloseAsync(world.Manager());
        Countersigned.IsWanted(await StoredAsync(world), await world.FactsAsync()).ShouldBeTrue();
        (await CountersignAsync(world, "F2")).ShouldBeRefused("countersign-not-yours");

        world.Calls.Reset();
        var clicks = await Task.WhenAll(CountersignAsync(world, "F1"), CountersignAsync(world, "F1"));
        world.Calls.Made.Count.ShouldBeLessThanOrEqualTo(7, "for each: the session, its facts, one insert; for the second what stood");
        var first = clicks[0].ShouldBeOk();
        clicks[1].ShouldBeOk().ShouldBe(first);
        world.Time.Advance(TimeSpan.FromMinutes(1));
        (await CountersignAsync(world, "F1")).ShouldBeOk().Fact.ShouldBe(first.Fact);

        first.Seal.ShouldNotBeNull();
        Countersigned.IsWanted(await StoredAsync(world), await world.FactsAsync()).ShouldBeFalse();
    }

    private static RosterRequest Add(Reference learner, string? funder = null, AddedCorrection? correction = null) =>
        new("Rattrapage", new AddedPerson(learner, funder, correction));

    private static Task<Result<RosterChanged>> RosterAsync(HalfDayWorld world, RosterRequest request, Caller? caller = null) =>
        world.Get<ChangeRoster>().RunAsync(world.Org, world.Id, request, caller ?? world.Manager(), Cancellation);

    private static Task<Result<EditedSession>> TakeOverAsync(HalfDayWorld world, string trainer) =>
        world.Get<TakeOverSession>().RunAsync(world.Org, world.Id, world.Trainer(trainer), Cancellation);

    private static Task<Result<Recorded<Countersigned>>> CountersignAsync(HalfDayWorld world, string trainer) =>
        world.Get<CountersignSession>().RunAsync(
            world.Org, world.Id, new CountersignRequest(TypedName: "Anne Roux"), world.Trainer(trainer), Cancellation);

    private static async Task<Result<EditedSession>> EditAsync(HalfDayWorld world, SessionPatch patch) =>
        await world.Get<EditSession>().RunAsync(
            world.Org, world.Id, patch, (await world.Get<SessionsTable>().FindAsync(world.Org, world.Id, Cancellation))!.ETag,
            world.Manager(), Cancellation);

    private static async Task<Result<EditedSession>> CancelAsync(HalfDayWorld world) =>
        await world.Get<CancelSession>().RunAsync(
            world.Org, world.Id, new HandRequest("Salle fermée"),
            (await world.Get<SessionsTable>().FindAsync(world.Org, world.Id, Cancellation))!.ETag, world.Manager(), Cancellation);

    private static async Task<Session> StoredAsync(HalfDayWorld world) =>
        (await world.Get<SessionsTable>().FindAsync(world.Org, world.Id, Cancellation))!.Value;
}
