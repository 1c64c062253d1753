using System.Globalization;
using System.Text.RegularExpressions;
using Emargement.Domain.Planning.Import;

namespace Emargement.Functions.Planning.Runs;

/// <summary>Names one import of an organisation: <c>night-2026-11-23</c> of a local date, <c>upload-20261123T210000Z-1a2b3c4d</c>, or of
/// a planning source <c>source-1a2b3c4d-2026-11-23</c> by night and <c>source-1a2b3c4d-20261123T210000Z</c> at once, and what one pushed
/// <c>push-1a2b3c4d-20261123T210000Z-1a2b3c4d</c>.</summary>
public readonly partial record struct ImportRunId
{
    private const string NightKind = "night";
    private const string UploadKind = "upload";
    private const string SourceKind = "source";
    private const string PushKind = "push";

    private ImportRunId(string kind, string name) => (Kind, Name) = (kind, name);

    public string Kind { get; }

    public string Name { get; }

    /// <summary>Whether a night goes on with it when its process died.</summary>
    public bool IsOfNight => Kind == NightKind || (Kind == SourceKind && !Name.EndsWith('Z'));

    /// <summary>The planning source whose run it is, or null.</summary>
    public string? Source => Kind is SourceKind or PushKind ? Name[..8] : null;

    public static ImportRunId Night(DateOnly localDate) => new(NightKind, Day(localDate));

    public static ImportRunId Night(string source, DateOnly localDate) => new(SourceKind, $"{source}-{Day(localDate)}");

    public static ImportRunId AtOnce(string source, DateTimeOffset at) => new(SourceKind, $"{source}-{Instant(at)}");

    public static ImportRunId Push(string source, DateTimeOffset at) =>
        new(PushKind, $"{source}-{Instant(at)}-{Guid.NewGuid().ToString("N")[..8]}");

    public static ImportRunId Upload(DateTimeOffset at) =>
        new(UploadKind, $"{Instant(at)}-{Guid.NewGuid().ToString("N")[..8]}");

    public static bool TryParse(string text, out ImportRunId id)
    {
        id = Shape().IsMatch(text) && text.IndexOf('-', StringComparison.Ordinal) is var at
            ? new ImportRunId(text[..at], text[(at + 1)..])
            : default;
        return id != default;
    }

    public override string ToString() => $"{Kind}-{Name}";

    private static string Day(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"\A(?:night-\d{4}-\d{2}-\d{2}|upload-\d{8}T\d{6}Z-[0-9a-f]{8}|source-[0-9a-f]{8}-(?:\d{4}-\d{2}-\d{2}|\d{8}T\d{6}Z)|"
        + @"push-[0-9a-f]{8}-\d{8}T\d{6}Z-[0-9a-f]{8})\z")]
    private static partial Regex Shape();
}

public enum ImportRunState
{
    /// <summary>Started, by the holder of the organisation's lease.</summary>
    Running,

    /// <summary>Imported; its files are being moved out of the inbox.</summary>
    Moving,

    Done,

    /// <summary>Ended, and a file was refused whole.</summary>
    Refused,

    /// <summary>Its process died on the way. What it wrote stands; importing the same files again completes it.</summary>
    Stopped,
}

/// <summary>A file of a run. The tag is that of the blob as it was listed, so that a newer file of the same name is not taken for
/// it.</summary>
/// <param name="Failed">Set once imported: whether it goes to <c>failed/</c> rather than <c>done/</c>.</param>
public sealed record RunFile(string Name, string? Tag = null, bool Failed = false);

/// <summary>What a run came to: sessions that it created, changed and cancelled, and rows of whatever kind that it refused.</summary>
public sealed record RunCounts(int Created, int Updated, int Cancelled, int Rejected)
{
    public static RunCounts Of(ImportReport report) => new(
        report.Planning.Created,
        report.Planning.Updated,
        report.Planning.Cancelled,
        report.Planning.Rejected + report.Learners.Rejected + report.Trainers.Rejected + report.Actions.Rejected);
}

/// <summary>One import, by night, by upload or of a planning source.</summary>
/// <param name="By">Who asked for it: <c>manager:REF</c>, <c>machine:KEY</c>, <c>operator</c> or <c>system</c>.</param>
public sealed record ImportRun(
    ImportRunId Id, ImportRunState State, string By, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, IReadOnlyList<RunFile> Files)
{
    /// <summary>Null until it has its report, and of runs that are older than this.</summary>
    public RunCounts? Counts { get; init; }

    /// <summary>The run as it really is: one that says that it goes on and does not hold the lease has stopped.</summary>
    public ImportRun Beside(ImportRunId? holder) => IsOver || Id == holder ? this : this with { State = ImportRunState.Stopped };

    public bool IsOver => State is ImportRunState.Done or ImportRunState.Refused or ImportRunState.Stopped;
}
