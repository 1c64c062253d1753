namespace Emargement.Domain.Planning.Import.Rows;

/// <summary>The columns that rows do not have. What a row does not say stays as it is stored; an empty cell, in a column that it has,
/// clears. A file's rows have one heading; those that a system pushes have each their own.</summary>
public sealed class AbsentColumns
{
    private readonly Dictionary<int, ImportHeading> _others = [];
    private ImportHeading? _first;

    /// <summary>Takes note of the headings of a row.</summary>
    public void Of(ImportRow row)
    {
        _first ??= row.Heading;
        if (!ReferenceEquals(row.Heading, _first))
        {
            _others[row.Line] = row.Heading;
        }
    }

    /// <summary>Whether a row has a column.</summary>
    /// <param name="line">Of the row.</param>
    public bool Has(int line, string column) => (_others.GetValueOrDefault(line) ?? _first)?.Has(column) == true;

    /// <summary>What a value becomes: the row's when it has the column, else the stored one.</summary>
    public T Keep<T>(int line, string column, T stored, T file) => Has(line, column) ? file : stored;
}
