using CsvHelper;
using Emargement.Domain.Platform;
using Emargement.Domain.Region;

namespace Emargement.Functions.Region.Export;

/// <summary>One CSV file of an export: UTF-8 with BOM, ';', CRLF, formulas neutralised by a leading apostrophe.</summary>
internal sealed class RegionCsvFile : IDisposable
{
    private static readonly CsvWriterOptions Options = new()
    {
        Separator = ';',
        NewLine = "\r\n",
        WriteByteOrderMark = true,
        NullValue = "",
    };

    private readonly string _name;
    private readonly Range _columns;
    private readonly BlockBlobWriter _blob;
    private readonly CsvWriter _csv;
    private int _rows;

    /// <param name="schema">Which of the columns it has.</param>
    public RegionCsvFile(string name, IReadOnlyList<string> columns, int schema, BlockBlobWriter blob)
    {
        _name = name;
        _columns = RegionFiles.ColumnsOf(name, schema);
        _blob = blob;
        _csv = CsvWriter.Create(blob, Options, leaveOpen: true);
        Write([.. columns]);
    }

    public void Add(string?[] values)
    {
        Write(values);
        _rows++;
    }

    /// <summary>Lets go of what fills a block.</summary>
    public async Task SendFullBlockAsync(CancellationToken cancellation)
    {
        _csv.Flush();
        await _blob.SendFullBlockAsync(cancellation);
    }

    /// <returns>The manifest's line, or null when the file exists with other bytes.</returns>
    public async Task<ManifestFile?> TryFinishAsync(CancellationToken cancellation)
    {
        _csv.Flush();
        var file = new ManifestFile(_name, _rows, _blob.Sha256());
        return await ExportContainer.TryFinishAsync(_blob, cancellation) ? file : null;
    }

    public void Dispose()
    {
        _csv.Dispose();
        _blob.Dispose();
    }

    private void Write(string?[] values)
    {
        foreach (var value in values[_columns])
        {
            _csv.WriteField(CsvCell.Of(value));
        }

        _csv.EndRecord();
    }
}
