using System.Text.Json;

namespace Emargement.Functions.Archive;

/// <summary>
/// What an archive holds: entry <c>manifest.json</c>, whose own SHA-256 is the archive's
/// ZIP comment, so that every byte of content hangs on one.
/// </summary>
/// <param name="Schema"><see cref="CurrentSchema"/>.</param>
/// <param name="Organisation">Short name.</param>
/// <param name="ExportedAt">UTC, when the export began.</param>
public sealed record ArchiveManifest(
    int Schema,
    string Organisation,
    DateTimeOffset ExportedAt,
    IReadOnlyList<ArchivedTableEntry> Tables,
    IReadOnlyList<ArchivedContainerEntry> Containers)
{
    /// <summary>Goes up when an archive made by an earlier version of the app can no longer be read as it is.</summary>
    public const int CurrentSchema = 1;

    internal const string Entry = "manifest.json";

    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, NewLine = "\n" };

    public long Rows => Tables.Sum(t => t.Rows);

    public long Blobs => Containers.Sum(c => c.Blobs);

    internal static string TableEntry(string table) => $"tables/{table}.jsonl";

    internal static string ListEntry(string container) => $"blobs/{container}.jsonl";

    internal static string BlobEntry(string container, string name) => $"blobs/{container}/{name}";
}

/// <param name="Sha256">Of the entry <c>tables/{name}.jsonl</c>, one row a line; lower-case hexadecimal.</param>
public sealed record ArchivedTableEntry(string Name, long Rows, string Sha256);

/// <param name="Bytes">Of all its blobs.</param>
/// <param name="Sha256">Of the entry <c>blobs/{name}.jsonl</c>, one <see cref="ArchivedBlob"/> a line.</param>
public sealed record ArchivedContainerEntry(string Name, long Blobs, long Bytes, string Sha256);

/// <summary>One blob; its bytes are the entry <c>blobs/{container}/{name}</c>.</summary>
/// <param name="Written">When it was last written in the storage that the archive was made of. A copy has its own time.</param>
public sealed record ArchivedBlob(
    string Name, long Bytes, string Sha256, DateTimeOffset Written, string? ContentType, IReadOnlyDictionary<string, string> Metadata)
{
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
}

/// <summary>
/// An archive that cannot be imported, or a storage that cannot take it. The message is a
/// sentence for the operator, and nothing that was there has been changed.
/// </summary>
public sealed class ArchiveRefusedException(string message) : Exception(message);
