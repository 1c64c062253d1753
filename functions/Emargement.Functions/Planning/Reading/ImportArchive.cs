using System.IO.Compression;
using Emargement.Domain.Planning.Import;
using Emargement.Domain.Platform;

namespace Emargement.Functions.Planning.Reading;

/// <summary>Unpacks a ZIP. Names of entries never become paths, sizes are counted while unpacking (a header may lie), and archives inside are not opened.</summary>
public static class ImportArchive
{
    /// <summary>Entries of one archive at most: four files and whatever lies beside them.</summary>
    public const int MaxEntries = 50;

    public static bool IsZip(SpooledFile file)
    {
        Span<byte> start = stackalloc byte[4];
        return file.Rewind().ReadAtLeast(start, 4, throwOnEndOfStream: false) == 4 && start.SequenceEqual("PK\u0003\u0004"u8);
    }

    /// <summary>The CSV files of the archive; other entries are ignored and named in the journal.</summary>
    public static async Task<Result<IReadOnlyList<SpooledFile>>> UnpackAsync(
        SpooledFile archive, ByteBudget budget, ImportJournal journal, CancellationToken cancellation)
    {
        var files = new List<SpooledFile>();
        try
        {
            await using var zip = new ZipArchive(archive.Rewind(), ZipArchiveMode.Read, leaveOpen: true);
            var refusal = await UnpackAsync(zip, files, budget, journal, cancellation);
            if (refusal is null)
            {
                return files.Count > 0 ? files : Refuse(files, ImportRefusals.Empty);
            }

            return Refuse(files, refusal);
        }
        catch (InvalidDataException)
        {
            return Refuse(files, ImportRefusals.ArchiveDamaged);
        }
    }

    private static async Task<Refusal?> UnpackAsync(
        ZipArchive zip, List<SpooledFile> files, ByteBudget budget, ImportJournal journal, CancellationToken cancellation)
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

            if (!entry.Name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase))
            {
                journal.WarnFile(entry.Name, ImportCode.FileIgnored, ImportSentences.FileIgnored(entry.Name));
                continue;
            }

            await using var content = await entry.OpenAsync(cancellation);
            var file = await SpooledFile.ReceiveAsync(entry.Name, content, budget, cancellation);
            if (!file.IsOk)
            {
                return file.Refusal;
            }

            files.Add(file.Value);
        }

        return null;
    }

    // An archive whose names climb out of its folder was made to attack whoever unpacks it.
    private static bool IsUnsafe(string name) => name.StartsWith('/') || name.Contains(':', StringComparison.Ordinal) || name.Split('/', '\\').Contains("..");

    private static Refusal Refuse(List<SpooledFile> files, Refusal refusal)
    {
        files.ForEach(f => f.Dispose());
        return refusal;
    }
}
