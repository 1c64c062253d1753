using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Emargement.Domain.Region;

/// <summary>
/// What a version of an organisation's month is, and the hash of each of its files: <c>manifest.json</c>, sealed by the organisation.
/// </summary>
public sealed record ExportManifest
{
    public const int CurrentSchema = 2;

    /// <summary>Fewer columns, and no modes: for a Région that asks for it.</summary>
    public const int FirstSchema = 1;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Raised when a column or its meaning changes.</summary>
    public int SchemaVersion { get; init; } = CurrentSchema;

    public required string Region { get; init; }

    public required ManifestOrganisation Organisation { get; init; }

    /// <summary>yyyy-MM.</summary>
    public required string Month { get; init; }

    /// <summary>1 for the first.</summary>
    public required int Version { get; init; }

    /// <summary>The version that this one replaces; null for the first.</summary>
    public ManifestPrevious? Previous { get; init; }

    public required ManifestStatus Status { get; init; }

    /// <summary>How each group signed, by training then group; null in the first schema.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ManifestMode>? Modes { get; init; }

    /// <summary>Data files in the order of <see cref="RegionFiles.Names"/>.</summary>
    public required IReadOnlyList<ManifestFile> Files { get; init; }

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Options);

    public static ExportManifest FromJson(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize<ExportManifest>(json, Options) ?? throw new FormatException("A manifest is a JSON object.");
}

public sealed record ManifestOrganisation(string Nda, string Siret, string Name);

/// <param name="Sha256">Of the bytes of that version's <c>manifest.json</c>, lower-case hexadecimal.</param>
public sealed record ManifestPrevious(int Version, string Sha256);

/// <param name="State"><see cref="ExportStates"/>.</param>
/// <param name="By">Who asked for the export: a Région's key, <c>operator</c>, or <c>system</c> for the monthly run.</param>
/// <param name="At">When it was asked for, UTC.</param>
public sealed record ManifestStatus(string State, string By, DateTime At);

/// <summary>How the learners of a group whom the Région pays signed in the month.</summary>
/// <param name="Mode">electronique, papier or mixte.</param>
public sealed record ManifestMode(string Training, string Group, string Mode);

/// <param name="Rows">Data rows, the heading not counted.</param>
/// <param name="Sha256">Of the file's bytes, lower-case hexadecimal.</param>
public sealed record ManifestFile(string Name, int Rows, string Sha256);

public static class ExportStates
{
    /// <summary>The month may still change.</summary>
    public const string Provisional = "provisional";

    /// <summary>The organisation has said that the month is right.</summary>
    public const string Validated = "validated";

    /// <summary>Sent for good: imports and corrections leave the month alone.</summary>
    public const string Locked = "locked";

    /// <summary>Replaces a version that had been sent for good.</summary>
    public const string Corrected = "corrected";

    /// <summary>The state of a new version.</summary>
    /// <param name="monthLocked">The organisation has locked the month.</param>
    /// <param name="monthValidated">The organisation has said that it is right.</param>
    /// <param name="previous">State of the version before; null for the first.</param>
    /// <param name="amended">It says an amendment of a month that was sent for good.</param>
    public static string Of(bool monthLocked, bool monthValidated, string? previous, bool amended = false) =>
        amended || previous is Locked or Corrected ? Corrected : monthLocked ? Locked : monthValidated ? Validated : Provisional;
}
