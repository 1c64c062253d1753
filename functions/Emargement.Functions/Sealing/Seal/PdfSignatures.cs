using Emargement.Functions.Sealing.Structure;

namespace Emargement.Functions.Sealing.Seal;

/// <summary>Where the entries of one signature dictionary (ISO 32000-1, 12.8.1) stand in the file; empty for one that it has not.</summary>
internal readonly record struct PdfSignature(Range ByteRange, Range Contents, Range Claimed, Range Contact);

/// <summary>
/// Finds the signature dictionaries of a file: a dictionary with a /ByteRange, wherever in an object it stands, of any update. What only
/// looks like one inside a text, a stream or a comment is none.
/// </summary>
internal static class PdfSignatures
{
    private const int MostNested = 200;
    private static readonly byte[] Mark = "/ByteRange"u8.ToArray();

    /// <param name="structure">Null when it cannot be followed: objects are then taken to begin where the word stands.</param>
    /// <param name="most">Reads no further once it has more than so many.</param>
    /// <returns>In the order in which they stand; null in place of what cannot be read.</returns>
    public static IReadOnlyList<PdfSignature?> Find(ReadOnlySpan<byte> pdf, PdfFile? structure, int most)
    {
        var found = new List<PdfSignature?>();
        var last = -1;
        for (var at = pdf.IndexOf(Mark); at >= 0 && found.Count <= most;)
        {
            var (start, end) = structure is null ? Around(pdf, at) : Around(structure.Starts, pdf.Length, at);
            if (start != last)
            {
                last = start;
                Read(pdf[..end], start, found, damaged: structure is null);
            }
            else if (structure is null)
            {
                found.Add(null);
            }

            var next = pdf[(at + 1)..].IndexOf(Mark);
            at = next < 0 ? -1 : at + 1 + next;
        }

        return found;
    }

    private static void Read(ReadOnlySpan<byte> pdf, int start, List<PdfSignature?> found, bool damaged)
    {
        var before = found.Count;
        try
        {
            var at = start;
            PdfSyntax.ReadInteger(pdf, ref at);
            PdfSyntax.ReadInteger(pdf, ref at);
            if (!PdfSyntax.TryWord(pdf, ref at, "obj"u8))
            {
                throw PdfSyntax.Malformed();
            }

            Visit(pdf, ref at, 0, found);
        }
        catch (InvalidDataException)
        {
            found.RemoveRange(before, found.Count - before);
            found.Add(null);
            return;
        }

        if (damaged && found.Count == before)
        {
            found.Add(null);
        }
    }

    /// <summary>The object that holds the place: it begins at the last start before, and ends before the next one.</summary>
    private static (int Start, int End) Around(IReadOnlyList<int> starts, int length, int at)
    {
        var (low, high) = (0, starts.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = starts[middle] <= at ? (middle + 1, high) : (low, middle);
        }

        return (low > 0 ? Math.Max(0, starts[low - 1]) : 0, low < starts.Count ? Math.Min(length, starts[low]) : length);
    }

    private static (int Start, int End) Around(ReadOnlySpan<byte> pdf, int at)
    {
        var start = pdf[..at].LastIndexOf(" obj"u8);
        // Back over the generation, the space and the number.
        for (var part = 0; part < 2 && start > 0; part++)
        {
            start -= pdf[start] == ' ' ? 1 : 0;
            while (start > 0 && char.IsAsciiDigit((char)pdf[start]))
            {
                start--;
            }
        }

        return (Math.Max(0, start), pdf.Length);
    }

    private static void Visit(ReadOnlySpan<byte> pdf, ref int at, int depth, List<PdfSignature?> found)
    {
        at = PdfSyntax.SkipSpace(pdf, at);
        if (depth > MostNested)
        {
            throw PdfSyntax.Malformed();
        }

        if (PdfSyntax.TryWord(pdf, ref at, "<<"u8))
        {
            VisitDictionary(pdf, ref at, depth, found);
        }
        else if (PdfSyntax.TryWord(pdf, ref at, "["u8))
        {
            while (!PdfSyntax.TryWord(pdf, ref at, "]"u8))
            {
                Visit(pdf, ref at, depth + 1, found);
            }
        }
        else
        {
            at = PdfSyntax.SkipObject(pdf, at);
        }
    }

    private static void VisitDictionary(ReadOnlySpan<byte> pdf, ref int at, int depth, List<PdfSignature?> found)
    {
        var signature = default(PdfSignature);
        var place = found.Count;
        while (!PdfSyntax.TryWord(pdf, ref at, ">>"u8))
        {
            var name = PdfSyntax.SkipSpace(pdf, at);
            if (name >= pdf.Length || pdf[name] != '/')
            {
                throw PdfSyntax.Malformed();
            }

            var value = PdfSyntax.SkipObject(pdf, name);
            at = value;
            value = PdfSyntax.SkipSpace(pdf, value);
            var key = pdf[(name + 1)..at];
            Visit(pdf, ref at, depth + 1, found);
            if (key.SequenceEqual("ByteRange"u8))
            {
                signature = signature with { ByteRange = value..at };
            }
            else if (key.SequenceEqual("Contents"u8))
            {
                signature = signature with { Contents = value..at };
            }
            else if (key.SequenceEqual("M"u8))
            {
                signature = signature with { Claimed = value..at };
            }
            else if (key.SequenceEqual("ContactInfo"u8))
            {
                signature = signature with { Contact = value..at };
            }
        }

        if (!signature.ByteRange.Equals(default))
        {
            found.Insert(place, signature);
        }
    }
}
