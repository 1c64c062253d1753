namespace Emargement.Functions.Sealing.Structure;

/// <summary>The pages of a file in their order (ISO 32000-1, 7.7.3).</summary>
internal static class PdfPages
{
    /// <summary>The object numbers of the pages, read only as far as they are asked for.</summary>
    public static IEnumerable<int> Of(PdfFile file)
    {
        var catalog = file.Dictionary(file.Trailer.Reference("Root") ?? throw PdfSyntax.Malformed());
        var waiting = new Stack<int>([catalog.Reference("Pages") ?? throw PdfSyntax.Malformed()]);
        var seen = new HashSet<int>();
        while (waiting.TryPop(out var number))
        {
            // A node that is met twice would make pages without end.
            var node = seen.Add(number) ? file.Dictionary(number) : throw PdfSyntax.Malformed();
            if (file.Resolve(node["Kids"]) is not { } kids)
            {
                yield return number;
                continue;
            }

            foreach (var kid in Enumerable.Reverse(PdfSyntax.Elements(kids)))
            {
                waiting.Push(PdfDictionary.ReferenceOf(kid) ?? throw PdfSyntax.Malformed());
            }
        }
    }

    /// <summary>The first page.</summary>
    public static int First(PdfFile file) => Of(file).Take(1).ToList() is [var page] ? page : throw PdfSyntax.Malformed();
}
