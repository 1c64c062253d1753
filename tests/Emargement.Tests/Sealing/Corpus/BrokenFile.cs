using System.Text;

namespace Emargement.Tests.Sealing.Corpus;

/// <summary>Files of the corpus, broken by hand.</summary>
internal static class BrokenFile
{
    // Each of the length of what it replaces, so that nothing else moves.
    private static readonly (string From, string To)[] Changes =
    [
        ("startxref", "startxxxx"),
        ("/Kids [3 0 R]", "/Kids [2 0 R]"),
        ("/Kids [3 0 R]", "/Kids [     ]"),
        ("/Kids [3 0 R]", "/Kids  3 0 R "),
        ("/Pages 2 0 R", "/Pages 9 0 R"),
        ("/Pages 2 0 R", "/Pages 99 R "),
        ("/Root 1 0 R", "/Root 7 0 R"),
        ("/Root 1 0 R", "/Root null "),
        ("/Size 13", "/Size -3"),
        ("/Size 13", "/Size 12"),
        ("/W [1 2 2]", "/W [1 2 0]"),
        ("/W [1 2 2]", "/W [9 9 9]"),
        ("/W [1 2 2]", "/W [0 0 0]"),
        ("/Index [0 1", "/Index [7 1"),
        ("/Index [0 1", "/Index [0 9"),
        ("/Predictor 1", "/Predictor 9"),
        ("/Columns ", "/Colours "),
        ("/Filter [/FlateDecode]", "/Filter [/LZWDecode  ]"),
        ("/Filter /FlateDecode", "/Filter /Crypt      "),
        ("/N 6", "/N 9"),
        ("/N 6", "/N 1"),
        ("/First ", "/Fxrst "),
        ("1 0 obj", "6 0 obj"),
        ("3 0 obj", "3 1 obj"),
        ("3 0 obj", "3 0 abj"),
        (">>\nendobj", "> \nendobj"),
        ("/Contents 4 0 R >>", "/Contents 4 0 R (("),
        ("/Fields [8 0 R]", "/Fields [8 0 8]"),
        ("/Fields [8 0 R]", "/Fields (8 0 R)"),
        ("/Fields [8 0 R]", "/Fields [9 9 R]"),
        ("/AcroForm 5 0 R", "/AcroForm 8 0 R"),
        ("/AcroForm 5 0 R", "/AcroForm 1 0 R"),
        ("/AcroForm 5 0 R", "/AcroForm 3 0 R"),
        ("/Annots 7 0 R", "/Annots 3 0 R"),
        ("/Annots 7 0 R", "/Annots 6 0 R"),
        ("/T <FEFF", "/T (FEFF"),
        ("/XRefStm ", "/XRefSxx "),
        ("0000000000 65535 f", "0000000000 65535 x"),
        ("%PDF-1.7", "%XDF-1.7"),
    ];

    /// <summary>What was done, and the file.</summary>
    public static IEnumerable<(string How, byte[] Pdf)> All()
    {
        References[] kinds = [References.Table, References.PlainStream, References.Mixed, References.HiddenAsFree];
        foreach (var kind in kinds)
        {
            var file = new CorpusFile(kind, Stands.OnItsOwn, Stands.OnItsOwn, "<FEFF0041>").Write();
            var text = Encoding.Latin1.GetString(file);
            foreach (var (from, to) in Changes.Where(change => text.Contains(change.From, StringComparison.Ordinal)))
            {
                to.Length.ShouldBe(from.Length, from);
                yield return ($"{kind}: {from} is {to}", Encoding.Latin1.GetBytes(text.Replace(from, to, StringComparison.Ordinal)));
            }

            for (var tenth = 1; tenth < 10; tenth++)
            {
                yield return ($"{kind}: {tenth} tenths of it", file[..(file.Length * tenth / 10)]);
            }
        }
    }
}
