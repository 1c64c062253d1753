namespace Emargement.Domain.Planning.Import.Rows;

/// <summary>The columns that a file does not have. What it does not say stays as it is stored; an empty cell, in a column that it has,
/// clears.</summary>
public sealed class AbsentColumns
{
    private ImportHeading? _heading;

    /// <summary>Takes note of the headings of a row: those of its file.</summary>
    public void Of(ImportRow row) => _heading = row.Heading;

    /// <summary>Whether the file has a column.</summary>
    public bool Has(string column) => _heading?.Has(column) == true;

    /// <summary>What a value becomes: the file's when the file has the column, else the stored one.</summary>
    public T Keep<T>(string column, T stored, T file) => Has(column) ? file : stored;
}
