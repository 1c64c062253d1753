using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace Emargement.Functions.Sealing.Pdf;

/// <summary>The XMP packet of a sheet (ISO 16684-1): title, author, language and dates, for readers, archives and screen readers.</summary>
internal static class SheetMetadata
{
    private static readonly XNamespace Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    private static readonly XNamespace Dublin = "http://purl.org/dc/elements/1.1/";
    private static readonly XNamespace Basic = "http://ns.adobe.com/xap/1.0/";
    private static readonly XNamespace Pdf = "http://ns.adobe.com/pdf/1.3/";

    public static byte[] Xmp(string title, string author, DateTimeOffset at)
    {
        var date = at.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
        XNamespace meta = "adobe:ns:meta/";
        var packet = new XElement(
            meta + "xmpmeta",
            new XAttribute(XNamespace.Xmlns + "x", meta),
            new XElement(
                Rdf + "RDF",
                new XAttribute(XNamespace.Xmlns + "rdf", Rdf),
                new XElement(
                    Rdf + "Description",
                    new XAttribute(Rdf + "about", ""),
                    new XAttribute(XNamespace.Xmlns + "dc", Dublin),
                    new XAttribute(XNamespace.Xmlns + "xmp", Basic),
                    new XAttribute(XNamespace.Xmlns + "pdf", Pdf),
                    new XElement(Dublin + "format", "application/pdf"),
                    new XElement(
                        Dublin + "title",
                        new XElement(
                            Rdf + "Alt", new XElement(Rdf + "li", new XAttribute(XNamespace.Xml + "lang", "x-default"), Clean(title)))),
                    new XElement(Dublin + "creator", new XElement(Rdf + "Seq", new XElement(Rdf + "li", Clean(author)))),
                    new XElement(Dublin + "language", new XElement(Rdf + "Bag", new XElement(Rdf + "li", "fr-FR"))),
                    new XElement(Pdf + "Producer", "Emargement"),
                    new XElement(Basic + "CreateDate", date),
                    new XElement(Basic + "ModifyDate", date))));
        return Encoding.UTF8.GetBytes(
            "<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n" + packet.ToString(
                SaveOptions.DisableFormatting) + "\n<?xpacket end=\"r\"?>");
    }

    /// <summary>Without the characters that XML cannot hold.</summary>
    private static string Clean(string text) => string.Concat(text.Where(System.Xml.XmlConvert.IsXmlChar));
}
