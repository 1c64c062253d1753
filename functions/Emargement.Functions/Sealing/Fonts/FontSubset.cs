using System.Buffers.Binary;

namespace Emargement.Functions.Sealing.Fonts;

/// <summary>
/// A small TrueType file with only the glyphs that one document uses, renumbered in the order of their first use. Glyph 0 is the missing
/// one.
/// </summary>
internal sealed class FontSubset(FontFile font)
{
    private const int ComponentFlagWords = 0x0001;
    private const int ComponentFlagScale = 0x0008;
    private const int ComponentFlagMore = 0x0020;
    private const int ComponentFlagTwoScales = 0x0040;
    private const int ComponentFlagMatrix = 0x0080;
    private static readonly string[] Copied = ["cvt ", "fpgm", "prep"];
    private readonly Dictionary<int, int> _numbers = new() { [0] = 0 };
    private readonly List<int> _originals = [0];

    /// <summary>Original glyph numbers, by new number.</summary>
    public IReadOnlyList<int> Originals => _originals;

    /// <summary>The glyph's number in the subset.</summary>
    public int Use(int glyph)
    {
        if (!_numbers.TryGetValue(glyph, out var number))
        {
            number = _originals.Count;
            _numbers[glyph] = number;
            _originals.Add(glyph);
        }

        return number;
    }

    public byte[] Write()
    {
        using var outlines = new MemoryStream();
        var offsets = new List<int>();
        // Components join the list while it is walked.
        for (var i = 0; i < _originals.Count; i++)
        {
            offsets.Add((int)outlines.Length);
            outlines.Write(Renumbered(font.Outline(_originals[i])));
            while (outlines.Length % 4 != 0)
            {
                outlines.WriteByte(0);
            }
        }

        offsets.Add((int)outlines.Length);
        var tables = new SortedDictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["glyf"] = outlines.ToArray(),
            ["head"] = Patched("head", 50, 1),
            ["hhea"] = Patched("hhea", 34, _originals.Count),
            ["hmtx"] = Metrics(),
            ["loca"] = Locations(offsets),
            ["maxp"] = Patched("maxp", 4, _originals.Count),
        };
        foreach (var name in Copied.Where(font.Has))
        {
            tables[name] = font.Table(name).ToArray();
        }

        return TrueTypeFile.Assemble(tables);
    }

    /// <summary>A composite outline names its parts by number: they are added, and the numbers replaced.</summary>
    private byte[] Renumbered(ReadOnlySpan<byte> outline)
    {
        var copy = outline.ToArray();
        if (copy.Length == 0 || BinaryPrimitives.ReadInt16BigEndian(copy) >= 0)
        {
            return copy;
        }

        var at = 10;
        int flags;
        do
        {
            flags = BinaryPrimitives.ReadUInt16BigEndian(copy.AsSpan(at));
            var component = copy.AsSpan(at + 2);
            BinaryPrimitives.WriteUInt16BigEndian(component, (ushort)Use(BinaryPrimitives.ReadUInt16BigEndian(component)));
            at += 4 + ((flags & ComponentFlagWords) != 0 ? 4 : 2);
            at += (flags & ComponentFlagScale) != 0 ? 2
                : (flags & ComponentFlagTwoScales) != 0 ? 4
                : (flags & ComponentFlagMatrix) != 0 ? 8
                : 0;
        }
        while ((flags & ComponentFlagMore) != 0);
        return copy;
    }

    private byte[] Metrics()
    {
        var metrics = new byte[4 * _originals.Count];
        for (var i = 0; i < _originals.Count; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(metrics.AsSpan(4 * i), (ushort)font.Width(_originals[i]));
            BinaryPrimitives.WriteInt16BigEndian(metrics.AsSpan((4 * i) + 2), (short)font.LeftBearing(_originals[i]));
        }

        return metrics;
    }

    private static byte[] Locations(List<int> offsets)
    {
        var locations = new byte[4 * offsets.Count];
        for (var i = 0; i < offsets.Count; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(locations.AsSpan(4 * i), offsets[i]);
        }

        return locations;
    }

    private byte[] Patched(string table, int at, int value)
    {
        var copy = font.Table(table).ToArray();
        BinaryPrimitives.WriteUInt16BigEndian(copy.AsSpan(at), (ushort)value);
        return copy;
    }
}
