using System.Text;
using Azure.Data.Tables;

namespace Emargement.Functions.Platform.Storage;

/// <summary>What a fact's row holds beside the fact: the drawing of a signature.</summary>
internal static class StoredMarks
{
    /// <summary>Writes a fact again without the names in it.</summary>
    public delegate byte[] WithoutNames(ReadOnlySpan<byte> json);

    /// <summary>Takes the drawing and the names out of a row.</summary>
    /// <returns>False when there were none: the row needs no write.</returns>
    public static bool CutMarks(this TableEntity row, WithoutNames cut)
    {
        var before = row.GetString("Json");
        var after = Encoding.UTF8.GetString(cut(Encoding.UTF8.GetBytes(before)));
        var drawn = row.Remove("Drawing");
        row["Json"] = after;
        return drawn || after != before;
    }
}
