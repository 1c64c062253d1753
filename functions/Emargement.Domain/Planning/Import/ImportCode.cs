namespace Emargement.Domain.Planning.Import;

/// <summary>What a line of the report may be about. The codes of the format, then those of this product beside them.</summary>
public static class ImportCode
{
    public const string MissingValue = "missing-value";
    public const string Undecodable = "undecodable";
    public const string SpreadsheetError = "spreadsheet-error";
    public const string InvalidDate = "invalid-date";
    public const string InvalidTime = "invalid-time";
    public const string NoSuchHour = "no-such-hour";
    public const string EndBeforeStart = "end-before-start";
    public const string TooLong = "too-long";
    public const string ValueTooLong = "value-too-long";
    public const string InvalidModality = "invalid-modality";
    public const string UnknownAction = "unknown-action";
    public const string UnknownGroup = "unknown-group";
    public const string UnknownLearner = "unknown-learner";
    public const string DuplicateInFile = "duplicate-in-file";
    public const string SessionSigned = "session-signed";
    public const string MonthLocked = "month-locked";
    public const string MonthValidated = "month-validated";
    public const string EditedByHand = "edited-by-hand";

    /// <summary>A person decided to keep theirs over just what the file says.</summary>
    public const string HandKept = "hand-kept";

    public const string RepairedText = "repaired-text";
    public const string DoubledHour = "doubled-hour";
    public const string ReferenceByCase = "reference-by-case";
    public const string TrainerByName = "trainer-by-name";
    public const string SameName = "same-name";
    public const string SamePerson = "same-person";
    public const string ProbableDouble = "probable-double";
    public const string GroupOverlap = "group-overlap";
    public const string LearnerOverlap = "learner-overlap";
    public const string EnrolmentLeftOpen = "enrolment-left-open";
    public const string UnknownTrainer = "unknown-trainer";
    public const string PublicHoliday = "public-holiday";
    public const string Sunday = "sunday";
    public const string TrainerOverlap = "trainer-overlap";
    public const string RoomOverlap = "room-overlap";
    public const string OutsideTrainingDates = "outside-training-dates";
    public const string LatePlanning = "late-planning";
    public const string UnknownColumn = "unknown-column";

    /// <summary>The row has more values than the heading has columns: a separator inside a value was not quoted, so the values are in the
    /// wrong columns.</summary>
    public const string TooManyValues = "too-many-values";

    /// <summary>An optional value that cannot be read (an e-mail, a number of hours): the row is imported without it.</summary>
    public const string ValueIgnored = "value-ignored";

    /// <summary>A person changed by hand what the file says otherwise: theirs stays.</summary>
    public const string PersonEdited = "person-edited";

    /// <summary>Several people share an e-mail: they sign in with their reference.</summary>
    public const string SharedEmail = "shared-email";

    /// <summary>A name with characters that sealed documents cannot draw: they print the numbers of these characters.</summary>
    public const string NameNotDrawable = "name-not-drawable";

    /// <summary>
    /// A placement in a company that stays as it is: a person changed it, or what the file drops was declared or validated.
    /// </summary>
    public const string PlacementKept = "placement-kept";

    /// <summary>Days in a company are planned for a learner whose company or tutor is not named: nobody can validate them yet.</summary>
    public const string PlacementWithoutTutor = "placement-without-tutor";

    /// <summary>Dates of the file are written as a workbook's serial numbers.</summary>
    public const string SerialDates = "serial-dates";

    /// <summary>Titles, or a line « sep=; », above the headings.</summary>
    public const string LineSkipped = "line-skipped";

    /// <summary>An event of a calendar that belongs to no training and group that we know: its organisation has yet to say which.</summary>
    public const string UnmappedEvent = "unmapped-event";

    /// <summary>An event of a calendar that cannot be read, or repeats without end.</summary>
    public const string EventUnreadable = "event-unreadable";

    /// <summary>An event whose times are in a time zone that is not known.</summary>
    public const string UnknownZone = "unknown-zone";

    /// <summary>An event of whole days, which is nothing to sign, or a part of a calendar that is no event.</summary>
    public const string EventIgnored = "event-ignored";

    /// <summary>A file of the archive that is no table, or a sheet of a workbook with unknown headings.</summary>
    public const string FileIgnored = "file-ignored";
}

public enum ImportSeverity
{
    /// <summary>The row, or the change, was not applied.</summary>
    Error,

    /// <summary>Applied, and worth a look.</summary>
    Warning,
}

/// <summary>A line of the report.</summary>
/// <param name="File">Name of the file as it came.</param>
/// <param name="Line">Physical line on which the record starts, the heading being line 1; 0 for a Session that the file does not
/// name.</param>
/// <param name="Ref">The reference in the row, or of the Session.</param>
/// <param name="Text">A French sentence that says what to do.</param>
public sealed record ImportLine(string File, int Line, string Ref, string Code, ImportSeverity Severity, string Text);
