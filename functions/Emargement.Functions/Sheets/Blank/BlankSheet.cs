using Emargement.Domain.People;
using Emargement.Domain.Sessions;
using Emargement.Functions.People;

namespace Emargement.Functions.Sheets.Blank;

/// <summary>A half-day of a blank sheet: a column.</summary>
/// <param name="Trainer">By name; null when nobody is planned.</param>
/// <param name="Expected">Rows of those who are expected; the boxes of others are struck through.</param>
internal sealed record BlankHalfDay(Session Session, string? Trainer, IReadOnlySet<int> Expected);

/// <summary>A sheet to sign by hand: some half-days of a group, and everybody who is expected in one of them.</summary>
/// <param name="Span">What stands in its heading.</param>
/// <param name="Address">What it is of: on each page, as a QR code with the page's number.</param>
internal sealed record BlankSheet(
    Organisation Organisation,
    string Training,
    string Group,
    string Span,
    IReadOnlyList<RosterLine> People,
    IReadOnlyList<BlankHalfDay> HalfDays,
    string Address,
    DateTimeOffset At);
