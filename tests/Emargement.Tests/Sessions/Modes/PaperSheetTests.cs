using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Domain.Sessions.Modes;

namespace Emargement.Tests.Sessions.Modes;

/// <summary>Entries are written in short: <c>A:P B:R20 C:I</c>, a learner and what the sheet says of them.</summary>
public sealed class PaperSheetTests
{
    private const string Scan = "5c";

    private static readonly Reference[] Expected = [Reference.Parse("A"), Reference.Parse("B")];

    [Theory]
    [InlineData("A:P B:I", SigningMode.Paper, null, "", null, "everybody is stated")]
    [InlineData("A:P", SigningMode.Paper, null, "", "paper-incomplete", "nothing is said of B")]
    [InlineData("A:P A:I", SigningMode.Paper, null, "", "paper-incomplete", "A twice is not B")]
    [InlineData("A:P B:P C:P", SigningMode.Paper, null, "", "not-enrolled", "nobody expects C")]
    [InlineData("A:P B:R", SigningMode.Paper, null, "", "mark-minutes", "late by how much")]
    [InlineData("A:P B:R211", SigningMode.Paper, null, "", "mark-minutes", "more than the whole half-day")]
    [InlineData("A:P B:I", SigningMode.Electronic, null, "", "group-electronic", "a rescue needs a reason")]
    [InlineData("A:P B:I", SigningMode.Electronic, " \u200b ", "", "group-electronic", "and one that can be read")]
    [InlineData("A:P B:I", SigningMode.Electronic, "Panne", "", null, "a rescue")]
    [InlineData("A:P B:I", SigningMode.Electronic, "Panne", "signed", "paper-signed", "never both ways in one half-day")]
    [InlineData("A:P B:I", SigningMode.Paper, null, "signed", "paper-signed", "whatever the month")]
    [InlineData("A:P B:I", SigningMode.Electronic, "Panne", "not-signed", "paper-entered", "a closing of a large group is under way")]
    [InlineData("A:P B:I", SigningMode.Paper, null, "A:P", null, "the same entry of a large group goes on")]
    [InlineData("A:P B:I", SigningMode.Paper, null, "A:I", "paper-entered", "another one does not")]
    [InlineData("A:P B:I", SigningMode.Paper, null, "B:R20", "paper-entered", "nor with other minutes")]
    public void What_a_person_may_read(string people, SigningMode mode, string? reason, string known, string? refusal, string because)
    {
        Fact[] facts = known switch
        {
            "" => [],
            "signed" => [new Signed { At = At, By = "learner:A", Learner = Expected[0], Method = SigningMethod.Qr, LateMinutes = 0 }],
            "not-signed" => [new NotSigned { At = At, By = "trainer:F1", Learner = Expected[0] }],
            _ => [.. People(known).Select(Said)],
        };

        Read(Entry(people, reason), mode, facts).Refusal?.Code.ShouldBe(refusal, because);
        Read(Entry(people, reason), mode, facts).IsOk.ShouldBe(refusal is null, because);
    }

    [Fact]
    public void The_closing_comes_last_and_says_which_scan_was_read()
    {
        var facts = Read(Entry("A:D30 B:J", "Panne"), SigningMode.Electronic).Value!;

        facts.Select(f => f.Key).ShouldBe(["2-presence|A", "2-presence|B", "1-opened", "4-closed"]);
        var closed = facts[^1].ShouldBeOfType<Closed>();
        (closed.Paper, closed.TrainerSigned, closed.HeadCount, closed.SignedCount, closed.Expected, closed.Reason)
            .ShouldBe((Scan, true, 1, 1, 2, "Panne"));
        Read(Entry("A:P B:P", "Panne"), SigningMode.Paper).Value![^1].ShouldBeOfType<Closed>()
            .Reason.ShouldBeNull("no rescue in a paper month");
    }

    [Fact]
    public void An_absence_that_was_accepted_is_justified_unless_the_sheet_is_signed()
    {
        Marked Excuses(Reference learner) => new()
        {
            At = At,
            By = "manager:M1",
            Learner = learner,
            Mark = AttendanceMark.AbsentJustified,
            Claim = "a1",
        };

        var facts = Read(Entry("A:P B:I", null), SigningMode.Paper, [], [.. Expected.Select(Excuses)]).Value!;

        facts.OfType<Marked>().Single().Learner.ShouldBe(Expected[1]);
        Attendance.Of(210, facts.Where(f => f.About == Expected[0])).Status.ShouldBe(AttendanceStatus.Present);
        Attendance.Of(210, facts.Where(f => f.About == Expected[1])).Status.ShouldBe(AttendanceStatus.AbsentJustified);
    }

    [Fact]
    public void An_entry_repeats_another_when_it_says_the_same()
    {
        var recorded = Read(Entry("A:P B:R20", null), SigningMode.Paper).Value!;

        PaperSheet.Repeats(Entry("B:R20 A:P", null), recorded).ShouldBeTrue("in any order");
        PaperSheet.Repeats(Entry("A:P B:R21", null), recorded).ShouldBeFalse();
        PaperSheet.Repeats(Entry("A:P B:R20", null) with { HeadCount = 2 }, recorded).ShouldBeFalse();
        PaperSheet.Repeats(Entry("A:P B:R20", null) with { TrainerSigned = false }, recorded).ShouldBeFalse();
        PaperSheet.Repeats(Entry("A:P B:R20", null) with { Scan = "6d" }, recorded).ShouldBeFalse("another scan is another sheet");
    }

    private static DateTimeOffset At => Example.At("08:00:00");

    private static Result<IReadOnlyList<Fact>> Read(
        PaperEntry entry, SigningMode mode, Fact[]? known = null, Marked[]? excused = null) => PaperSheet.Read(
        entry, Example.Morning, Expected, known ?? [], mode, excused ?? [], "manager:M1", Example.At("12:00:00"));

    private static PaperEntry Entry(string people, string? reason) =>
        new(Scan, TrainerSigned: true, 1, [.. People(people)], reason);

    private static OnPaper Said(PaperPerson person) => new()
    {
        At = At,
        By = "manager:M1",
        Learner = person.Learner,
        Mark = person.Mark,
        Minutes = person.Minutes ?? 0,
        Scan = Scan,
    };

    private static IEnumerable<PaperPerson> People(string people) => people.Split(' ').Select(p => new PaperPerson(
        Reference.Parse(p[..1]),
        p[2] switch
        {
            'P' => AttendanceMark.Present,
            'R' => AttendanceMark.Late,
            'D' => AttendanceMark.LeftEarly,
            'J' => AttendanceMark.AbsentJustified,
            _ => AttendanceMark.AbsentUnjustified,
        },
        int.TryParse(p.AsSpan(3), out var minutes) ? minutes : null));
}
