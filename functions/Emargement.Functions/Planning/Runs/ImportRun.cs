using System.Globalization;
using System.Text.RegularExpressions;

namespace Emargement.Functions.Planning.Runs;

/// <summary>Names one import of an organisation: <c>night-2026-11-23</c>, of a local date, or
/// <c>upload-20261123T210000Z-1a2b3c4d</c>.</summary>
public readonly partial record struct ImportRunId
{
    private const string NightKind = "night";
    private const string UploadKind = "upload";

    private ImportRunId(string kind, string name) => (Kind, Name) = (kind, name);

    public string Kind { get; }

    public string Name { get; }

    public bool IsUpload => Kind == UploadKind;

    public static ImportRunId Night(DateOnly localDate) => new(NightKind, localDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    public static ImportRunId Upload(DateTimeOffset at) =>
        new(
            UploadKind,
            $"{at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}-{Guid.NewGuid().ToString("N")[..8]}");

    public static bool TryParse(string text, out ImportRunId id)
    {
        var match = Shape().Match(text);
        id = match.Success ? new ImportRunId(match.Groups[1].Value, match.Groups[2].Value) : default;
        return match.Success;
    }

    public override string ToString() => $"{Kind}-{Name}";

    [GeneratedRegex(@"\A(night|upload)-((?<=night-)\d{4}-\d{2}-\d{2}|(?<=upload-)\d{8}T\d{6}Z-[0-9a-f]{8})\z")]
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

/// <summary>One import, by night or by upload.</summary>
/// <param name="By">Who sent the files: <c>manager:REF</c>, <c>machine:KEY</c>, <c>operator</c> or <c>system</c>.</param>
public sealed record ImportRun(
    ImportRunId Id, ImportRunState State, string By, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, IReadOnlyList<RunFile> Files)
{
    /// <summary>The run as it really is: one that says that it goes on and does not hold the lease has stopped.</summary>
    public ImportRun Beside(ImportRunId? holder) => IsOver || Id == holder ? this : this with { State = ImportRunState.Stopped };

    public bool IsOver => State is ImportRunState.Done or ImportRunState.Refused or ImportRunState.Stopped;
}
