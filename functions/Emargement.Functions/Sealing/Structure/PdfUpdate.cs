using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Emargement.Functions.Sealing.Structure;

/// <summary>
/// An incremental update (ISO 32000-1, 7.5.6): the file as it is, then new objects, and a cross-reference section of the kind that the file
/// uses.
/// No earlier byte changes, so earlier signatures stay valid.
/// </summary>
internal sealed class PdfUpdate(byte[] original, PdfFile file)
{
    private readonly SortedDictionary<int, byte[]> _objects = [];
    private int _next = file.NextNumber;

    public int Reserve() => _next++;

    public void Set(int number, string body) => _objects[number] = Encoding.Latin1.GetBytes(body);

    /// <param name="wanted">An object of the update.</param>
    /// <returns>The file, and where that object begins in it.</returns>
    public (byte[] File, int At) Write(int wanted)
    {
        using var target = new MemoryStream();
        target.Write(original);
        if (original[^1] is not ((byte)'\n' or (byte)'\r'))
        {
            target.WriteByte((byte)'\n');
        }

        var offsets = new SortedDictionary<int, int>();
        foreach (var (number, body) in _objects)
        {
            offsets[number] = (int)target.Length;
            Ascii(target, $"{number} {file.GenerationOf(number)} obj\n");
            target.Write(body);
            Ascii(target, $"\nendobj\n");
        }

        var section = (int)target.Length;
        if (file.UsesStream)
        {
            WriteStream(target, offsets, section);
        }
        else
        {
            WriteTable(target, offsets);
        }

        Ascii(target, $"startxref\n{section}\n%%EOF\n");
        return (target.ToArray(), offsets[wanted]);
    }

    private void WriteTable(Stream target, SortedDictionary<int, int> offsets)
    {
        Ascii(target, $"xref\n");
        foreach (var run in Runs(offsets.Keys))
        {
            Ascii(target, $"{run[0]} {run.Count}\n");
            foreach (var number in run)
            {
                Ascii(target, $"{offsets[number]:D10} {file.GenerationOf(number):D5} n \n");
            }
        }

        Ascii(target, $"trailer\n{Trailer(_next)}\n");
    }

    private void WriteStream(Stream target, SortedDictionary<int, int> offsets, int section)
    {
        var number = _next;
        offsets[number] = section;
        var dictionary = Trailer(_next + 1);
        dictionary["Type"] = "/XRef";
        dictionary["W"] = "[1 4 2]";
        dictionary["Index"] = "[" + string.Join(
            ' ', Runs(offsets.Keys).Select(run => string.Create(CultureInfo.InvariantCulture, $"{run[0]} {run.Count}"))) + "]";
        dictionary["Length"] = (7 * offsets.Count).ToString(CultureInfo.InvariantCulture);
        Ascii(target, $"{number} 0 obj\n{dictionary}\nstream\n");
        foreach (var (placed, offset) in offsets)
        {
            var generation = file.GenerationOf(placed);
            target.Write(
            [
                1, (byte)(offset >> 24), (byte)(offset >> 16), (byte)(offset >> 8), (byte)offset, (byte)(generation >> 8), (byte)generation,
            ]);
        }

        Ascii(target, $"\nendstream\nendobj\n");
    }

    private PdfDictionary Trailer(int size)
    {
        var trailer = new PdfDictionary
        {
            ["Size"] = size.ToString(CultureInfo.InvariantCulture),
            ["Root"] = file.Trailer["Root"],
            ["Info"] = file.Trailer["Info"],
            ["Prev"] = file.LastSection.ToString(CultureInfo.InvariantCulture),
        };
        if (file.Resolve(file.Trailer["ID"]) is { } id && PdfSyntax.Elements(id) is [var first, ..])
        {
            // The first half names the document for ever, the second one this state of it (14.4).
            trailer["ID"] = $"[{first} <{Convert.ToHexString(SHA256.HashData(original).AsSpan(0, 16))}>]";
        }

        return trailer;
    }

    private static IEnumerable<List<int>> Runs(IEnumerable<int> numbers)
    {
        var run = new List<int>();
        foreach (var number in numbers)
        {
            if (run.Count > 0 && number != run[^1] + 1)
            {
                yield return run;
                run = [];
            }

            run.Add(number);
        }

        if (run.Count > 0)
        {
            yield return run;
        }
    }

    private static void Ascii(Stream target, FormattableString text) =>
        target.Write(Encoding.Latin1.GetBytes(text.ToString(CultureInfo.InvariantCulture)));
}
