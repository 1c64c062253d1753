using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Sessions.Hand;
using Emargement.Tests.Signing;
using static Emargement.Tests.Planning.SmallPlanning;

namespace Emargement.Tests.Planning.Hand;

/// <summary>The planning of a half-day changed by hand, and what the next import makes of it.</summary>
public sealed class EditSessionTests
{
    private const string X2 = "20261103-1-X-2";

    private readonly ImportDriver _driver = new();
    private readonly HandDesk _desk;

    public EditSessionTests() => _desk = new HandDesk(_driver);

    private static string[] Planning => [Row("X-1", "02/11/2026"), Row("X-2", "03/11/2026"), Row("X-3", "04/11/2026")];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_change_says_who_when_and_why_and_stands_above_the_file_until_both_agree()
    {
        await _desk.StartAsync(Planning);

        var edited = (await _desk.EditAsync(X2, new SessionPatch(Room: "Salle 7", Reason: "Salle occupée"))).ShouldBeOk();

        edited.Session.ShouldSatisfyAllConditions(
            s => s.Room.ShouldBe("Salle 7"),
            s => s.EditedByHand.ShouldBeTrue(),
            s => s.LatePlanning.ShouldBeFalse(),
            s => s.Edits.ShouldBe(
                [new SessionEdit(1, _driver.Time.GetUtcNow(), "manager:M1", EditedField.Room, "Salle 1", "Salle 7", "Salle occupée")]));
        (await _desk.StoredAsync(X2)).ETag.ShouldBe(edited.Stored.ETag, "the answer has the version for the next change");
        (await _desk.FactsAsync(X2)).ShouldBe([edited.Session.Edits[0].ToFact()]);

        (await _desk.ImportAsync(Planning)).Lines.ShouldHaveSingleItem().Code.ShouldBe("edited-by-hand");
        var agreed = await _desk.ImportAsync(Planning[0], Row("X-2", "03/11/2026", room: "Salle 7"), Planning[2]);
        agreed.Lines.ShouldBeEmpty();
        agreed.Planning.Unchanged.ShouldBe(3);
        (await _desk.StoredAsync(X2)).Value.ShouldSatisfyAllConditions(
            s => s.EditedByHand.ShouldBeFalse(), s => s.Edits.Count.ShouldBe(1));
        (await _desk.ImportAsync(Planning)).Changes.Updated.ShouldBe(["X-2"], "from then on the file is followed");
        (await _desk.EditAsync(X2, new SessionPatch(Room: "Salle 8", Reason: "Travaux"))).ShouldBeOk().Session.Edits[^1].N.ShouldBe(2);
    }

    [Fact]
    public async Task The_same_change_again_changes_nothing_and_an_old_version_is_refused()
    {
        await _desk.StartAsync(Planning);
        var first = (await _desk.StoredAsync(X2)).ETag;
        var patch = new SessionPatch(Room: "Salle 7", Reason: "Salle occupée");
        var edited = (await _desk.EditAsync(X2, patch, version: first)).ShouldBeOk();

        (await _desk.EditAsync(X2, patch, version: first)).ShouldBeOk().Stored.ETag.ShouldBe(edited.Stored.ETag);
        (await _desk.EditAsync(X2, patch with { Room = "Salle 9" }, version: first)).ShouldBeRefused("changed-meanwhile");
        (await _desk.EditAsync(X2, patch with { Reason = " " })).ShouldBeRefused("reason-missing");
    }

    [Theory]
    [InlineData("2026-11-05", null, null, "20261105-1-X-2", "another day")]
    [InlineData(null, "14:00", "17:00", "20261103-2-X-2", "the afternoon")]
    [InlineData("2026-12-04", null, null, "20261204-1-X-2", "another month")]
    [InlineData(null, "09:30", "11:00", X2, "the same half-day")]
    public async Task Hours_of_another_half_day_move_it_and_leave_the_old_row_behind(
        string? date, string? start, string? end, string id, string why)
    {
        await _desk.StartAsync(Planning);
        var patch = new SessionPatch(Day(date), Time(start), Time(end), Reason: "Salle occupée");

        var edited = (await _desk.EditAsync(X2, patch)).ShouldBeOk();

        edited.Session.Id.ToString().ShouldBe(id, why);
        (await _desk.LiveAsync()).Select(s => s.Id.ToString()).ShouldBe(["20261102-1-X-1", id, "20261104-1-X-3"], ignoreOrder: true);
        (await _desk.FactsAsync(id)).OfType<Edited>().Count().ShouldBe(edited.Session.Edits.Count);
        if (id != X2)
        {
            edited.MovedFrom.ShouldBe(SessionId.Parse(X2));
            (await _desk.StoredAsync(X2)).Value.ShouldSatisfyAllConditions(
                s => s.State.ShouldBe(SessionState.Cancelled), s => s.MovedTo.ShouldBe(SessionId.Parse(id)), s => s.Start.Hour.ShouldBe(8));
            (await _desk.EditAsync(X2, patch)).ShouldBeOk().Stored.ETag.ShouldBe(edited.Stored.ETag, "and asked again, it is there");
        }

        var kept = await _desk.ImportAsync(Planning);
        kept.Lines.ShouldHaveSingleItem().Code.ShouldBe("edited-by-hand");
        (await _desk.LiveAsync()).Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_session_that_moves_back_takes_its_old_place_again()
    {
        await _desk.StartAsync(Planning);
        (await _desk.EditAsync(X2, new SessionPatch(Day("2026-12-04"), Reason: "Salle occupée"))).ShouldBeOk();
        _driver.Time.Advance(TimeSpan.FromMinutes(1));

        var back = (await _desk.EditAsync("20261204-1-X-2", new SessionPatch(Day("2026-11-03"), Reason: "Salle libre"))).ShouldBeOk();

        back.Session.Id.ToString().ShouldBe(X2);
        back.Session.MovedTo.ShouldBeNull();
        back.Session.Edits.Count.ShouldBe(4);
        (await _desk.LiveAsync()).Count.ShouldBe(3);
        (await _desk.ImportAsync(Planning)).Planning.Unchanged.ShouldBe(3, "both say the same again");
        (await _desk.StoredAsync(X2)).Value.EditedByHand.ShouldBeFalse();
    }

    [Theory]
    [InlineData("2026-11-05")]
    [InlineData("2026-12-04")]
    public async Task A_process_that_is_killed_while_it_moves_a_session_leaves_it_neither_twice_nor_lost(string date)
    {
        await _desk.StartAsync(Planning);
        await _desk.EditAsync("20261102-1-X-1", new SessionPatch(Room: "Salle 2", Reason: "Pour lire ce qui reste en mémoire"));
        var patch = new SessionPatch(Day(date), Room: "Salle 7", Reason: "Salle occupée");
        var version = (await _desk.StoredAsync(X2)).ETag;
        var cuts = 0;
        for (var cut = 1; ; cut++, cuts++)
        {
            _driver.Calls.Reset(cut);
            try
            {
                (await _desk.EditAsync(X2, patch, version: version)).ShouldBeOk();
                break;
            }
            catch (IOException)
            {
                _driver.Calls.Reset();
                (await _desk.LiveAsync()).Count(s => s.SlotRef.Value == "X-2").ShouldBeLessThanOrEqualTo(1, $"cut after {cut} calls");
                await _desk.ImportAsync(Planning);
                (await _desk.LiveAsync()).Count(s => s.SlotRef.Value == "X-2").ShouldBe(1, $"cut after {cut} calls, then the night came");
            }
        }

        _driver.Calls.Reset();
        cuts.ShouldBeGreaterThan(2);
        var moved = (await _desk.LiveAsync()).Single(s => s.SlotRef.Value == "X-2");
        (moved.Id.Date, moved.Room).ShouldBe((Day(date)!.Value, "Salle 7"));
        (await _desk.FactsAsync(moved.Id.ToString())).OfType<Edited>().Count().ShouldBe(3);
    }

    [Theory]
    [InlineData("09:00", "08:00", "end-before-start")]
    [InlineData("08:00", "21:00", "too-long")]
    public async Task Hours_that_nobody_can_work_are_refused_as_in_files(string start, string end, string code)
    {
        await _desk.StartAsync(Planning);
        (await _desk.EditAsync(X2, new SessionPatch(Start: Time(start), End: Time(end), Reason: "Essai"))).ShouldBeRefused(code);
    }

    [Fact]
    public async Task What_is_worth_a_look_is_said_and_never_refused()
    {
        await _desk.StartAsync([.. Planning, Row("Y-1", "11/11/2026", action: "A2", group: "G2")]);

        var edited = (await _desk.EditAsync(X2, new SessionPatch(Day("2026-11-11"), Reason: "Rattrapage"))).ShouldBeOk();

        edited.Warnings.Select(w => w.Code).ShouldBe(["trainer-overlap", "room-overlap", "public-holiday"]);
        edited.Warnings[0].Other!.Id.ToString().ShouldBe("20261111-1-Y-1");
        (await _desk.EditAsync("20261104-1-X-3", new SessionPatch(Day("2026-12-20"), End: Time("17:00"), Reason: "Rattrapage")))
            .ShouldBeOk().Warnings.Select(w => w.Code).ShouldBe(["sunday", "outside-training-dates", "whole-lunch"]);
    }

    [Fact]
    public async Task A_locked_month_takes_no_change_and_none_that_comes_or_goes()
    {
        await _desk.StartAsync(Planning);
        _driver.Organisation = _driver.Organisation with { LockedMonths = [new YearMonth(2026, 12)] };
        var organisations = new Functions.People.OrganisationsTable(_driver.Storage);
        var stored = (await organisations.FindAsync(_driver.Organisation.Id, Cancellation))!;
        await organisations.TryReplaceAsync(stored, _driver.Organisation, Cancellation);

        (await _desk.EditAsync(X2, new SessionPatch(Day("2026-12-04"), Reason: "Salle occupée"))).ShouldBeRefused("month-locked");
        (await _desk.CreateAsync(Another("2026-12-04"))).ShouldBeRefused("month-locked");
    }

    [Fact]
    public async Task A_change_of_the_day_itself_counts_as_late()
    {
        await _desk.StartAsync(Planning);
        _driver.Time.SetUtcNow(new DateTimeOffset(2026, 11, 3, 6, 0, 0, TimeSpan.Zero));

        (await _desk.EditAsync(X2, new SessionPatch(Room: "Salle 7", Reason: "Panne"))).ShouldBeOk().Session.LatePlanning.ShouldBeTrue();
        (await _desk.EditAsync("20261104-1-X-3", new SessionPatch(Room: "Salle 7", Reason: "Panne")))
            .ShouldBeOk().Session.LatePlanning.ShouldBeFalse();
    }

    [Fact]
    public async Task A_machine_is_the_planning_s_owner_and_meets_what_a_person_did()
    {
        await _desk.StartAsync(Planning);

        var pushed = (await _desk.EditAsync(X2, new SessionPatch(Room: "Salle 7"), _desk.Machine)).ShouldBeOk();

        pushed.Session.EditedByHand.ShouldBeFalse();
        (await _desk.ImportAsync(Planning[0], Row("X-2", "03/11/2026", room: "Salle 7"), Planning[2])).Planning.Unchanged.ShouldBe(3);
        await _desk.EditAsync(X2, new SessionPatch(Room: "Salle 8", Reason: "Panne"));
        (await _desk.EditAsync(X2, new SessionPatch(Room: "Salle 9"), _desk.Machine)).ShouldBeRefused("edited-by-hand");
        (await _desk.CancelAsync(X2, _desk.Machine)).ShouldBeRefused("edited-by-hand");
    }

    [Fact]
    public async Task A_cancelled_session_stays_so_whatever_the_file_says_until_a_person_restores_it_or_follows_the_file()
    {
        await _desk.StartAsync(Planning);

        (await _desk.CancelAsync(X2)).ShouldBeOk().Session.Edits[^1].ShouldSatisfyAllConditions(
            e => (e.Field, e.From, e.To, e.Reason).ShouldBe((EditedField.State, "planned", "cancelled", "Formatrice malade")));
        (await _desk.CancelAsync(X2)).ShouldBeOk().Session.Edits.Count.ShouldBe(1, "cancelled once");
        (await _desk.ImportAsync(Planning)).Lines.ShouldHaveSingleItem().Code.ShouldBe("edited-by-hand");
        (await _desk.StoredAsync(X2)).Value.State.ShouldBe(SessionState.Cancelled);

        (await _desk.RestoreAsync(X2)).ShouldBeOk().Session.State.ShouldBe(SessionState.Planned);
        (await _desk.ImportAsync(Planning)).Planning.Unchanged.ShouldBe(3);

        await _desk.CancelAsync(X2);
        (await _desk.FollowAsync(X2)).ShouldBeOk().Session.EditedByHand.ShouldBeFalse();
        (await _desk.ImportAsync(Planning)).Changes.Updated.ShouldBe(["X-2"]);
        (await _desk.StoredAsync(X2)).Value.State.ShouldBe(SessionState.Planned);
    }

    [Fact]
    public async Task Following_the_file_again_lets_the_next_import_undo_an_edit_and_a_move()
    {
        await _desk.StartAsync(Planning);
        await _desk.EditAsync(X2, new SessionPatch(Day("2026-12-04"), Room: "Salle 7", Reason: "Salle occupée"));

        (await _desk.FollowAsync("20261204-1-X-2")).ShouldBeOk();
        var report = await _desk.ImportAsync(Planning);

        report.Changes.Updated.ShouldBe(["X-2"]);
        (await _desk.LiveAsync()).Select(s => (s.Id.ToString(), s.Room)).ShouldBe(
            [("20261102-1-X-1", "Salle 1"), (X2, "Salle 1"), ("20261104-1-X-3", "Salle 1")]);
        (await _desk.ImportAsync(Planning)).Planning.Unchanged.ShouldBe(3);
    }

    [Fact]
    public async Task A_session_created_by_hand_is_created_once_and_no_file_touches_it()
    {
        await _desk.StartAsync(Planning);

        var created = (await _desk.CreateAsync(Another("2026-11-03"))).ShouldBeOk();
        (await _desk.CreateAsync(Another("2026-11-03"))).ShouldBeOk().Session.Id.ShouldBe(created.Session.Id);

        created.Session.Id.Reference.Value.ShouldMatch("^M-[A-Z0-9]{8}$");
        (created.Session.Source, created.Session.Id.HalfDay).ShouldBe(("manual", HalfDay.Afternoon));
        (await _desk.ImportAsync(Planning)).Lines.ShouldBeEmpty();
        (await _desk.LiveAsync()).Count.ShouldBe(4);

        await _desk.CancelAsync(created.Session.Id.ToString());
        (await _desk.CreateAsync(Another("2026-11-03"))).ShouldBeOk().Session.Id.ShouldNotBe(created.Session.Id);
    }

    [Theory]
    [InlineData("A9", "G1", "F1", "training-unknown")]
    [InlineData("A1", "G9", "F1", "group-unknown")]
    [InlineData("A1", "G1", "F9", "trainer-unknown")]
    public async Task A_new_session_names_what_is_there(string training, string group, string trainer, string code)
    {
        await _desk.StartAsync(Planning);
        (await _desk.CreateAsync(Another("2026-11-03") with { Training = Reference.Parse(training), Group = group, Trainer = trainer }))
            .ShouldBeRefused(code);
    }

    [Fact]
    public async Task An_edit_reads_once_replaces_once_and_inserts_once()
    {
        await _desk.StartAsync(Planning);
        await _desk.EditAsync("20261102-1-X-1", new SessionPatch(Room: "Salle 2", Reason: "Panne"));
        var version = (await _desk.StoredAsync(X2)).ETag;
        _driver.Calls.Reset();

        (await _desk.EditAsync(X2, new SessionPatch(Room: "Salle 7", Reason: "Panne"), version: version)).ShouldBeOk();

        _driver.Calls.Count.ShouldBe(5, "read, replaced, its fact, the mark of its month, and the days around it for the warnings");
    }

    private static NewSession Another(string date) => new(
        Reference.Parse("A1"), "G1", Day(date)!.Value, new TimeOnly(13, 30), new TimeOnly(17, 0), Modality.Centre, "F1", Room: "Salle 1",
        Reason: "Rattrapage");

    private static DateOnly? Day(string? text) =>
        text is null ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static TimeOnly? Time(string? text) =>
        text is null ? null : TimeOnly.ParseExact(text, "HH:mm", System.Globalization.CultureInfo.InvariantCulture);
}
