using System.Globalization;
using System.Text;

namespace Emargement.Functions.Sealing.Structure;

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

    // The highest number that ISO 32000-1 (annex C) lets an object have.
    private const int HighestNumber = 8_388_607;
    private readonly ReadOnlyMemory<byte> _memory;
    private readonly Dictionary<int, Place> _places = [];
    private readonly Dictionary<int, PackedObjects> _packed = [];
    private readonly List<int> _starts = [];

    // Sections that overlap would be read again and again.
    private long _readable;

    // So would objects that contain one another.
    private long _serveable;
    private int _inflatable = MostInflated;

    public PdfFile(ReadOnlyMemory<byte> file)
    {
        _memory = file;
        _readable = 4L * file.Length;
        _serveable = 1024 * 1024 + (16L * file.Length);
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
        Size = Trailer.Number("Size") is { } size and <= HighestNumber + 1 ? size : throw PdfSyntax.Malformed();
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

    /// <summary>One more than the highest object number, the file says.</summary>
    public int Size { get; }

    /// <summary>A number that no object has, nor any after it.</summary>
    public int NextNumber => Math.Max(Size, _places.Keys.DefaultIfEmpty().Max() + 1);

    /// <summary>A trailer of any update says so (7.6.1).</summary>
    public bool IsEncrypted { get; private set; }

    /// <summary>Where objects begin, in order: those of every update, also when a later one replaced them.</summary>
    public IReadOnlyList<int> Starts => _starts;

    private ReadOnlySpan<byte> File => _memory.Span;

    public PdfDictionary Dictionary(int number) => PdfDictionary.Read(Source(number));

    /// <summary>The object's text, without « obj » and « endobj »; of a stream, its dictionary.</summary>
    public string Source(int number)
    {
        var place = _places.TryGetValue(number, out var found) ? found : default;
        ReadOnlyMemory<byte> memory;
        int start;
        if (place.Kind == 2)
        {
            (memory, start) = Packed(number, place);
        }
        else
        {
            memory = _memory;
            start = PdfSyntax.SkipSpace(File, AfterHeader(place.Kind == 1 ? place.Where : -1, number, place.Index));
        }

        var end = PdfSyntax.SkipObject(memory.Span, start);
        _serveable = end - start <= _serveable ? _serveable - (end - start) : throw PdfSyntax.Malformed();
        return Encoding.Latin1.GetString(memory.Span[start..end]);
    }

    /// <summary>The value itself, followed through one reference; null for « null » and for what is not there (7.3.10).</summary>
    public string? Resolve(string? value)
    {
        if (PdfDictionary.ReferenceOf(value) is { } number)
        {
            value = _places.GetValueOrDefault(number).Kind == 0 ? null : Source(number);
        }

        return value == "null" ? null : value;
    }

    /// <summary>How other objects name this one.</summary>
    public string ReferenceTo(int number) => string.Create(CultureInfo.InvariantCulture, $"{number} {GenerationOf(number)} R");

    /// <summary>How often the number was given anew; 0 for one that the file has not.</summary>
    public int GenerationOf(int number) => _places.TryGetValue(number, out var place) && place.Kind == 1 ? place.Index : 0;

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
        var free = new List<int>();
        while (!PdfSyntax.TryWord(File, ref at, "trailer"u8))
        {
            var first = PdfSyntax.ReadInteger(File, ref at);
            var count = PdfSyntax.ReadInteger(File, ref at);
            for (var i = 0; i < count; i++)
            {
                var where = PdfSyntax.ReadInteger(File, ref at);
                var generation = PdfSyntax.ReadInteger(File, ref at);
                if (PdfSyntax.TryWord(File, ref at, "n"u8))
                {
                    Add(first + i, new(1, where, generation));
                }
                else if (PdfSyntax.TryWord(File, ref at, "f"u8))
                {
                    free.Add(first + i);
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

        // After what the table hides (7.5.8.4): it calls free what only readers of streams are to see.
        free.ForEach(number => Add(number, default));

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
                Add(number, new(Field(widths[0], 1), Field(widths[1], 0), Field(widths[2], 0)));
            }
        }

        IsEncrypted |= dictionary["Encrypt"] is not (null or "null");
        return dictionary;
    }

    private void Add(int number, Place place)
    {
        if (number is < 0 or > HighestNumber)
        {
            throw PdfSyntax.Malformed();
        }

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

    private (ReadOnlyMemory<byte> Data, int Start) Packed(int number, Place place)
    {
        if (!_packed.TryGetValue(place.Where, out var objects))
        {
            var container = _places.TryGetValue(place.Where, out var found) && found.Kind == 1 ? found : throw PdfSyntax.Malformed();
            var (dictionary, data) = Stream(container.Where);
            _packed[place.Where] = objects = PackedObjects.Read(dictionary, data);
        }

        return (objects.Data, objects.Start(number, place.Index));
    }

    private (PdfDictionary Dictionary, byte[] Data) Stream(int offset)
    {
        var at = AfterHeader(offset);
        var dictionary = PdfDictionary.Read(File, ref at);
        Spend(at - offset);
        if (!PdfSyntax.TryWord(File, ref at, "stream"u8)
            || !int.TryParse(Plain(dictionary["Length"]), NumberStyles.None, CultureInfo.InvariantCulture, out var length))
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
        return (dictionary, PdfFilters.Decode(data, dictionary, ref _inflatable));
    }

    /// <summary>The length of a stream that holds objects is in none of them (7.5.7): reading it would ask for itself.</summary>
    private string? Plain(string? value) =>
        PdfDictionary.ReferenceOf(value) is { } number && _places.GetValueOrDefault(number).Kind == 2 ? null : Resolve(value);

    /// <param name="number">What stands there must be this object, in this generation; null where nobody says which.</param>
    private int AfterHeader(int offset, int? number = null, int generation = 0)
    {
        var at = offset >= 0 && offset < File.Length ? offset : throw PdfSyntax.Malformed();
        var (said, version) = (PdfSyntax.ReadInteger(File, ref at), PdfSyntax.ReadInteger(File, ref at));
        return PdfSyntax.TryWord(File, ref at, "obj"u8) && (number is null || (number == said && generation == version))
            ? at
            : throw PdfSyntax.Malformed();
    }

    /// <param name="Kind">0 free, 1 at an offset, 2 packed in a stream.</param>
    /// <param name="Where">The offset, or the number of the stream.</param>
    /// <param name="Index">The generation, or the index in the stream.</param>
    private readonly record struct Place(int Kind, int Where, int Index);
}
