using System.Globalization;
using System.IO.Compression;
using System.Text;
using CsvHelper;
using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Storage;
using Emargement.Functions.Statements.Records;

namespace Emargement.Functions.Statements.Bulk;

/// <summary>
/// The latest statements of a training in one ZIP with a list: no copy of it is kept anywhere, and the same statements give the same
/// bytes.
/// </summary>
public sealed class StatementsZip(ListStatements list, StatementDocuments documents, TrainingsTable trainings)
{
    private const string ListName = "manifest.csv";

    private static readonly string[] Columns = ["ref", "fichier", "code", "version", "sha256", "scelle_le"];

    private static readonly CsvWriterOptions Options = new() { Separator = ';', NewLine = "\r\n", WriteByteOrderMark = true };

    // The first day that a ZIP can say.
    private static readonly DateTimeOffset Fixed = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <returns>The file, to be read from its start, or <c>training-unknown</c>, <c>statement-unknown</c> when there are none.</returns>
    public async Task<Result<FileStream>> WriteAsync(
        OrganisationId organisation, TrainingStatements asked, CancellationToken cancellation)
    {
        if (await trainings.FindAsync(organisation, asked.Training, cancellation) is null)
        {
            return Refusal.NotFound("training-unknown");
        }

        var found = await list.LatestAsync(organisation, asked, cancellation);
        if (found.Count == 0)
        {
            return Refusal.NotFound("statement-unknown");
        }

        var file = NamelessFile.Open();
        try
        {
            await WriteAsync(organisation, found, file, cancellation);
            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    private async Task WriteAsync(
        OrganisationId organisation, IReadOnlyList<StatementRecord> statements, Stream target, CancellationToken cancellation)
    {
        await using var zip = await ZipArchive.CreateAsync(target, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8, cancellation);
        List<string[]> listed = [Columns];
        foreach (var statement in statements)
        {
            var place = new StatementPlace(organisation, statement.Key, statement.Version);
            if (await documents.ReadAsync(place, cancellation) is not { } pdf)
            {
                continue;
            }

            var name = OpenStatement.NameOf(place, ".pdf");
            await AddAsync(zip, name, pdf, CompressionLevel.NoCompression, cancellation);
            listed.Add(
            [
                statement.Key.Learner.Value, name, statement.Code.ToString(), statement.Version.ToString(CultureInfo.InvariantCulture),
                statement.Sha256, statement.SealedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ]);
        }

        await AddAsync(zip, ListName, Csv(listed), CompressionLevel.Optimal, cancellation);
    }

    private static byte[] Csv(IEnumerable<string[]> lines)
    {
        using var output = new MemoryStream();
        using (var csv = CsvWriter.Create(output, Options, true))
        {
            foreach (var line in lines)
            {
                csv.WriteRecord([.. line.Select(cell => CsvCell.Of(cell))]);
            }
        }

        return output.ToArray();
    }

    private static async Task AddAsync(
        ZipArchive zip, string name, byte[] content, CompressionLevel level, CancellationToken cancellation)
    {
        var entry = zip.CreateEntry(name, level);
        entry.LastWriteTime = Fixed;
        await using var stream = await entry.OpenAsync(cancellation);
        await stream.WriteAsync(content, cancellation);
    }
}
