using System.Buffers.Binary;
using System.IO.Compression;

namespace Emargement.Functions.Sealing.Fonts;

/// <summary>Unpacks a WOFF 1.0 file: the tables of a TrueType font, each compressed.</summary>
internal static class Woff
{
    private const int Header = 44;
    private const int Entry = 20;

    public static bool Is(ReadOnlySpan<byte> file) => file.StartsWith("wOFF"u8);

    /// <returns>The font as a TrueType file.</returns>
    public static byte[] Unpack(byte[] file)
    {
        var count = BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(12));
        var tables = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            var entry = file.AsSpan(Header + (i * Entry));
            var name = System.Text.Encoding.ASCII.GetString(entry[..4]);
            tables[name] = Table(file, Number(entry, 4), Number(entry, 8), Number(entry, 12));
        }

        return TrueTypeFile.Assemble(tables);
    }

    private static byte[] Table(byte[] file, int at, int packed, int length)
    {
        // A table that would not have become smaller is stored as it is.
        if (packed == length)
        {
            return file[at..(at + length)];
        }

        using var zlib = new ZLibStream(new MemoryStream(file, at, packed), CompressionMode.Decompress);
        var table = new byte[length];
        zlib.ReadExactly(table);
        return table;
    }

    private static int Number(ReadOnlySpan<byte> entry, int at) => (int)BinaryPrimitives.ReadUInt32BigEndian(entry[at..]);
}
