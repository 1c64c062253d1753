using System.Runtime.CompilerServices;
using System.Text;
using CsvHelper;
using Emargement.Functions.Region.Export;

namespace Emargement.Functions.Portal;

/// <summary>A row of a file of an export, by the names of its columns.</summary>
internal sealed class ExportRow(IReadOnlyDictionary<string, int> columns, string[] values)
{
    /// <summary>Empty where the file has no such column.</summary>
    public string this[string column] => columns.TryGetValue(column, out var at) && at < values.Length ? values[at] : "";

    public IEnumerable<string> Columns => columns.Keys;

    /// <summary>The value; null for none.</summary>
    public string? OrNull(string column) => this[column] is { Length: > 0 } value ? value : null;
}

/// <summary>Reads a CSV file that an export wrote, a row at a time.</summary>
internal static class ExportRows
{
    private static readonly CsvReaderOptions Options = new() { Separator = ';', HasHeader = false, PoolStrings = true };

    /// <summary>No row where there is no such file.</summary>
    public static async IAsyncEnumerable<ExportRow> ReadAsync(
        ExportContainer container, ExportVersion version, string file, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var content = await container.OpenReadAsync(version, file, cancellation) ?? Stream.Null;
        using var text = new StreamReader(content, Encoding.UTF8);
        using var reader = CsvReader.Create(text, Options);
        if (!await reader.ReadAsync(cancellation))
        {
            yield break;
        }

        var columns = reader.Current.ToArray().Index().ToDictionary(c => c.Item, c => c.Index, StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellation))
        {
            yield return new ExportRow(columns, reader.Current.ToArray());
        }
    }
}
