using System.Buffers.Binary;

namespace Emargement.Functions.Sealing.Pdf;

/// <summary>A small TrueType file with only the glyphs that one document uses, renumbered in the order of their first use. Glyph 0 is the missing one.</summary>
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
        foreach (var name in Copied)
        {
            tables[name] = font.Table(name).ToArray();
        }

        return Assemble(tables);
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
            at += (flags & ComponentFlagScale) != 0 ? 2 : (flags & ComponentFlagTwoScales) != 0 ? 4 : (flags & ComponentFlagMatrix) != 0 ? 8 : 0;
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

    private static byte[] Assemble(SortedDictionary<string, byte[]> tables)
    {
        var power = 1 << (int)Math.Log2(tables.Count);
        using var file = new MemoryStream();
        var word = new byte[4];
        void Write16(int value)
        {
            BinaryPrimitives.WriteUInt16BigEndian(word, (ushort)value);
            file.Write(word, 0, 2);
        }

        void Write32(uint value)
        {
            BinaryPrimitives.WriteUInt32BigEndian(word, value);
            file.Write(word);
        }

        Write32(0x00010000);
        Write16(tables.Count);
        Write16(16 * power);
        Write16((int)Math.Log2(power));
        Write16(16 * (tables.Count - power));
        var offset = 12 + (16 * tables.Count);
        foreach (var (name, table) in tables)
        {
            file.Write(System.Text.Encoding.ASCII.GetBytes(name));
            Write32(Checksum(table));
            Write32((uint)offset);
            Write32((uint)table.Length);
            offset += (table.Length + 3) & ~3;
        }

        foreach (var table in tables.Values)
        {
            file.Write(table);
            file.Write(new byte[(4 - (table.Length % 4)) % 4]);
        }

        return file.ToArray();
    }

    private static uint Checksum(byte[] table)
    {
        var sum = 0u;
        for (var i = 0; i < table.Length; i++)
        {
            sum += (uint)table[i] << (8 * (3 - (i % 4)));
        }

        return sum;
    }
}
