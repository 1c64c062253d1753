using Emargement.Domain.People;
using Emargement.Domain.Placements;
using Emargement.Domain.Placements.Export;
using Emargement.Domain.Platform;
using Emargement.Domain.Region;
using Emargement.Domain.Sessions;
using static Emargement.Tests.Region.RegionWorld;

namespace Emargement.Tests.Region;

public sealed class RegionMonthTests
{
    [Fact]
    public void A_signed_half_day_is_a_row_with_all_that_the_format_lists()
    {
        var written = new RegionWorld().Enrol("S1", "Cœurdoux")
            .Session("SE1-M", s => s, Signs("S1", At(9, 20), late: 20), Closes())
            .Write();

        RegionFiles.Values(written.HalfDays.Single()).ShouldBe([
            "2026-11-23", "M", "SE1-M", "A1", "S1", "09:00", "12:30", "Communication", "P", "Noël D'Angelo",
            "retard", null, "210", "190", "qr", "2026-11-23T08:20:00Z", "2026-11-23T11:30:00Z", null, null, "non"]);
        RegionFiles.Values(written.Summary.Single(), written.Scope).ShouldBe([
            "occitanie", "2026-11", "76310000001", "12345678900011", "Garonne Formation", "A1", "OCC-1", "BDC1", "S1", "R-S1", "Cœurdoux",
            "Zoé", "1990-01-02",
            "2026-11-02", null, "1", "1", "210", "0", "0", "190", "0", "0", "0", "0", "20", "0", "electronique", "oui", "0"]);
    }

    [Fact]
    public void Every_row_has_a_value_for_every_column()
    {
        var written = new RegionWorld().Enrol("S1", "Cœurdoux").Session("SE1-M").Write();

        RegionFiles.Values(written.HalfDays.Single()).Length.ShouldBe(RegionFiles.HalfDayColumns.Count);
        RegionFiles.Values(written.Summary.Single(), written.Scope).Length.ShouldBe(RegionFiles.SummaryColumns.Count);
        RegionFiles.Values(
            new AnomalyRow(written.HalfDays[0].Session, null, Anomaly.Sunday)).Length.ShouldBe(RegionFiles.AnomalyColumns.Count);
        RegionFiles.Values(Week("validee", 420)).Length.ShouldBe(RegionFiles.WeekColumns.Count);
    }

    [Fact]
    public void The_first_schema_is_the_second_without_its_new_columns()
    {
        RegionFiles.SummaryColumns.Except(First(RegionFiles.SummaryName, RegionFiles.SummaryColumns)).ShouldBe(["minutes_assimilees"]);
        RegionFiles.HalfDayColumns.Except(First(RegionFiles.HalfDaysName, RegionFiles.HalfDayColumns)).ShouldBe(["justificatif"]);
        RegionFiles.WeekColumns.Except(First(RegionFiles.WeeksName, RegionFiles.WeekColumns)).ShouldBe(["action_ref", "stagiaire_ref"]);
        RegionFiles.AnomalyColumns.Except(First(RegionFiles.AnomaliesName, RegionFiles.AnomalyColumns)).ShouldBe(
            ["accepte_motif", "accepte_par", "accepte_le"]);

        static string[] First(string file, IReadOnlyList<string> columns) =>
            columns.ToArray()[RegionFiles.ColumnsOf(file, ExportManifest.FirstSchema)];
    }

    [Theory]
    [InlineData("Absence justifiée, document vu", null, "ARR")] // of health: what the Région asks for, or nothing
    [InlineData("Absence justifiée", "autre", null)]
    [InlineData("Événement familial", null, "Événement familial")]
    public void A_reason_is_the_funder_s_word_or_the_label_and_of_health_nothing_else(string said, string? claim, string? written)
    {
        var world = new RegionWorld().Enrol("S1", "Cœurdoux").Session(
            "SE1-M", null, Missed("S1"), Closes(),
            (Marked)Marks("S1", AttendanceMark.AbsentJustified, reason: said) with { Claim = claim ?? "a1" });
        var month = new RegionMonth(world.Scope(), healthCodes: new Dictionary<string, string> { ["a1"] = "ARR" });

        month.Read(world.Sessions).HalfDays.Single().Reason.ShouldBe(written);
    }

    [Theory]
    [InlineData(true, true, true, "oui", "210")]
    [InlineData(true, null, null, "non", "0")]
    [InlineData(false, true, null, "oui", "0")]
    [InlineData(false, null, true, "non", "210")]
    public void An_accepted_absence_says_whether_a_document_was_seen_and_what_counts_as_presence(
        bool corrected, bool? seen, bool? counts, string document, string assimilated)
    {
        Fact said = corrected
            ? new Corrected
            {
                Learner = Ref("S1"),
                Mark = AttendanceMark.AbsentJustified,
                Reason = "Maternité",
                At = At(13, 0),
                By = "manager:G1",
                DocumentSeen = seen,
                CountsAsPresence = counts,
            }
            : (Marked)Marks("S1", AttendanceMark.AbsentJustified) with { DocumentSeen = seen, CountsAsPresence = counts };

        var written = new RegionWorld().Enrol("S1", "Cœurdoux").Session("SE1-M", null, Missed("S1"), Closes(), said).Write();

        RegionFiles.Values(written.HalfDays.Single())[^1].ShouldBe(document);
        RegionFiles.Values(written.Summary.Single(), written.Scope)[^1].ShouldBe(assimilated);
    }

    [Theory]
    [InlineData(null, "Deux visiteurs", 14, "Deux visiteurs")]
    [InlineData(null, "Mme Estève est venue", 14, "motif retiré : il nomme une autre personne")]
    [InlineData(null, "Mme Cœurdoux est venue", 14, "motif retiré : il nomme une autre personne")]
    [InlineData(null, "Deux visiteurs", 12, null)]
    [InlineData("S1", "Mme Cœurdoux est venue", 14, "Mme Cœurdoux est venue")]
    [InlineData("S1", "Mme Estève est venue", 14, "motif retiré : il nomme une autre personne")]
    public void An_anomaly_carries_what_accepts_it_while_nothing_new_is_said_and_no_one_else_is_named(
        string? learner, string reason, int hour, string? written)
    {
        var corrected = new Corrected
        {
            Learner = Ref("S1"),
            Mark = AttendanceMark.Present,
            Reason = "oubli",
            At = At(13, 0),
            By = "manager:G1",
        };
        var world = new RegionWorld().Enrol("S1", "Cœurdoux").Enrol("S2", "Estève", "OPCO").Session(
            "SE1-M", null, Missed("S1"), Closes(headCount: 3), corrected);
        var (code, session) = (learner is null ? "head-count" : "present-without-signature", world.Sessions[0].Session.Id);
        var about = learner is null ? (Reference?)null : Ref(learner);

        var month = new RegionMonth(world.Scope(), [new Acceptance(code, session, about, reason, "manager:G1", At(hour, 0))]);

        var rows = month.Read(world.Sessions).Anomalies;
        var values = RegionFiles.Values(rows.Single(a => a.Anomaly.Code == code));
        string?[] expected = written is null ? [null, null, null] : [written, "manager:G1", "2026-11-23T13:00:00Z"];
        values[5..].ShouldBe(expected);
        rows.Where(a => a.Anomaly.Code != code).ShouldAllBe(a => a.Accepted == null);
    }

    [Fact]
    public void A_half_day_of_a_session_that_is_not_closed_is_neither_done_nor_an_absence()
    {
        var written = new RegionWorld().Enrol("S1", "Cœurdoux").Enrol("S2", "Estève")
            .Session("SE1-M", s => s with { State = SessionState.Open, ClosedAt = null }, Signs("S1"))
            .Write();

        var row = written.HalfDays.Single(r => r.Learner == Ref("S2"));
        RegionFiles.Status(row.Attendance.Status).ShouldBe("non_emarge");
        row.PlannedMinutes.ShouldBe(0);
        var summary = written.Summary.Single(s => s.Learner.Ref == Ref("S2"));
        (summary.HalfDaysPlanned, summary.HalfDaysSigned, summary.Planned.Centre, summary.Unjustified, summary.Complete)
            .ShouldBe((1, 0, 0, 0, false));
        written.Summary.Single(s => s.Learner.Ref == Ref("S1")).Complete.ShouldBeFalse("the session is not closed");
    }

    [Fact]
    public void An_unsigned_half_day_of_a_closed_session_is_an_unjustified_absence_until_someone_justifies_it()
    {
        var world = new RegionWorld().Enrol("S1", "Cœurdoux");
        world.Session("SE1-M", s => s, Missed("S1"), Closes(0, 0));
        world.Session(
            "SE2-A",
            s => s with { Id = s.Id with { HalfDay = HalfDay.Afternoon, Reference = Ref("SE2-A") }, Start = At(13, 30), End = At(17, 0) },
            Missed("S1"), Closes(0, 0),
            new Corrected
            {
                Learner = Ref("S1"),
                Mark = AttendanceMark.AbsentJustified,
                Reason = "arrêt de travail",
                At = At(18, 0),
                By = "manager:M"
            });

        var summary = world.Write().Summary.Single();

        (summary.Unjustified, summary.Justified, summary.Planned.Centre, summary.Complete).ShouldBe((210, 210, 420, true));
    }

    [Fact]
    public void Only_the_days_that_the_Region_pays_are_written()
    {
        var change = new DateOnly(2026, 11, 24);
        var written = new RegionWorld()
            .Enrol("S1", "Cœurdoux", periods:
            [
                new EnrolmentPeriod("OPCO", "R-SECRET", null, new DateOnly(2026, 11, 2), change.AddDays(-1)),
                new EnrolmentPeriod("REGION", "R-1", "BDC9", change, new DateOnly(2026, 11, 30)),
            ])
            .Session("SE1-M", s => s, Signs("S1"), Closes())
            .Session(
                "SE2-M",
                s => s with
                {
                    Id = s.Id with { Date = change, Reference = Ref("SE2-M") },
                    Start = At(9, 0, day: change),
                    End = At(12, 30, day: change),
                },
                Signs("S1", At(9, 1, day: change)), Closes())
            .Write();

        written.HalfDays.Select(r => r.Session.Date).ShouldBe([change]);
        var values = RegionFiles.Values(written.Summary.Single(), written.Scope);
        values.ShouldContain("2026-11-24");
        values.ShouldContain("BDC9");
        written.Text().ShouldNotContain("R-SECRET");
    }

    [Fact]
    public void Company_half_days_count_as_planned_and_their_weeks_as_done_and_never_as_absences()
    {
        var world = new RegionWorld().Enrol("S1", "Cœurdoux")
            .Session("SE1-M", s => s with { Modality = Modality.Company, State = SessionState.Planned, OpenedAt = null });
        var scope = world.Scope();
        var month = new RegionMonth(scope);
        month.Read(world.Sessions);

        var summary = month.Summary([Week("validee", 420)]).Single();

        (summary.Planned.Company, summary.Done.Company, summary.Unjustified, summary.Complete).ShouldBe((210, 420, 0, true));
        month.Summary([Week("declaree", 0)]).Single().Complete.ShouldBeFalse("a week waits for its validation");
    }

    [Theory]
    [InlineData("parti avec Mme Estève", true, "the last name of someone of the same training")]
    [InlineData("parti avec ESTEVE", true, "whatever the case and accents")]
    [InlineData("comme S2", true, "a reference")]
    [InlineData("écrire à estelle@of.example", true, "an address")]
    [InlineData("rendez-vous médical", false, "an ordinary reason")]
    [InlineData("Mme Cœurdoux est malade", false, "the learner's own name")]
    public void A_reason_that_names_somebody_else_is_not_passed_on(string reason, bool hidden, string why)
    {
        var written = new RegionWorld().Enrol("S1", "Cœurdoux").Enrol("S2", "Estève", "OPCO")
            .Session("SE1-M", s => s, Marks("S1", AttendanceMark.AbsentJustified, reason: reason), Closes(0, 0))
            .Write();

        written.HalfDays.Single().Reason.ShouldBe(hidden ? "motif retiré : il nomme une autre personne" : reason, why);
    }

    [Fact]
    public void How_the_month_was_signed_is_read_from_its_methods()
    {
        static Fact OnPaper() => new Corrected
        {
            Learner = Ref("S1"),
            Mark = AttendanceMark.Present,
            Method = SigningMethod.Paper,
            Reason = "feuille papier",
            At = At(18, 0),
            By = "manager:M",
        };
        var paper = new RegionWorld().Enrol("S1", "Cœurdoux").Session("SE1-M", s => s, Missed("S1"), Closes(0, 0), OnPaper());
        var both = new RegionWorld().Enrol("S1", "Cœurdoux").Session("SE1-M", s => s, Missed("S1"), Closes(0, 0), OnPaper())
            .Session("SE2-M", s => s with { Id = s.Id with { Reference = Ref("SE2-M") } }, Signs("S1"), Closes());

        paper.Write().Summary.Single().Mode.ShouldBe("papier");
        both.Write().Summary.Single().Mode.ShouldBe("mixte");
    }

    [Theory]
    [InlineData(true, true, "", "papier")]
    [InlineData(true, false, "trainer-not-signed", "papier")]
    [InlineData(false, true, "paper-in-electronic-month", "mixte")]
    public void A_sheet_signed_by_hand_counts_as_signed_at_no_hour(bool paperMonth, bool trainerSigned, string codes, string mode)
    {
        var world = new RegionWorld().Enrol("S1", "Cœurdoux").Enrol("S2", "Estève")
            .Session("SE1-M", null, Reads("S1"), Reads("S2", AttendanceMark.Late, 20), Records(2, trainerSigned));
        if (paperMonth)
        {
            world.OnPaper();
        }
        else
        {
            world.Session("SE2-M", s => s with { Id = s.Id with { HalfDay = HalfDay.Afternoon }, Start = At(13, 30), End = At(17, 0) },
                Signs("S1", At(13, 31)), Signs("S2", At(13, 32)), Closes(2, 2));
        }

        var written = world.Write();

        var rows = written.HalfDays.Where(r => r.Session.HalfDay == HalfDay.Morning).ToList();
        rows.ShouldAllBe(r => r.IsSigned && r.Attendance.SignedAt == null && r.Attendance.Method == SigningMethod.Paper);
        rows.Sum(r => r.Attendance.Done).ShouldBe(400);
        written.Codes().ShouldBe(codes.Split(' ', StringSplitOptions.RemoveEmptyEntries), "on paper, no hour is looked at");
        written.Summary.ShouldAllBe(s => s.Mode == mode && s.Complete);
    }

    private static PlacementWeekRow Week(string status, int validated) =>
        new(Ref("A1"), Ref("S1"), "2026-W48", "Mairie", "Ömer Vidal", 420, validated, status, null, null, null);
}
