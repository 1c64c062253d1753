using Emargement.Domain.Platform;
using Emargement.Domain.Region;
using Emargement.Domain.Sessions;
using static Emargement.Tests.Region.RegionWorld;

namespace Emargement.Tests.Region;

public sealed class RegionAnomaliesTests
{
    [Fact]
    public void An_ordinary_half_day_has_none() =>
        One(s => s, Signs("S1"), Closes()).Codes().ShouldBeEmpty();

    [Theory]
    [InlineData("2026-11-22", "sunday")]
    [InlineData("2026-11-11", "public-holiday")]
    [InlineData("2026-11-01", "outside-training-dates")]
    public void The_day_itself_may_be_in_doubt(string date, string code)
    {
        var day = DateOnly.Parse(date);
        var world = new RegionWorld();
        world.Enrol("S1", "Cœurdoux", periods: [new("REGION", null, null, new DateOnly(2026, 1, 1), null)]);
        world.Session(
            "SE1-M",
            s => s with { Id = s.Id with { Date = day }, Start = At(9, 0, day: day), End = At(12, 30, day: day) },
            Signs("S1", At(9, 1, day: day)),
            Closes());

        world.Write(d => d == new DateOnly(2026, 11, 11)).Codes().ShouldContain(code);
    }

    [Fact]
    public void A_session_that_is_not_closed_says_so_and_so_does_each_unsigned_learner()
    {
        var written = One(s => s with { State = SessionState.Open, ClosedAt = null });

        written.Anomalies.Select(a => (a.Learner?.Value, a.Anomaly.Code)).ShouldBe([(null, "not-closed"), ("S1", "unsigned")]);
    }

    [Fact]
    public void The_trainer_must_sign_and_count_as_many_as_signed()
    {
        One(s => s, Signs("S1"), Closes(drawn: false)).Codes().ShouldBe(["trainer-not-signed"]);
        One(s => s, Signs("S1"), Closes(headCount: 12, signed: 11)).Codes().ShouldBe(["head-count"]);
    }

    [Fact]
    public void Planning_changed_by_hand_or_on_the_day_is_reported() =>
        One(s => s with { EditedByHand = true, LatePlanning = true }, Signs("S1"), Closes()).Codes()
            .ShouldBe(["edited-by-hand", "late-planning"]);

    [Theory]
    [InlineData(8, 44, 59, "signature-outside-window", "before the window")]
    [InlineData(8, 45, 0, null, "the window opens a quarter of an hour before")]
    [InlineData(12, 45, 0, null, "and closes a quarter of an hour after")]
    [InlineData(12, 45, 1, "signature-outside-window", "after it")]
    public void A_signature_belongs_to_its_window(int hour, int minute, int second, string? code, string why) =>
        One(s => s, Signs("S1", At(hour, minute, second)), Closes()).Codes().ShouldBe(code is null ? [] : [code], why);

    [Fact]
    public void A_signature_belongs_to_its_day() =>
        One(s => s, Signs("S1", At(9, 1, day: Monday.AddDays(1))), Closes()).Codes().ShouldBe(["signature-other-day"]);

    [Theory]
    [InlineData(0, 7, null, "the window goes on after midnight")]
    [InlineData(0, 15, "signature-other-day", "and ended at fourteen past")]
    public void The_window_of_a_night_is_of_two_days(int hour, int minute, string? code, string why) =>
        One(
            s => s with { Start = At(22, 0), End = At(23, 59) },
            Signs("S1", At(hour, minute, day: Monday.AddDays(1))),
            Closes()).Codes().ShouldBe(code is null ? [] : [code], why);

    [Fact]
    public void Three_signatures_of_one_device_within_ten_seconds_are_a_series_even_on_the_trainer_s_device()
    {
        var written = new RegionWorld().Enrol("S1", "Cœurdoux").Enrol("S2", "Estève", "OPCO").Enrol("S3", "Haddad")
            .Session("SE1-M", s => s, Tablet("S1", 0), Tablet("S2", 5), Tablet("S3", 10), Closes(3, 3))
            .Write();

        written.Anomalies.Select(a => (a.Learner?.Value, a.Anomaly.Code))
            .ShouldBe([("S1", "signatures-in-series"), ("S3", "signatures-in-series")]);
        One(s => s, Tablet("S1", 0), Tablet("S2", 5), Tablet("S3", 11), Closes()).Codes().ShouldBeEmpty();
    }

    [Fact]
    public void A_device_that_signs_for_two_people_is_reported_without_naming_the_other()
    {
        var written = new RegionWorld().Enrol("S1", "Cœurdoux").Enrol("S2", "Estève", "OPCO")
            .Session("SE1-M", s => s, Signs("S1", device: "d"), Signs("S2", At(9, 5), device: "d"), Closes(2, 2))
            .Write();

        written.Codes().ShouldBe(["device-shared"]);
        written.Text().ShouldNotContain("S2");
    }

    [Fact]
    public void A_drawing_used_again_is_reported() =>
        One(s => s, (Signed)Signs("S1") with { DrawingReused = true }, Closes()).Codes().ShouldBe(["drawing-reused"]);

    [Fact]
    public void Presence_without_signature_and_absence_with_one_are_reported_with_the_correction()
    {
        One(s => s, Missed("S1"), Closes(0, 0), Corrects(AttendanceMark.Present)).Codes()
            .ShouldBe(["present-without-signature", "corrected"]);
        One(s => s, Signs("S1"), Closes(), Corrects(AttendanceMark.AbsentUnjustified)).Codes()
            .ShouldBe(["signed-then-absent", "corrected"]);
    }

    [Fact]
    public void One_trainer_in_two_places_and_two_groups_in_one_room_are_seen_even_when_the_Region_pays_only_one()
    {
        var written = new RegionWorld().Enrol("S1", "Cœurdoux").Enrol("S2", "Estève", "OPCO", group: "G2")
            .Enrol("S3", "Haddad", "OPCO", group: "G3")
            .Session("SE1-M", s => s, Signs("S1"), Closes())
            .Session(
                "SE2-M",
                s => s with { Id = s.Id with { Reference = Ref("SE2-M") }, Group = "G2", TrainerRef = Ref("F2") },
                Signs("S2"),
                Closes())
            .Session(
                "SE3-M", s => s with { Id = s.Id with { Reference = Ref("SE3-M") }, Group = "G3", Room = "102" }, Signs("S3"), Closes())
            .Write();

        written.Anomalies.Select(a => (a.Session.Reference.Value, a.Anomaly.Code))
            .ShouldBe([("SE1-M", "trainer-overlap"), ("SE1-M", "room-overlap")]);
    }

    [Fact]
    public void A_learner_present_twice_at_once_is_reported_in_both()
    {
        var written = new RegionWorld().Enrol("S1", "Cœurdoux").Enrol("S1", "Cœurdoux", training: "A2")
            .Session("SE1-M", s => s, Signs("S1"), Closes())
            .Session(
                "SE2-M",
                s => s with { Id = s.Id with { Reference = Ref("SE2-M") }, TrainingRef = Ref("A2"), TrainerRef = null, Room = null },
                Signs("S1"),
                Closes())
            .Write();

        written.Codes("S1").ShouldBe(["learner-overlap", "learner-overlap"]);
        written.Anomalies.Select(a => a.Anomaly.Text).Distinct().ShouldHaveSingleItem()
            .ShouldContain("à la séance SE1-M du 2026-11-23 et à la séance SE2-M du 2026-11-23");
        written.Summary.Select(s => (s.Training.Value, s.Planned.Centre, s.Done.Centre)).ShouldBe([("A1", 210, 210), ("A2", 0, 0)]);
    }

    [Fact]
    public void A_learner_of_two_groups_who_is_present_in_one_is_not_absent_in_the_other()
    {
        var written = new RegionWorld().Enrol("S1", "Cœurdoux").Enrol("S1", "Cœurdoux", training: "A2")
            .Session("SE1-M", s => s, Missed("S1"), Closes(0, 0))
            .Session(
                "SE2-M",
                s => s with
                {
                    Id = s.Id with { Reference = Ref("SE2-M") },
                    TrainingRef = Ref("A2"),
                    TrainerRef = null,
                    Room = null,
                    Start = At(10, 30),
                },
                Signs("S1", At(10, 31)),
                Closes())
            .Write();

        // Two hours are shared: what is left of the first is what was before them.
        written.Summary.Select(s => (s.Training.Value, s.Planned.Centre, s.Done.Centre, s.Unjustified))
            .ShouldBe([("A1", 90, 0, 90), ("A2", 120, 120, 0)]);
    }

    [Fact]
    public void A_signature_for_a_cancelled_session_is_reported_and_counts_for_nothing()
    {
        var written = One(s => s with { State = SessionState.Cancelled }, Signs("S1"));

        written.Codes().ShouldBe(["signature-cancelled-session"]);
        written.HalfDays.ShouldBeEmpty();
        written.Summary.ShouldBeEmpty();
    }

    [Fact]
    public void Codes_are_stable_words_and_texts_are_sentences()
    {
        Anomaly.All.Select(a => a.Code).ShouldBeUnique();
        Anomaly.All.ShouldAllBe(a => a.Text.EndsWith('.') && a.Code.All(c => char.IsAsciiLetterLower(c) || c == '-'));
    }

    private static Written One(Func<Session, Session> change, params Fact[] facts) =>
        new RegionWorld().Enrol("S1", "Cœurdoux").Session("SE1-M", change, facts).Write();

    private static Fact Tablet(string learner, int second) =>
        Signs(learner, At(9, 1, second), device: "tablet", method: SigningMethod.Tablet);

    private static Corrected Corrects(AttendanceMark mark) =>
        new Corrected { Learner = Ref("S1"), Mark = mark, Reason = "erreur", At = At(18, 0), By = "manager:M" };
}
