using System.IO.Compression;

namespace Emargement.Functions.Sealing.Structure;

/// <summary>
/// What a stream of a file's structure holds: as it is, or deflated, with or without PNG prediction (ISO 32000-1, 7.4.4; PNG, 9.2). Other
/// filters are for pictures and pages, which nobody reads here.
/// </summary>
internal static class PdfFilters
{
    private const int MostColumns = 1 << 20;

    /// <param name="room">How many bytes may still come out; what comes out is taken off.</param>
    public static byte[] Decode(ReadOnlyMemory<byte> data, PdfDictionary dictionary, ref int room) =>
        Single(dictionary["Filter"]) switch
        {
            null => data.ToArray(),
            "/FlateDecode" or "/Fl" => Predicted(Inflated(data, ref room), Single(dictionary["DecodeParms"])),
            _ => throw PdfSyntax.Malformed(),
        };

    /// <summary>A filter or its parameters stand alone or in an array of one.</summary>
    private static string? Single(string? written) => written switch
    {
        null or "null" => null,
        ['[', ..] => PdfSyntax.Elements(written) switch
        {
            [] => null,
            [var only] => only == "null" ? null : only,
            _ => throw PdfSyntax.Malformed(),
        },
        _ => written,
    };

    private static byte[] Inflated(ReadOnlyMemory<byte> data, ref int room)
    {
        using var source = new MemoryStream(data.ToArray(), writable: false);
        using var zlib = new ZLibStream(source, CompressionMode.Decompress);
        using var target = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = zlib.Read(chunk)) > 0)
        {
            room = read <= room ? room - read : throw PdfSyntax.Malformed();
            target.Write(chunk, 0, read);
        }

        return target.ToArray();
    }

    private static byte[] Predicted(byte[] data, string? written)
    {
        var parameters = written is null ? new PdfDictionary() : PdfDictionary.Read(written);
        switch (parameters.Number("Predictor") ?? 1)
        {
            case 1:
                return data;
            // Which one is meant, each row says for itself.
            case >= 10 and <= 15:
                break;
            default:
                throw PdfSyntax.Malformed();
        }

        var (colors, bits, columns) = (Or(1, "Colors"), Or(8, "BitsPerComponent"), Or(1, "Columns"));
        if (colors is < 1 or > 32 || bits is not (1 or 2 or 4 or 8 or 16) || columns is < 1 or > MostColumns)
        {
            throw PdfSyntax.Malformed();
        }

        return Unpredicted(data, row: ((colors * bits * columns) + 7) / 8, step: Math.Max(1, colors * bits / 8));

        int Or(int usual, string name) => parameters[name] is null ? usual : parameters.Number(name) ?? throw PdfSyntax.Malformed();
    }

    /// <param name="row">Bytes of a row without the one that names its filter.</param>
    /// <param name="step">How far to the left a byte's neighbour is.</param>
    private static byte[] Unpredicted(byte[] data, int row, int step)
    {
        var result = new byte[data.Length - ((data.Length + row) / (row + 1))];
        for (int from = 0, to = 0; from < data.Length; from += row + 1, to += row)
        {
            var length = Math.Min(row, data.Length - from - 1);
            for (var column = 0; column < length; column++)
            {
                var at = to + column;
                var left = column >= step ? result[at - step] : 0;
                var above = to > 0 ? result[at - row] : 0;
                var corner = to > 0 && column >= step ? result[at - row - step] : 0;
                var predicted = data[from] switch
                {
                    0 => 0,
                    1 => left,
                    2 => above,
                    3 => (left + above) / 2,
                    4 => Nearest(left, above, corner),
                    _ => throw PdfSyntax.Malformed(),
                };
                result[at] = (byte)(data[from + 1 + column] + predicted);
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
