using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Emargement.Functions.Sealing.Pdf;

/// <summary>
/// A PDF as its cross-reference says (ISO 32000-1, 7.5): tables, streams, both, and the updates before. Reads what an update and a
/// verification need: the trailers, where objects begin, and objects as they are written. A structure that cannot be followed, or is made
/// to tire who follows it, throws <see cref="InvalidDataException"/>.
/// </summary>
internal sealed class PdfFile
{
    // Far beyond what a file of 20 MB holds; what grows beyond is made to exhaust the memory.
    private const int MostInflated = 16 * 1024 * 1024;
    private const int MostObjects = 250_000;
    private readonly ReadOnlyMemory<byte> _memory;
    private readonly Dictionary<int, (int Kind, int Where, int Index)> _places = [];
    private readonly List<int> _starts = [];

    // Sections that overlap would be read again and again.
    private long _readable;
    private int _inflatable = MostInflated;

    public PdfFile(ReadOnlyMemory<byte> file)
    {
        _memory = file;
        _readable = 4L * file.Length;
        var tail = File.LastIndexOf("startxref"u8);
        if (!File.StartsWith("%PDF-"u8) || tail < 0)
        {
            throw PdfSyntax.Malformed();
        }

        var at = tail + "startxref"u8.Length;
        LastSection = PdfSyntax.ReadInteger(File, ref at);
        var visited = new HashSet<int>();
        Trailer = ReadSection(LastSection, visited, out var stream);
        UsesStream = stream;
        Size = Trailer.Number("Size") ?? throw PdfSyntax.Malformed();
        for (var before = Trailer.Number("Prev"); before is { } previous;)
        {
            before = ReadSection(previous, visited, out _).Number("Prev");
        }

        _starts.Sort();
    }

    /// <summary>Where the last cross-reference section begins.</summary>
    public int LastSection { get; }

    public PdfDictionary Trailer { get; }

    /// <summary>The last section is a cross-reference stream: an update must be one too (7.5.8.4).</summary>
    public bool UsesStream { get; }

    /// <summary>One more than the highest object number.</summary>
    public int Size { get; }

    /// <summary>A trailer of any update says so (7.6.1).</summary>
    public bool IsEncrypted { get; private set; }

    /// <summary>Where objects begin, in order: those of every update, also when a later one replaced them.</summary>
    public IReadOnlyList<int> Starts => _starts;

    private ReadOnlySpan<byte> File => _memory.Span;

    public PdfDictionary Dictionary(int number) => PdfDictionary.Read(Source(number));

    /// <summary>The object's text, without « obj » and « endobj »; of a stream, its dictionary.</summary>
    public string Source(int number)
    {
        var (kind, where, index) = _places.TryGetValue(number, out var place) ? place : throw PdfSyntax.Malformed();
        if (kind == 2)
        {
            return Packed(where, index);
        }

        var at = AfterHeader(where);
        var start = PdfSyntax.SkipSpace(File, at);
        return Encoding.Latin1.GetString(File[start..PdfSyntax.SkipObject(File, start)]);
    }

    /// <summary>The value itself, followed through one reference.</summary>
    public string? Resolve(string? value) => PdfDictionary.ReferenceOf(value) is { } number ? Source(number) : value;

    private PdfDictionary ReadSection(int offset, HashSet<int> visited, out bool stream)
    {
        if (!visited.Add(offset))
        {
            throw PdfSyntax.Malformed();
        }

        var at = offset;
        stream = !PdfSyntax.TryWord(File, ref at, "xref"u8);
        return stream ? ReadStreamSection(offset) : ReadTable(offset, at);
    }

    private PdfDictionary ReadTable(int from, int at)
    {
        while (!PdfSyntax.TryWord(File, ref at, "trailer"u8))
        {
            var first = PdfSyntax.ReadInteger(File, ref at);
            var count = PdfSyntax.ReadInteger(File, ref at);
            for (var i = 0; i < count; i++)
            {
                var where = PdfSyntax.ReadInteger(File, ref at);
                PdfSyntax.ReadInteger(File, ref at);
                if (PdfSyntax.TryWord(File, ref at, "n"u8))
                {
                    Place(first + i, (1, where, 0));
                }
                else if (PdfSyntax.TryWord(File, ref at, "f"u8))
                {
                    Place(first + i, (0, 0, 0));
                }
                else
                {
                    throw PdfSyntax.Malformed();
                }
            }
        }

        var trailer = PdfDictionary.Read(File, ref at);
        Spend(at - from);
        IsEncrypted |= trailer["Encrypt"] is not (null or "null");
        if (trailer.Number("XRefStm") is { } hidden)
        {
            ReadStreamSection(hidden);
        }

        return trailer;
    }

    private PdfDictionary ReadStreamSection(int offset)
    {
        var (dictionary, data) = Stream(offset);
        var widths = PdfSyntax.ReadIntegers(dictionary["W"] ?? throw PdfSyntax.Malformed());
        var index = dictionary["Index"] is { } given
            ? PdfSyntax.ReadIntegers(given)
            : [0, dictionary.Number("Size") ?? throw PdfSyntax.Malformed()];
        if (widths.Count != 3 || widths.Sum() is 0 or > 24)
        {
            throw PdfSyntax.Malformed();
        }

        var at = 0;
        int Field(int width, int otherwise)
        {
            var value = width == 0 ? otherwise : 0;
            for (var i = 0; i < width; i++)
            {
                value = (value << 8) | (at < data.Length ? data[at++] : throw PdfSyntax.Malformed());
            }

            return value;
        }

        for (var pair = 0; pair + 1 < index.Count; pair += 2)
        {
            for (var number = index[pair]; number < index[pair] + index[pair + 1]; number++)
            {
                Place(number, (Field(widths[0], 1), Field(widths[1], 0), Field(widths[2], 0)));
            }
        }

        IsEncrypted |= dictionary["Encrypt"] is not (null or "null");
        return dictionary;
    }

    private void Place(int number, (int Kind, int Where, int Index) place)
    {
        _places.TryAdd(number, place);
        if (place.Kind == 1)
        {
            _starts.Add(place.Where);
        }

        if (_places.Count > MostObjects || _starts.Count > MostObjects)
        {
            throw PdfSyntax.Malformed();
        }
    }

    private void Spend(int bytes) => _readable = bytes <= _readable ? _readable - bytes : throw PdfSyntax.Malformed();

    private string Packed(int container, int index)
    {
        var place = _places.TryGetValue(container, out var found) && found.Kind == 1 ? found : throw PdfSyntax.Malformed();
        var (dictionary, data) = Stream(place.Where);
        var at = 0;
        var offset = 0;
        for (var i = 0; i <= index; i++)
        {
            PdfSyntax.ReadInteger(data, ref at);
            offset = PdfSyntax.ReadInteger(data, ref at);
        }

        var start = PdfSyntax.SkipSpace(data, offset + (dictionary.Number("First") ?? throw PdfSyntax.Malformed()));
        return Encoding.Latin1.GetString(data.AsSpan(start..PdfSyntax.SkipObject(data, start)));
    }

    private (PdfDictionary Dictionary, byte[] Data) Stream(int offset)
    {
        var at = AfterHeader(offset);
        var dictionary = PdfDictionary.Read(File, ref at);
        Spend(at - offset);
        if (!PdfSyntax.TryWord(File, ref at, "stream"u8)
            || !int.TryParse(Resolve(dictionary["Length"]), NumberStyles.None, CultureInfo.InvariantCulture, out var length))
        {
            throw PdfSyntax.Malformed();
        }

        at += File[Math.Min(at, File.Length)..].StartsWith("\r\n"u8) ? 2 : 1;
        if (length > File.Length - at)
        {
            throw PdfSyntax.Malformed();
        }

        Spend(length);
        var data = _memory.Slice(at, length);
        return (dictionary, dictionary["Filter"] is null ? data.ToArray() : Predicted(Inflated(data), dictionary));
    }

    private int AfterHeader(int offset)
    {
        var at = offset >= 0 && offset < File.Length ? offset : throw PdfSyntax.Malformed();
        PdfSyntax.ReadInteger(File, ref at);
        PdfSyntax.ReadInteger(File, ref at);
        return PdfSyntax.TryWord(File, ref at, "obj"u8) ? at : throw PdfSyntax.Malformed();
    }

    private byte[] Inflated(ReadOnlyMemory<byte> data)
    {
        using var source = new MemoryStream(data.ToArray(), writable: false);
        using var zlib = new ZLibStream(source, CompressionMode.Decompress);
        using var target = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = zlib.Read(chunk)) > 0)
        {
            _inflatable = read <= _inflatable ? _inflatable - read : throw PdfSyntax.Malformed();
            target.Write(chunk, 0, read);
        }

        return target.ToArray();
    }

    /// <summary>Undoes the PNG prediction (7.4.4.4; PNG, 9.2) of rows of bytes, as a cross-reference has.</summary>
    private static byte[] Predicted(byte[] data, PdfDictionary dictionary)
    {
        var parameters = dictionary["DecodeParms"] is { } given ? PdfDictionary.Read(given) : new PdfDictionary();
        if ((parameters.Number("Predictor") ?? 1) < 10)
        {
            return data;
        }

        var columns = parameters.Number("Columns") is { } wide and > 0 and < 100 ? wide : 1;
        var rows = data.Length / (columns + 1);
        var result = new byte[rows * columns];
        for (var row = 0; row < rows; row++)
        {
            var filter = data[row * (columns + 1)];
            for (var column = 0; column < columns; column++)
            {
                var at = (row * columns) + column;
                var left = column > 0 ? result[at - 1] : 0;
                var above = row > 0 ? result[at - columns] : 0;
                var corner = column > 0 && row > 0 ? result[at - columns - 1] : 0;
                var predicted = filter switch
                {
                    0 => 0,
                    1 => left,
                    2 => above,
                    3 => (left + above) / 2,
                    4 => Nearest(left, above, corner),
                    _ => throw PdfSyntax.Malformed(),
                };
                result[at] = (byte)(data[(row * (columns + 1)) + 1 + column] + predicted);
            }
        }

        return result;
    }

    /// <summary>Paeth's: of three neighbours, the one nearest to left + above - corner.</summary>
    private static int Nearest(int left, int above, int corner)
    {
        var (toLeft, toAbove, toCorner) = (Math.Abs(above - corner), Math.Abs(left - corner), Math.Abs(left + above - (2 * corner)));
        return toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner;
    }
}
