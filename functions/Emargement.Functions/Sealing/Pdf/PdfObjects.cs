using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Emargement.Functions.Sealing.Pdf;

/// <summary>
/// The objects of a PDF 1.7 file (ISO 32000-1) and its cross-reference table. The same objects give the same bytes: the file's identifier
/// is a hash of them, and nothing reads a clock.
/// </summary>
internal sealed class PdfObjects
{
    // Latin-1 keeps one char to a byte; the comment's high bytes tell transfer programs that the file is binary (7.5.2).
    private static readonly byte[] Header = [.. "%PDF-1.7\n%"u8, 0xE2, 0xE3, 0xCF, 0xD3, (byte)'\n'];
    private readonly List<byte[]> _bodies = [];

    /// <summary>An object number for something that others name before it is written.</summary>
    public int Reserve()
    {
        _bodies.Add([]);
        return _bodies.Count;
    }

    public int Add(string body)
    {
        var number = Reserve();
        Set(number, body);
        return number;
    }

    public void Set(int number, string body) => _bodies[number - 1] = Encoding.Latin1.GetBytes(body);

    /// <param name="entries">Dictionary entries other than the length and the filter.</param>
    public int AddStream(byte[] data, string entries = "", bool compress = true)
    {
        var stored = compress ? Deflate(data) : data;
        var filter = compress ? "/Filter /FlateDecode " : "";
        var number = Reserve();
        _bodies[number - 1] =
        [
            .. Encoding.Latin1.GetBytes(
                string.Create(CultureInfo.InvariantCulture, $"<< {entries} {filter}/Length {stored.Length} >>\nstream\n")),
            .. stored,
            .. "\nendstream"u8,
        ];
        return number;
    }

    public byte[] Write(int catalog, int information)
    {
        using var file = new MemoryStream();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        file.Write(Header);
        var offsets = new long[_bodies.Count];
        for (var i = 0; i < _bodies.Count; i++)
        {
            offsets[i] = file.Position;
            Ascii(file, string.Create(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n"));
            file.Write(_bodies[i]);
            file.Write("\nendobj\n"u8);
            hash.AppendData(_bodies[i]);
        }

        var table = file.Position;
        Ascii(file, string.Create(CultureInfo.InvariantCulture, $"xref\n0 {_bodies.Count + 1}\n0000000000 65535 f \n"));
        foreach (var offset in offsets)
        {
            Ascii(file, string.Create(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n"));
        }

        var id = Convert.ToHexString(hash.GetHashAndReset().AsSpan(0, 16));
        Ascii(file, string.Create(
            CultureInfo.InvariantCulture,
            $"trailer\n<< /Size {_bodies.Count + 1} /Root {catalog} 0 R /Info {information} 0 R /ID [<{id}> <{id}>] "
                + $">>\nstartxref\n{table}\n%%EOF\n"));
        return file.ToArray();
    }

    /// <summary>A text string of the file's own (titles, link texts): UTF-16 in hexadecimal, which needs no escaping (7.9.2.2).</summary>
    public static string Text(string text) => "<FEFF" + Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text)) + ">";

    /// <summary>D:yyyyMMddHHmmss with the offset (7.9.4).</summary>
    public static string Date(DateTimeOffset at) =>
        "(D:" + at.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture) + at.ToString("zzz", CultureInfo.InvariantCulture)
            .Replace(":", "'", StringComparison.Ordinal) + "')";

    private static byte[] Deflate(byte[] data)
    {
        using var target = new MemoryStream();
        using (var zlib = new ZLibStream(target, CompressionLevel.Optimal))
        {
            zlib.Write(data);
        }

        return target.ToArray();
    }

    private static void Ascii(Stream target, string text) => target.Write(Encoding.ASCII.GetBytes(text));
}
