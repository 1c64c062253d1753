using Emargement.Domain.Region;

namespace Emargement.Domain.Statements;

/// <summary>
/// The figures of a statement, in minutes: sums of lines of the Région's synthesis, so that a certificate never says otherwise than the
/// export.
/// </summary>
/// <param name="Justified">In centre and at distance, as the synthesis counts them; so the three that follow.</param>
public sealed record StatementFigures(
    int HalfDays,
    int Signed,
    MinutesByPlace Planned,
    MinutesByPlace Done,
    int Justified,
    int Unjustified,
    int Late,
    int LeftEarly)
{
    public static StatementFigures None { get; } = new(0, 0, default, default, 0, 0, 0, 0);

    /// <summary>Minutes done in centre and at distance: what a certificate certifies.</summary>
    public int Taught => Done.Centre + Done.Distance;

    /// <summary>Thousandths of the minutes due, in centre and at distance, that were done; null when none were due.</summary>
    public int? Rate => Taught + Justified + Unjustified + Late + LeftEarly is var due and > 0 ? (int)(1000L * Taught / due) : null;

    public static StatementFigures Of(SummaryRow row) => new(
        row.HalfDaysPlanned, row.HalfDaysSigned, row.Planned, row.Done, row.Justified, row.Unjustified, row.Late, row.LeftEarly);

    public static StatementFigures operator +(StatementFigures one, StatementFigures other) => new(
        one.HalfDays + other.HalfDays,
        one.Signed + other.Signed,
        Sum(one.Planned, other.Planned),
        Sum(one.Done, other.Done),
        one.Justified + other.Justified,
        one.Unjustified + other.Unjustified,
        one.Late + other.Late,
        one.LeftEarly + other.LeftEarly);

    private static MinutesByPlace Sum(MinutesByPlace one, MinutesByPlace other) =>
        new(one.Centre + other.Centre, one.Distance + other.Distance, one.Company + other.Company);
}
