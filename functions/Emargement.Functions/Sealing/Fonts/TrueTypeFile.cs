using System.Buffers.Binary;

namespace Emargement.Functions.Sealing.Fonts;

/// <summary>Puts the tables of a TrueType font in a file (OpenType 1.9, « Organization of an OpenType font »).</summary>
internal static class TrueTypeFile
{
    public static byte[] Assemble(SortedDictionary<string, byte[]> tables)
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
