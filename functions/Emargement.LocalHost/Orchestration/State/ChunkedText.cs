using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Azure;
using Azure.Data.Tables;

namespace Emargement.LocalHost.Orchestration.State;

/// <summary>A value as JSON in UTF-8 in a row, in pieces because one property holds 64 KiB.</summary>
internal static class ChunkedText
{
    private const int PieceLength = 60_000;
    private static readonly JsonSerializerOptions Options = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // never in a page: accents stay one character long
        Converters = { new NoETag() },
    };

    public static void Write<T>(TableEntity row, T value) => WriteText(row, JsonSerializer.Serialize(value, Options));

    /// <summary>Values in their order as arrays of at most <paramref name="most"/> bytes or one value, each for a row of its own.</summary>
    public static IEnumerable<string> Arrays<T>(IEnumerable<T> values, int most)
    {
        var some = new List<string>();
        var length = 0;
        foreach (var text in values.Select(v => JsonSerializer.Serialize(v, Options)))
        {
            var bytes = Encoding.UTF8.GetByteCount(text);
            if (some.Count > 0 && length + bytes > most)
            {
                yield return $"[{string.Join(',', some)}]";
                some.Clear();
                length = 0;
            }

            some.Add(text);
            length += bytes;
        }

        if (some.Count > 0)
        {
            yield return $"[{string.Join(',', some)}]";
        }
    }

    public static void WriteText(TableEntity row, string text)
    {
        var piece = 0;
        foreach (var bytes in Encoding.UTF8.GetBytes(text).Chunk(PieceLength))
        {
            row[Name(piece++)] = bytes;
        }
    }

    public static T? Read<T>(TableEntity row)
    {
        var text = new MemoryStream();
        for (var piece = 0; row.GetBinary(Name(piece)) is { } bytes; piece++)
        {
            text.Write(bytes);
        }

        return JsonSerializer.Deserialize<T>(text.ToArray(), Options);
    }

    private static string Name(int piece) => string.Create(CultureInfo.InvariantCulture, $"Data{piece}");

    // The tag is the row's own, never part of its text.
    private sealed class NoETag : JsonConverter<ETag>
    {
        public override ETag Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => default;

        public override void Write(Utf8JsonWriter writer, ETag value, JsonSerializerOptions options) => writer.WriteNullValue();
    }
}
