using Emargement.Domain.Absences;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Tests.Region;
using Emargement.Tests.Signing;
using static Emargement.Tests.Region.RegionWorld;

namespace Emargement.Tests.Absences;

public sealed class AbsenceRulesTests
{
    private static readonly DateOnly Friday = Monday.AddDays(4);
    private static readonly DateTimeOffset Decided = At(18, 0, day: Friday);
    private static readonly Organisation Garonne = new RegionWorld().Organisation;

    [Theory]
    [InlineData("MAL", 0, 4, 7, null)] // on the last day
    [InlineData("MAL", 0, 4, 8, "absence-too-late")]
    [InlineData("MAL", 0, 31, 0, "absence-too-long")]
    [InlineData("MAL", 0, 30, 0, null)] // 31 days
    [InlineData("MAL", 4, 0, 4, "end-before-start")]
    [InlineData("MAL", 31, 31, 0, "absence-too-early")]
    [InlineData("MAL", 30, 30, 0, null)] // announced
    [InlineData("AUT", 0, 0, 0, "reason-code-unknown")] // the organisation's to say
    [InlineData("NON", 0, 0, 0, "reason-code-unknown")]
    public void A_learner_files_from_30_days_before_to_7_days_after(string code, int first, int last, int days, string? refusal)
    {
        var today = days > 4 ? Monday.AddDays(last + days) : Monday;

        AbsenceRules.CheckFiling(Garonne, Span(first, last), ReasonList.FindUsual(code), null, byLearner: true, today)?.Code
            .ShouldBe(refusal);
    }

    [Fact]
    public void Who_examines_files_after_the_deadline_and_nobody_in_a_frozen_month()
    {
        var late = Monday.AddDays(60);
        AbsenceRules.CheckFiling(Garonne, Span(0, 0), ReasonList.FindUsual("AUT"), null, byLearner: false, late).ShouldBeNull();

        var frozen = Garonne with { FrozenMonths = [Month] };
        AbsenceRules.CheckFiling(frozen, Span(0, 0), ReasonList.FindUsual("AUT"), null, byLearner: false, late)!.Code
            .ShouldBe("month-validated");
    }

    [Fact]
    public void A_reason_that_asks_for_a_document_is_accepted_once_it_was_seen_and_a_refusal_says_why()
    {
        AbsenceRules.Decide(Filed(), Decision(1, seen: false), 1).ShouldBeRefused("document-missing");
        AbsenceRules.Decide(Filed(), Decision(0, seen: true), 1).ShouldBeRefused("refusal-text-missing");
        AbsenceRules.Decide(Filed(), Decision(1, seen: true), 2).Value!.Outcome.ShouldBe(AbsenceState.Partly);
        AbsenceRules.Decide(Filed(), Decision(0, seen: true, "Illisible"), 1).Value!.Outcome.ShouldBe(AbsenceState.Refused);
        var accepted = AbsenceRules.Decide(Filed(), Decision(1, seen: true), 1).Value!;
        accepted.Outcome.ShouldBe(AbsenceState.Accepted);
        AbsenceRules.Decide(accepted, Decision(1, seen: true), 1).ShouldBeRefused("absence-decided");
        AbsenceRules.Withdraw(accepted, Decided).ShouldBeRefused("absence-decided");
    }

    [Theory]
    [InlineData("MAL", AbsenceState.Refused, null, 30)]
    [InlineData("FAM", AbsenceState.Withdrawn, null, 30)]
    [InlineData("MAL", AbsenceState.Accepted, 10, 40)] // 30 days after the month was locked
    [InlineData("MAL", AbsenceState.Accepted, 300, 181)] // six months at most
    [InlineData("FAM", AbsenceState.Accepted, 10, 365)]
    public void Documents_are_kept_short(string code, AbsenceState outcome, int? lockedAfter, int days)
    {
        var absence = Filed(code) with { Outcome = outcome, EndedAt = Decided, Decision = Decision(1, seen: true, code: code) };

        AbsenceRules.KeptUntil(absence, lockedAfter is { } after ? Friday.AddDays(after) : null).ShouldBe(Friday.AddDays(days));
    }

    [Fact]
    public void A_reason_of_health_is_forgotten_with_its_document_and_the_hash_stays()
    {
        var absence = Filed() with
        {
            Outcome = AbsenceState.Accepted,
            EndedAt = Decided,
            Files = [new AbsenceFile(1, "image/png", "aa", Decided)],
            Decision = Decision(1, seen: true),
            Text = "grippe",
        };

        var forgotten = AbsenceRules.Forget(absence);

        (forgotten.Code, forgotten.Text, forgotten.IsHealth).ShouldBe(("JUS", null, false));
        forgotten.Decision!.Reason!.Code.ShouldBe("JUS");
        forgotten.Files.ShouldHaveSingleItem().ShouldBe(absence.Files[0] with { Gone = true });
    }

    [Fact]
    public void A_list_is_the_usual_reasons_as_changed_with_what_a_funder_has_otherwise_and_a_Region_s_rules_for_its_learners()
    {
        var family = ReasonList.FindUsual("FAM")!;
        AbsenceReason[] own =
        [
            family with { Label = "Famille" },
            family with { Funder = "OPCO", FunderCode = "EVF", DocumentRequired = false },
            new("PERMIS", "Permis", true, true, true, false),
            ReasonList.FindUsual("FER")! with { Active = false },
        ];
        var list = new ReasonList(own, []);
        list.All.Select(r => r.Code).ShouldBe(["MAL", "ACC", "MAT", "ENF", "FAM", "ADM", "AUT", "FER", "INJ", "PERMIS"]);
        list.Find("FAM", "REGION")!.ShouldBe(own[0]);
        list.Find("FAM", "OPCO")!.ShouldBe(own[1] with { Label = "Famille" });
        list.Find("FER", null).ShouldBeNull("it is proposed no more");

        AbsenceReason[] region = [new("R1", "Arrêt de travail", true, true, true, true) { FunderCode = "ARR" }];
        var ruled = new ReasonList(own, region);
        ruled.For("REGION").ShouldBe(region);
        ruled.Find("PERMIS", "OPCO").ShouldNotBeNull();
    }

    [Theory]
    [InlineData("PERMIS", "Permis", null)]
    [InlineData("permis", "Permis", "reason-code-invalid")]
    [InlineData("TREIZE-LETTRE", "Permis", "reason-code-invalid")]
    [InlineData("JUS", "Justifiée", "reason-code-invalid")] // what stands in place of a forgotten reason
    [InlineData("PERMIS", " ", "reason-label-invalid")]
    public void A_reason_has_a_code_and_a_label(string code, string label, string? refusal) =>
        new AbsenceReason(code, label, true, false, false, false).Tidy().Refusal?.Code.ShouldBe(refusal);

    private static AbsenceSpan Span(int first, int last) => new(
        new AbsencePoint(Monday.AddDays(first), HalfDay.Morning), new AbsencePoint(Monday.AddDays(last), HalfDay.Afternoon));

    private static Absence Filed(string code = "MAL") =>
        new(AbsenceId.Of(Ref("S1"), Span(0, 0), code, 0), Ref("S1"), Span(0, 0), code, null, Decided, "learner:S1");

    private static AbsenceDecision Decision(int halfDays, bool seen, string? text = null, string code = "MAL") => new(
        Decided, "manager:G1", [.. Enumerable.Repeat(new SessionId(Monday, HalfDay.Morning, Ref("AM")), halfDays)], 0,
        ReasonList.FindUsual(code), text, seen);
}
