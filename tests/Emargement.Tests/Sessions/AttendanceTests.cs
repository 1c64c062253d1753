using CsCheck;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;

namespace Emargement.Tests.Sessions;

/// <summary>Facts of the tables are written in short: <c>S</c> signed on time, <c>S12</c> signed 12 minutes late, <c>N</c> closed without a
/// signature, then marks <c>P</c> present, <c>L20</c> late, <c>E30</c> left early, <c>J</c> absent justified, <c>U</c> absent unjustified,
/// and the same after <c>p:</c> as read on a paper sheet, after <c>c:</c> as corrections; in order of time.</summary>
public sealed class AttendanceTests
{
    private const int Planned = 210;

    private static readonly Gen<string> AnyFact = Gen.OneOf(
        AnyOf("S", "N", "P", "J", "U", "c:P", "c:J", "c:U"),
        Gen.Select(AnyOf("S", "L", "E", "c:L", "c:E"), Gen.Int[0, 400], (kind, minutes) => kind + minutes));

    [Theory]
    [InlineData("", "NotSigned", 0, 0, 0, 0, 0, "nobody knows yet")]
    [InlineData("S", "Present", 210, 0, 0, 0, 0, "signed on time")]
    [InlineData("S12", "Late", 198, 12, 0, 0, 0, "signed beyond the tolerance")]
    [InlineData("N", "AbsentUnjustified", 0, 0, 0, 0, 210, "closed without a signature: unjustified until someone justifies")]
    [InlineData("J N", "AbsentJustified", 0, 0, 0, 210, 0, "the trainer knew why before closing")]
    [InlineData("N c:J", "AbsentJustified", 0, 0, 0, 210, 0, "justified afterwards")]
    [InlineData("N c:P", "Present", 210, 0, 0, 0, 0, "present on paper")]
    [InlineData("N c:L25", "Late", 185, 25, 0, 0, 0, "present on paper, late")]
    [InlineData("N c:P c:U", "AbsentUnjustified", 0, 0, 0, 0, 210, "the last correction stands")]
    [InlineData("S E30", "LeftEarly", 180, 0, 30, 0, 0, "left half an hour before the end")]
    [InlineData("S12 E30", "Late", 168, 12, 30, 0, 0, "late and gone early: both are counted")]
    [InlineData("S12 P", "Present", 210, 0, 0, 0, 0, "the trainer lifts the lateness")]
    [InlineData("S12 L20", "Late", 190, 20, 0, 0, 0, "the trainer's minutes stand over the computed ones")]
    [InlineData("L20 S12", "Late", 190, 20, 0, 0, 0, "also when stated before the signature")]
    [InlineData("L20", "NotSigned", 0, 0, 0, 0, 0, "a trainer's word signs for nobody")]
    [InlineData("P N", "AbsentUnjustified", 0, 0, 0, 0, 210, "nor does it at closing")]
    [InlineData("U S", "Present", 210, 0, 0, 0, 0, "came after being marked absent")]
    [InlineData("S U", "AbsentUnjustified", 0, 0, 0, 0, 210, "signed and left at once: the trainer says absent")]
    [InlineData("S U P", "Present", 210, 0, 0, 0, 0, "the trainer takes it back")]
    [InlineData("U P", "NotSigned", 0, 0, 0, 0, 0, "taken back before any signature")]
    [InlineData("S500", "Late", 0, 210, 0, 0, 0, "later than the whole session")]
    [InlineData("S200 E100", "Late", 0, 200, 10, 0, 0, "never more than planned in all")]
    [InlineData("p:P", "Present", 210, 0, 0, 0, 0, "signed by hand")]
    [InlineData("p:L20", "Late", 190, 20, 0, 0, 0, "signed by hand, late")]
    [InlineData("p:U", "AbsentUnjustified", 0, 0, 0, 0, 210, "an empty box on the sheet")]
    [InlineData("p:U J", "AbsentJustified", 0, 0, 0, 210, 0, "the absence had been accepted")]
    [InlineData("E30 L20 p:P", "Present", 210, 0, 0, 0, 0, "the sheet says all of the half-day")]
    [InlineData("p:E30 c:J", "AbsentJustified", 0, 0, 0, 210, 0, "corrected afterwards")]
    public void Facts_give_the_record(
        string facts, string status, int done, int late, int early, int justified, int unjustified, string because)
    {
        var attendance = Attendance.Of(Planned, Read(facts));

        (attendance.Status.ToString(), attendance.Done, attendance.Late, attendance.LeftEarly, attendance.Justified, attendance.Unjustified)
            .ShouldBe((status, done, late, early, justified, unjustified), because);
    }

    [Fact]
    public void Minutes_add_up_to_the_planned_ones_whatever_happened() =>
        Gen.Select(AnyFact.Array[0, 8], Gen.Int[1, 600]).Sample((facts, planned) =>
        {
            var a = Attendance.Of(planned, Read(string.Join(' ', facts)));
            int[] parts = [a.Done, a.Late, a.LeftEarly, a.Justified, a.Unjustified];
            parts.ShouldAllBe(p => p >= 0);
            parts.Sum().ShouldBe(a.Status == AttendanceStatus.NotSigned ? 0 : planned);
        });

    [Fact]
    public void The_order_in_which_facts_are_read_does_not_matter() =>
        Gen.Select(AnyFact.Array[0, 8], Gen.Int[0, int.MaxValue]).Sample((facts, seed) =>
        {
            var inOrder = Read(string.Join(' ', facts));
            var shuffled = inOrder.ToArray();
            new Random(seed).Shuffle(shuffled);
            Attendance.Of(Planned, shuffled).ShouldBe(Attendance.Of(Planned, inOrder));
        });

    [Fact]
    public void Nobody_is_present_without_a_signature_or_a_correction() =>
        AnyFact.Where(f => f[0] is not ('S' or 'c')).Array[0, 8].Sample(facts =>
            Attendance.Of(Planned, Read(string.Join(' ', facts))).Done.ShouldBe(0));

    [Fact]
    public void The_record_says_how_when_and_why()
    {
        var attendance = Attendance.Of(Planned, Read("S12 E30"));
        attendance.Method.ShouldBe(SigningMethod.Qr);
        attendance.SignedAt.ShouldBe(Example.At("08:00:00"));
        attendance.Reason.ShouldBe("reason of E30");

        Attendance.Of(Planned, Read("N c:P")).Method.ShouldBe(SigningMethod.Paper);
        var onPaper = Attendance.Of(Planned, Read("p:L20"));
        (onPaper.Method, onPaper.SignedAt).ShouldBe((SigningMethod.Paper, null));
        Attendance.Of(Planned, Read("p:U")).Method.ShouldBeNull("nobody signed there");
    }

    private static Gen<string> AnyOf(params string[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static List<Fact> Read(string facts)
    {
        var at = Example.At("08:00:00");
        return [.. facts.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((text, i) => ReadOne(text, at.AddMinutes(i)))];
    }

    private static Fact ReadOne(string text, DateTimeOffset at)
    {
        var learner = Reference.Parse("L1");
        var prefixed = text[1..].StartsWith(':');
        var correction = text[0] == 'c';
        var kind = prefixed ? text[2] : text[0];
        var minutes = int.TryParse(text.AsSpan(prefixed ? 3 : 1), out var m) ? m : 0;
        if (kind == 'S')
        {
            return new Signed { At = at, By = "learner:L1", Learner = learner, Method = SigningMethod.Qr, LateMinutes = minutes };
        }

        if (kind == 'N')
        {
            return new NotSigned { At = at, By = "trainer:F1", Learner = learner };
        }

        var mark = kind switch
        {
            'P' => AttendanceMark.Present,
            'L' => AttendanceMark.Late,
            'E' => AttendanceMark.LeftEarly,
            'J' => AttendanceMark.AbsentJustified,
            _ => AttendanceMark.AbsentUnjustified,
        };
        return text[0] == 'p'
            ? new OnPaper { At = at, By = "manager:M1", Learner = learner, Mark = mark, Minutes = minutes, Scan = "aa" }
            : correction
            ? new Corrected
            {
                At = at,
                By = "manager:M1",
                Learner = learner,
                Mark = mark,
                Minutes = minutes,
                Reason = $"reason of {text}",
                Method = SigningMethod.Paper,
            }
            : new Marked { At = at, By = "trainer:F1", Learner = learner, Mark = mark, Minutes = minutes, Reason = $"reason of {text}" };
    }
}
