using Emargement.Domain.Planning.Import;
using Emargement.Domain.Planning.Sources;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Web.Platform;

namespace Emargement.Web.Planning;

/// <summary>Imports and sources of an organisation, as its managers see them.</summary>
public sealed record ImportsModel
{
    public required OrganisationId Organisation { get; init; }

    /// <summary>When the night's import begins, UTC.</summary>
    public required DateTimeOffset Next { get; init; }

    /// <summary>Files that wait for it.</summary>
    public IReadOnlyList<string> Waiting { get; init; } = [];

    /// <summary>What the import of these files would do; null when nobody looked yet.</summary>
    public ImportReport? Tonight { get; init; }

    /// <summary>What of them contradicts what a person changed.</summary>
    public IReadOnlyList<ConflictModel> Conflicts { get; init; } = [];

    public IReadOnlyList<SourceModel> Sources { get; init; } = [];

    /// <summary>The latest first.</summary>
    public IReadOnlyList<ImportRunModel> Runs { get; init; } = [];

    public string? More { get; init; }

    /// <summary>What was just done: <c>created</c>, <c>paused</c>, <c>resumed</c>, <c>deleted</c>; null for anything else.</summary>
    public string? Done { get; init; }

    /// <summary>A form that was refused.</summary>
    public ReturnedForm? Returned { get; init; }

    /// <summary>What the address in the form of a new source would give.</summary>
    public ImportReport? Trial { get; init; }
}

/// <param name="Version">What a change of it carries.</param>
/// <param name="Next">UTC; null while it is paused.</param>
/// <param name="Last">Address of the last run's report.</param>
/// <param name="Why">Why the last run gave nothing.</param>
public sealed record SourceModel(
    string Id, string Version, string Name, SourceKind Kind, string Host, bool Paused, DateTimeOffset? Next, string? Last,
    DateTimeOffset? LastAt, string? Why, ImportCounts Planning, int FailedNights);

/// <param name="State">The word of its state under <c>imports.state.</c>.</param>
/// <param name="By">Who asked for it, in words.</param>
public sealed record ImportRunModel(string Url, DateTimeOffset StartedAt, string By, string State, IReadOnlyList<string> Files)
{
    /// <summary>What it came to, in words; null until it has its report.</summary>
    public string? Counts { get; init; }
}

/// <summary>A session of which a person and the file do not say the same.</summary>
/// <param name="Run">Whose report says so; null for tonight's import.</param>
/// <param name="Version">What a change of the session carries; null when it is gone.</param>
/// <param name="Over">Names what the file says.</param>
/// <param name="Fields">What differs comes first.</param>
public sealed record ConflictModel(
    SessionId Session, string Title, string? Run, string? Version, string Over, ConflictState State,
    IReadOnlyList<ConflictField> Fields)
{
    /// <summary>Whether the file no longer has it.</summary>
    public bool Absent { get; init; }
}

/// <param name="Word">Of the field, under <c>hand.</c></param>
/// <param name="Kept">The person's, as shown.</param>
/// <param name="Asked">The file's, as shown.</param>
public sealed record ConflictField(string Word, string Kept, string Asked)
{
    public bool Differs => Kept != Asked;
}

/// <summary>What became of a conflict since its report.</summary>
public enum ConflictState
{
    Waiting,
    Kept,
    Following,
}

/// <param name="Forcible">Whether somebody may still ask for it although it looks cut short.</param>
/// <param name="Refused">Why that was refused.</param>
public sealed record ImportReportModel(OrganisationId Organisation, ImportReport Report, bool Forcible = false, string? Refused = null)
{
    public IReadOnlyList<ConflictModel> Conflicts { get; init; } = [];
}
