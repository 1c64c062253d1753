using System.Globalization;
using Emargement.Domain.Placements.Export;
using Emargement.Domain.Platform;
using Emargement.Domain.Sealing;
using Emargement.Domain.Sessions;

namespace Emargement.Domain.Statements;

/// <summary>All that a statement prints. French only, as every sheet. Instants are already in the site's local time.</summary>
public sealed record StatementContent
{
    public required StatementKind Kind { get; init; }

    public required SheetOrganisation Organisation { get; init; }

    public required string Training { get; init; }

    public string? RegionNumber { get; init; }

    /// <summary>With civility: « Mme DUPONT Zoé ».</summary>
    public required string Learner { get; init; }

    public required StatementSpan Span { get; init; }

    public required StatementFigures Figures { get; init; }

    public required IReadOnlyList<StatementMonth> Months { get; init; }

    /// <summary>Weeks in companies that nobody validated: their minutes are not counted.</summary>
    public required int WeeksPending { get; init; }

    /// <summary>Sealed sheets that it rests on.</summary>
    public required int Sheets { get; init; }

    /// <summary>Who signs; null for what nobody signs.</summary>
    public Signatory? Signatory { get; init; }

    public required DateTimeOffset WrittenAt { get; init; }

    /// <summary>Null for a draft.</summary>
    public SheetProof? Proof { get; init; }
}

/// <summary>A month of an individual sheet.</summary>
public sealed record StatementMonth(
    string Title, IReadOnlyList<StatementHalfDay> HalfDays, IReadOnlyList<StatementWeek> Weeks, StatementFigures Figures);

/// <param name="Method">How it was signed, in French; empty when it was not.</param>
/// <param name="SignedAt">« 9 h 02 min 11 s »; empty when nobody signed.</param>
/// <param name="Sheet">Code of the sealed sheet, and its version; empty when there is none.</param>
public sealed record StatementHalfDay(
    string Day, string Hours, string What, string Trainer, string Status, int Planned, int Done, string Method, string SignedAt,
    string Sheet);

public sealed record StatementWeek(string Week, string Company, string Tutor, int Declared, int Validated, string Status, string Document);

/// <summary>How half-days and weeks are written on statements.</summary>
public static class StatementWords
{
    public static string Month(YearMonth month) => month.FirstDay.ToString("MMMM yyyy", DocumentTexts.French);

    public static string HalfDay(SessionId session) =>
        session.Date.ToString("ddd dd/MM/yyyy", DocumentTexts.French) + " " + session.HalfDay switch
        {
            Sessions.HalfDay.Morning => "M",
            Sessions.HalfDay.Afternoon => "A",
            _ => "S",
        };

    // Whether an absence is justified is said; why never: a reason may tell of somebody's health.
    public static string Status(Attendance attendance) => attendance.Status switch
    {
        AttendanceStatus.Present => "présence",
        AttendanceStatus.Late => $"retard de {DocumentTexts.Duration(attendance.Late)}",
        AttendanceStatus.LeftEarly => $"départ {DocumentTexts.Duration(attendance.LeftEarly)} avant la fin",
        AttendanceStatus.AbsentJustified => "absence justifiée",
        AttendanceStatus.AbsentUnjustified => "absence non justifiée",
        _ => "non renseigné",
    };

    public static string Method(SigningMethod? method) => method switch
    {
        SigningMethod.Token => "jeton",
        SigningMethod.Code => "code",
        SigningMethod.Qr => "QR code",
        SigningMethod.Email => "courriel",
        SigningMethod.Tablet => "appareil du formateur",
        SigningMethod.Remote => "à distance",
        SigningMethod.Paper => "papier",
        _ => "",
    };

    public static string Week(PlacementWeekRow week) =>
        week.Status == PlacementWeekRow.ValidatedStatus ? "validée" : "non validée : 0 compté";

    /// <summary>« 97,2 % ».</summary>
    public static string Rate(int thousandths) => string.Create(DocumentTexts.French, $"{thousandths / 10},{thousandths % 10} %");
}
