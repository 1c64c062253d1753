using System.Collections;
using System.Globalization;
using System.Text;
using QRCoder;

namespace Emargement.Functions.Sealing.Pdf;

/// <summary>An RGB colour as PDF operands.</summary>
internal readonly record struct PdfColour(byte Red, byte Green, byte Blue)
{
    public static readonly PdfColour Ink = new(0x1B, 0x1F, 0x2A);
    public static readonly PdfColour Soft = new(0x4A, 0x53, 0x65);
    public static readonly PdfColour Rule = new(0xD9, 0xDE, 0xE7);
    public static readonly PdfColour Ground = new(0xF4, 0xF6, 0xF9);
    public static readonly PdfColour Pen = new(0x16, 0x2B, 0x6B);
    public static readonly PdfColour Alert = new(0xA3, 0x21, 0x1A);
    public static readonly PdfColour Late = new(0x7A, 0x4B, 0x00);

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Red / 255.0:0.###} {Green / 255.0:0.###} {Blue / 255.0:0.###}");
}

/// <summary>
/// The content of one page: text, rules, drawings, a QR code. Points (1/72 inch), y downwards from the top edge as a page is read.
/// </summary>
internal sealed class PdfCanvas(double height)
{
    private readonly StringBuilder _content = new();
    private readonly List<(double Left, double Top, double Width, double Height, Uri To)> _links = [];

    public IReadOnlyList<(double Left, double Top, double Width, double Height, Uri To)> Links => _links;

    public byte[] Bytes => Encoding.ASCII.GetBytes(_content.ToString());

    /// <param name="fontName">The font's name in the page's resources.</param>
    public void Text(PdfFont font, string fontName, double size, double x, double baseline, ReadOnlySpan<char> text, PdfColour colour)
    {
        if (text.IsEmpty)
        {
            return;
        }

        Append($"BT {colour} rg {x:0.##} {height - baseline:0.##} Td ");
        font.Show(_content, fontName, size, text);
        _content.Append("ET\n");
    }

    public void Rule(double left, double y, double right, PdfColour colour, double width = 0.5) =>
        Append($"{colour} RG {width:0.##} w {left:0.##} {height - y:0.##} m {right:0.##} {height - y:0.##} l S\n");

    public void Fill(double left, double top, double width, double tall, PdfColour colour) =>
        Append($"{colour} rg {left:0.##} {height - top - tall:0.##} {width:0.##} {tall:0.##} re f\n");

    public void Frame(double left, double top, double width, double tall, PdfColour colour) =>
        Append($"{colour} RG 0.5 w {left:0.##} {height - top - tall:0.##} {width:0.##} {tall:0.##} re S\n");

    public void Link(double left, double top, double width, double tall, Uri to) => _links.Add((left, top, width, tall, to));

    /// <summary>
    /// The strokes of a drawing, as large as the box allows without being enlarged more than twice, standing on the box's lower edge.
    /// </summary>
    public void Drawing(string path, double left, double top, double width, double tall)
    {
        var segments = SvgPath.Parse(path);
        if (segments.Count == 0)
        {
            return;
        }

        var points = segments.SelectMany(segment => segment.Points).ToArray();
        var (minX, maxX) = (points.Min(point => point.X), points.Max(point => point.X));
        var (minY, maxY) = (points.Min(point => point.Y), points.Max(point => point.Y));
        var scale = Math.Min(2, Math.Min(width / Math.Max(maxX - minX, 1), tall / Math.Max(maxY - minY, 1)));
        double X(double x) => left + ((x - minX) * scale);
        double Y(double y) => height - (top + tall - ((maxY - y) * scale));

        Append($"q {PdfColour.Pen} RG 0.8 w 1 J 1 j\n");
        foreach (var segment in segments)
        {
            foreach (var (x, y) in segment.Points)
            {
                Append($"{X(x):0.##} {Y(y):0.##} ");
            }

            Append($"{segment.Kind}\n");
        }

        _content.Append("S Q\n");
    }

    /// <summary>The modules of a QR code of medium correction with its quiet zone: made once, drawn on every page.</summary>
    public static IReadOnlyList<BitArray> QrModules(string text)
    {
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        return [.. code.ModuleMatrix];
    }

    /// <summary>A QR code as filled rectangles: sharp at any size, no image.</summary>
    public void QrCode(IReadOnlyList<BitArray> rows, double left, double top, double side)
    {
        var module = side / rows.Count;
        _content.Append("0 g\n");
        for (var row = 0; row < rows.Count; row++)
        {
            for (var column = 0; column < rows.Count; column++)
            {
                var from = column;
                while (column < rows.Count && rows[row][column])
                {
                    column++;
                }

                if (column > from)
                {
                    var (x, y) = (left + (from * module), height - top - ((row + 1) * module));
                    Append($"{x:0.###} {y:0.###} {(column - from) * module:0.###} {module:0.###} re\n");
                }
            }
        }

        _content.Append("f\n");
    }

    private void Append(FormattableString text) => _content.Append(text.ToString(CultureInfo.InvariantCulture));
}
