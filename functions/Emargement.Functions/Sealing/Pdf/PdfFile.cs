using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Emargement.Functions.Sealing.Pdf;

/// <summary>
/// A PDF as its cross-reference says (ISO 32000-1, 7.5): tables, streams, both, and the updates before. Reads what an update needs: the trailer and objects as they
/// are written. A structure that cannot be followed throws <see cref="InvalidDataException"/>.
/// </summary>
internal sealed class PdfFile
{
    // A million cross-references; a stream that grows beyond is made to exhaust the memory.
    private const int MostInflated = 16 * 1024 * 1024;
    private readonly byte[] _file;
    private readonly Dictionary<int, (int Kind, int Where, int Index)> _places = [];

    public PdfFile(byte[] file)
    {
        _file = file;
        var tail = file.AsSpan().LastIndexOf("startxref"u8);
        if (!file.AsSpan().StartsWith("%PDF-"u8) || tail < 0)
        {
            throw PdfSyntax.Malformed();
        }

        var at = tail + "startxref"u8.Length;
        LastSection = PdfSyntax.ReadInteger(file, ref at);
        var visited = new HashSet<int>();
        Trailer = ReadSection(LastSection, visited, out var stream);
        UsesStream = stream;
        Size = Trailer.Number("Size") ?? throw PdfSyntax.Malformed();
        for (var before = Trailer.Number("Prev"); before is { } previous;)
        {
            before = ReadSection(previous, visited, out _).Number("Prev");
        }
    }

    /// <summary>Where the last cross-reference section begins.</summary>
    public int LastSection { get; }

    public PdfDictionary Trailer { get; }

    /// <summary>The last section is a cross-reference stream: an update must be one too (7.5.8.4).</summary>
    public bool UsesStream { get; }

    /// <summary>One more than the highest object number.</summary>
    public int Size { get; }

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
        var start = PdfSyntax.SkipSpace(_file, at);
        return Encoding.Latin1.GetString(_file.AsSpan(start..PdfSyntax.SkipObject(_file, start)));
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
        stream = !PdfSyntax.TryWord(_file, ref at, "xref"u8);
        if (stream)
        {
            return ReadStreamSection(offset);
        }

        while (!PdfSyntax.TryWord(_file, ref at, "trailer"u8))
        {
            var first = PdfSyntax.ReadInteger(_file, ref at);
            var count = PdfSyntax.ReadInteger(_file, ref at);
            for (var i = 0; i < count; i++)
            {
                var where = PdfSyntax.ReadInteger(_file, ref at);
                PdfSyntax.ReadInteger(_file, ref at);
                if (PdfSyntax.TryWord(_file, ref at, "n"u8))
                {
                    _places.TryAdd(first + i, (1, where, 0));
                }
                else if (PdfSyntax.TryWord(_file, ref at, "f"u8))
                {
                    _places.TryAdd(first + i, (0, 0, 0));
                }
                else
                {
                    throw PdfSyntax.Malformed();
                }
            }
        }

        var trailer = PdfDictionary.Read(_file, ref at);
        if (trailer.Number("XRefStm") is { } hidden)
        {
            ReadStreamSection(hidden);
        }

        return trailer;
    }

    private PdfDictionary ReadStreamSection(int offset)
    {
        var (dictionary, data) = Stream(offset);
        var widths = Numbers(dictionary["W"] ?? throw PdfSyntax.Malformed());
        var index = dictionary["Index"] is { } given ? Numbers(given) : [0, dictionary.Number("Size") ?? throw PdfSyntax.Malformed()];
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
                _places.TryAdd(number, (Field(widths[0], 1), Field(widths[1], 0), Field(widths[2], 0)));
            }
        }

        return dictionary;
    }

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
        var dictionary = PdfDictionary.Read(_file, ref at);
        if (!PdfSyntax.TryWord(_file, ref at, "stream"u8) || !int.TryParse(Resolve(dictionary["Length"]), NumberStyles.None, CultureInfo.InvariantCulture, out var length))
        {
            throw PdfSyntax.Malformed();
        }

        at += _file.AsSpan(at).StartsWith("\r\n"u8) ? 2 : 1;
        if (length > _file.Length - at)
        {
            throw PdfSyntax.Malformed();
        }

        var data = _file.AsSpan(at, length).ToArray();
        return (dictionary, dictionary["Filter"] is null ? data : Predicted(Inflated(data), dictionary));
    }

    private int AfterHeader(int offset)
    {
        var at = offset >= 0 && offset < _file.Length ? offset : throw PdfSyntax.Malformed();
        PdfSyntax.ReadInteger(_file, ref at);
        PdfSyntax.ReadInteger(_file, ref at);
        return PdfSyntax.TryWord(_file, ref at, "obj"u8) ? at : throw PdfSyntax.Malformed();
    }

    private static byte[] Inflated(byte[] data)
    {
        using var zlib = new ZLibStream(new MemoryStream(data), CompressionMode.Decompress);
        var target = new byte[MostInflated];
        var length = zlib.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
        return length < target.Length ? target[..length] : throw PdfSyntax.Malformed();
    }

    /// <summary>Undoes the PNG « Up » prediction, the only one that writers use for these streams (7.4.4.4).</summary>
    private static byte[] Predicted(byte[] data, PdfDictionary dictionary)
    {
        var parameters = dictionary["DecodeParms"] is { } given ? PdfDictionary.Read(given) : new PdfDictionary();
        if ((parameters.Number("Predictor") ?? 1) < 10)
        {
            return data;
        }

        var columns = parameters.Number("Columns") ?? 1;
        var rows = data.Length / (columns + 1);
        var result = new byte[rows * columns];
        for (var row = 0; row < rows; row++)
        {
            var filter = data[row * (columns + 1)];
            for (var column = 0; column < columns; column++)
            {
                var above = row > 0 ? result[((row - 1) * columns) + column] : 0;
                result[(row * columns) + column] = filter switch
                {
                    0 => data[(row * (columns + 1)) + 1 + column],
                    2 => (byte)(data[(row * (columns + 1)) + 1 + column] + above),
                    _ => throw PdfSyntax.Malformed(),
                };
            }
        }

        return result;
    }

    private static List<int> Numbers(string array)
    {
        var source = Encoding.Latin1.GetBytes(array);
        var numbers = new List<int>();
        var at = 1;
        while (!PdfSyntax.TryWord(source, ref at, "]"u8))
        {
            numbers.Add(PdfSyntax.ReadInteger(source, ref at));
        }

        return numbers;
    }
}
