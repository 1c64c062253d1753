using System.IO.Compression;
using System.Text;

namespace Emargement.Functions.Platform.Storage;

/// <summary>
/// Text as the bytes of a row. A drawn path is text of digits: it takes about a third then, so that 64 KB of it fit a row.
/// </summary>
public static class DeflatedText
{
    public static byte[] Write(string text)
    {
        using var output = new MemoryStream();
        using (var deflate = new DeflateStream(output, CompressionLevel.Fastest))
        {
            deflate.Write(Encoding.UTF8.GetBytes(text));
        }

        return output.ToArray();
    }

    public static string Read(byte[] bytes)
    {
        using var deflate = new DeflateStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var reader = new StreamReader(deflate, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
