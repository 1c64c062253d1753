using System.Globalization;
using System.Text;

namespace Emargement.Functions.Sealing.Structure;

/// <summary>A dictionary whose values are kept as they are written, so that changing one entry changes no other byte of meaning.</summary>
internal sealed class PdfDictionary
{
    // By its name without escapes: /Typ#65 is /Type. Of two of one name the last one counts, as viewers have it.
    private readonly OrderedDictionary<string, string> _entries = [];

    public string? this[string name]
    {
        get => _entries.GetValueOrDefault(name);
        set
        {
            if (value is null)
            {
                _entries.Remove(name);
            }
            else
            {
                _entries[name] = value;
            }
        }
    }

    /// <summary>Reads the dictionary at <paramref name="at"/> and moves past it.</summary>
    public static PdfDictionary Read(ReadOnlySpan<byte> source, ref int at)
    {
        if (!PdfSyntax.TryWord(source, ref at, "<<"u8))
        {
            throw PdfSyntax.Malformed();
        }

        var dictionary = new PdfDictionary();
        while (!PdfSyntax.TryWord(source, ref at, ">>"u8))
        {
            if (!PdfSyntax.TryWord(source, ref at, "/"u8))
            {
                throw PdfSyntax.Malformed();
            }

            var nameEnd = PdfSyntax.SkipObject(source, at - 1);
            var name = PdfText.Name(source[at..nameEnd]);
            var start = PdfSyntax.SkipSpace(source, nameEnd);
            at = PdfSyntax.SkipObject(source, start);
            dictionary[name] = Encoding.Latin1.GetString(source[start..at]);
        }

        return dictionary;
    }

    public static PdfDictionary Read(string source)
    {
        var at = 0;
        return Read(Encoding.Latin1.GetBytes(source), ref at);
    }

    public int? Number(string name) =>
        int.TryParse(this[name], NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;

    /// <summary>The object number of a reference; null when the entry is absent or written in place.</summary>
    public int? Reference(string name) => ReferenceOf(this[name]);

    public static int? ReferenceOf(string? value) =>
        value is not null && value.EndsWith('R')
            && int.TryParse(value.Split(' ', '\n', '\r', '\t')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    public override string ToString() =>
        "<< " + string.Join(' ', _entries.Select(entry => $"/{PdfText.Escaped(entry.Key)} {entry.Value}")) + " >>";
}
