namespace Emargement.Domain.Platform.Announcements;

/// <summary>What an organisation's other systems can be told of.</summary>
public static class AnnouncementTypes
{
    public const string SessionOpened = "session.opened";
    public const string SessionClosed = "session.closed";
    public const string SheetSealed = "sheet.sealed";
    public const string SheetReplaced = "sheet.replaced";
    public const string AttendanceCorrected = "attendance.corrected";
    public const string ImportFinished = "import.finished";
    public const string ImportRefused = "import.refused";
    public const string MonthValidated = "month.validated";
    public const string MonthSent = "month.sent";
    public const string MonthReceived = "month.received";
    public const string MonthReturned = "month.returned";
    public const string MonthLocked = "month.locked";

    /// <summary>Those that an endpoint may ask for.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        SessionOpened, SessionClosed, SheetSealed, SheetReplaced, AttendanceCorrected, ImportFinished, ImportRefused,
        MonthValidated, MonthSent, MonthReceived, MonthReturned, MonthLocked,
    ];
}
