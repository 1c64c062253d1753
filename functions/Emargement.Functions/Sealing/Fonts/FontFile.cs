using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Emargement.Functions.Sealing.Fonts;

/// <summary>
/// A TrueType font file read for measuring, for shaping, and for taking out the glyphs that a document uses
/// (OpenType 1.9: head, hhea, hmtx, maxp, cmap format 4, loca, glyf).
/// Read once and shared: it never changes.
/// </summary>
internal sealed class FontFile
{
    private readonly byte[] _file;
    private readonly Dictionary<string, Range> _tables = [];
    private readonly Dictionary<char, ushort> _glyphs = [];
    private readonly int _longMetrics;
    private readonly bool _longOffsets;

    private readonly Lazy<HarfBuzzSharp.Font> _shaper;

    private FontFile(string name, byte[] file)
    {
        Name = name;
        _file = file;
        _shaper = new(MakeShaper);
        for (var i = 0; i < U16(4); i++)
        {
            var entry = 12 + (16 * i);
            var start = (int)U32(entry + 8);
            _tables[System.Text.Encoding.ASCII.GetString(_file, entry, 4)] = start..(start + (int)U32(entry + 12));
        }

        UnitsPerEm = U16(At("head") + 18);
        _longOffsets = U16(At("head") + 50) == 1;
        _longMetrics = U16(At("hhea") + 34);
        Ascent = S16(At("hhea") + 4);
        Descent = S16(At("hhea") + 6);
        ReadCharacters();
    }

    public static FontFile Regular { get; } = Load("LiberationSans", "LiberationSans-Regular.ttf");

    public static FontFile Bold { get; } = Load("LiberationSans-Bold", "LiberationSans-Bold.ttf");

    /// <param name="resource">A TrueType or WOFF file among the resources.</param>
    public static FontFile Load(string name, string resource)
    {
        using var stream = typeof(FontFile).Assembly.GetManifestResourceStream(resource)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return new FontFile(name, Woff.Is(bytes) ? Woff.Unpack(bytes) : bytes);
    }

    public string Name { get; }

    /// <summary>Shapes in this font's units. Never changed, so any thread may use it.</summary>
    public HarfBuzzSharp.Font Shaper => _shaper.Value;

    public int UnitsPerEm { get; }

    public int Ascent { get; }

    public int Descent { get; }

    /// <summary>xMin, yMin, xMax, yMax in font units.</summary>
    public (int Left, int Bottom, int Right, int Top) Bounds =>
        (S16(At("head") + 36), S16(At("head") + 38), S16(At("head") + 40), S16(At("head") + 42));

    public bool TryGlyph(char character, out ushort glyph) => _glyphs.TryGetValue(character, out glyph);

    /// <summary>Advance width in font units.</summary>
    public int Width(int glyph) => U16(At("hmtx") + (4 * Math.Min(glyph, _longMetrics - 1)));

    public int LeftBearing(int glyph) => glyph < _longMetrics
        ? S16(At("hmtx") + (4 * glyph) + 2)
        : S16(At("hmtx") + (4 * _longMetrics) + (2 * (glyph - _longMetrics)));

    public bool Has(string table) => _tables.ContainsKey(table);

    public ReadOnlySpan<byte> Table(string name) => _file.AsSpan(_tables[name]);

    public ReadOnlySpan<byte> Outline(int glyph)
    {
        var start = Location(glyph);
        return Table("glyf")[start..Location(glyph + 1)];
    }

    private int Location(int glyph) => _longOffsets ? (int)U32(At("loca") + (4 * glyph)) : 2 * U16(At("loca") + (2 * glyph));

    private void ReadCharacters()
    {
        var cmap = At("cmap");
        for (var i = 0; i < U16(cmap + 2); i++)
        {
            var entry = cmap + 4 + (8 * i);
            var table = cmap + (int)U32(entry + 4);
            if (U16(entry) == 3 && U16(entry + 2) == 1 && U16(table) == 4)
            {
                ReadSegments(table);
                return;
            }
        }

        throw new InvalidDataException($"{Name} has no Unicode character table.");
    }

    private void ReadSegments(int table)
    {
        var twice = U16(table + 6);
        var (ends, starts, deltas, ranges) = (table + 14, table + 16 + twice, table + 16 + (2 * twice), table + 16 + (3 * twice));
        for (var segment = 0; segment < twice; segment += 2)
        {
            var range = U16(ranges + segment);
            for (int code = U16(starts + segment); code <= U16(ends + segment) && code != 0xFFFF; code++)
            {
                var glyph = range == 0 ? code : U16(ranges + segment + range + (2 * (code - U16(starts + segment))));
                if (glyph != 0)
                {
                    _glyphs[(char)code] = (ushort)(glyph + U16(deltas + segment));
                }
            }
        }
    }

    private HarfBuzzSharp.Font MakeShaper()
    {
        // Never freed: HarfBuzz reads a table when it first needs it, for as long as the process lives.
        var memory = GCHandle.Alloc(_file, GCHandleType.Pinned);
        using var blob = new HarfBuzzSharp.Blob(memory.AddrOfPinnedObject(), _file.Length, HarfBuzzSharp.MemoryMode.ReadOnly);
        using var face = new HarfBuzzSharp.Face(blob, 0);
        face.MakeImmutable();
        var font = new HarfBuzzSharp.Font(face);
        font.SetScale(UnitsPerEm, UnitsPerEm);
        return font;
    }

    private int At(string table) => _tables[table].Start.Value;

    private ushort U16(int at) => BinaryPrimitives.ReadUInt16BigEndian(_file.AsSpan(at));

    private short S16(int at) => BinaryPrimitives.ReadInt16BigEndian(_file.AsSpan(at));

    private uint U32(int at) => BinaryPrimitives.ReadUInt32BigEndian(_file.AsSpan(at));
}
