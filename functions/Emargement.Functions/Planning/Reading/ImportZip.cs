using System.IO.Compression;
using Emargement.Domain.Platform;

namespace Emargement.Functions.Planning.Reading;

/// <summary>Unpacks a ZIP. Names of entries never become paths, sizes are counted while unpacking (a header may lie), checksums are held
/// to, and archives inside
/// are not opened unless they are workbooks.</summary>
internal static class ImportZip
{
    /// <summary>Entries of one archive at most: four files and whatever lies beside them.</summary>
    public const int MaxEntries = 50;

    private static readonly string[] Extensions = [".csv", ".xlsx", ".ics"];

    public static bool IsZip(SpooledFile file)
    {
        Span<byte> start = stackalloc byte[4];
        return file.Rewind().ReadAtLeast(start, 4, throwOnEndOfStream: false) == 4 && start.SequenceEqual("PK\u0003\u0004"u8);
    }

    /// <summary>Unpacks the tables of an archive into a list; other entries are ignored and remarked on.</summary>
    /// <returns>Null, or why it cannot be imported.</returns>
    public static async Task<Refusal?> UnpackAsync(
        ZipArchive zip, List<SpooledFile> files, ByteBudget budget, Action<FileRemark> remark, CancellationToken cancellation)
    {
        if (zip.Entries.Count > MaxEntries)
        {
            return ImportRefusals.TooManyFiles(MaxEntries);
        }

        foreach (var entry in zip.Entries)
        {
            if (IsUnsafe(entry.FullName))
            {
                return ImportRefusals.ArchiveUnsafe(entry.FullName);
            }

            if (entry.Name.Length == 0 || entry.Name[0] == '.' || entry.FullName.StartsWith("__MACOSX/", StringComparison.Ordinal))
            {
                // Folders, and what a Mac adds to every archive.
                continue;
            }

            if (!Extensions.Contains(Path.GetExtension(entry.Name), StringComparer.OrdinalIgnoreCase))
            {
                remark(FileRemark.Ignored(entry.Name));
                continue;
            }

            await using var content = CheckedEntry.Open(entry, new ByteBudget(long.MaxValue));
            var file = await SpooledFile.ReceiveAsync(entry.Name, content, budget, cancellation);
            if (!file.IsOk)
            {
                return file.Refusal;
            }

            files.Add(file.Value);
        }

        return files.Count > 0 ? null : ImportRefusals.Empty;
    }

    // An archive whose names climb out of its folder was made to attack whoever unpacks it.
    private static bool IsUnsafe(string name) =>
        name.StartsWith('/') || name.Contains(':', StringComparison.Ordinal) || name.Split('/', '\\').Contains("..");
}
