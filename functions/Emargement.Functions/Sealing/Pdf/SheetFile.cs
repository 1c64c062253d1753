using System.Globalization;
using Emargement.Functions.Sealing.Fonts;

namespace Emargement.Functions.Sealing.Pdf;

/// <summary>Puts drawn pages in a PDF file with the sheets' typeface and metadata. The same pages give the same bytes.</summary>
internal static class SheetFile
{
    /// <param name="draw">Draws every page with the two weights of the typeface.</param>
    /// <returns>The file, not sealed yet.</returns>
    public static byte[] Write(string title, string author, DateTimeOffset at, Func<SheetFonts, IReadOnlyList<PdfCanvas>> draw)
    {
        var objects = new PdfObjects();
        var fonts = new SheetFonts(new PdfFont(objects, FontFile.Regular), new PdfFont(objects, FontFile.Bold));
        var pages = draw(fonts);

        var tree = objects.Reserve();
        var named = $"{fonts.Regular.Resources(SheetFonts.RegularName)} {fonts.Bold.Resources(SheetFonts.BoldName)}";
        var resources = objects.Add($"<< /Font << {named} >> >>");
        var kids = pages.Select(page => Page(objects, page, tree, resources)).ToList();
        objects.Set(tree, $"<< /Type /Pages /Count {kids.Count} /Kids [{string.Join(' ', kids.Select(kid => $"{kid} 0 R"))}] >>");
        fonts.Regular.Write();
        fonts.Bold.Write();

        // Readers show the title above the page.
        (title, author) = (DrawnText.Clean(title), DrawnText.Clean(author));
        var metadata = objects.AddStream(SheetMetadata.Xmp(title, author, at), "/Type /Metadata /Subtype /XML", compress: false);
        var information = objects.Add(
            $"<< /Title {PdfObjects.Text(title)} /Author {PdfObjects.Text(author)} /Producer (Emargement) /CreationDate "
                + $"{PdfObjects.Date(at)} /ModDate {PdfObjects.Date(at)} >>");
        var catalog = objects.Add(
            $"<< /Type /Catalog /Version /1.7 /Pages {tree} 0 R /Metadata {metadata} 0 R /Lang (fr-FR) /ViewerPreferences << "
                + $"/DisplayDocTitle true >> >>");
        return objects.Write(catalog, information);
    }

    private static int Page(PdfObjects objects, PdfCanvas page, int tree, int resources)
    {
        var stream = objects.AddStream(page.Bytes);
        var links = page.Links.Select(link => Link(objects, link)).ToList();
        var annotations = links.Count == 0 ? "" : $" /Annots [{string.Join(' ', links.Select(link => $"{link} 0 R"))}]";
        return objects.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 {A4Landscape.Width} {A4Landscape.Height}]"
            + $" /Resources {resources} 0 R /Contents {stream} 0 R{annotations} >>"));
    }

    private static int Link(PdfObjects objects, (double Left, double Top, double Width, double Height, Uri To) link)
    {
        var (bottom, top) = (A4Landscape.Height - link.Top - link.Height, A4Landscape.Height - link.Top);
        var place = FormattableString.Invariant($"{link.Left:0.##} {bottom:0.##} {link.Left + link.Width:0.##} {top:0.##}");
        var says = PdfObjects.Text("Page de vérification de ce document");
        var address = Convert.ToHexString(System.Text.Encoding.ASCII.GetBytes(link.To.AbsoluteUri));
        return objects.Add(
            $"<< /Type /Annot /Subtype /Link /F 4 /Border [0 0 0] /Rect [{place}] /Contents {says}"
            + $" /A << /S /URI /URI <{address}> >> >>");
    }
}
