using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Azure.Data.Tables;

namespace Emargement.Functions.Archive;

/// <summary>
/// A table row as one line of JSON, in the notation of the table service: a text, a 32-bit number and a truth value as they are;
/// every other type as text, with its name beside it (<c>"At@odata.type":"Edm.DateTime","At":"…"</c>). Properties are in order
/// of name, so that equal rows are equal lines. ETag and time of writing are the service's own.
/// </summary>
internal static class ArchivedRow
{
    private const string TypeMark = "@odata.type";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(TableEntity row)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("PartitionKey", row.PartitionKey);
            json.WriteString("RowKey", row.RowKey);
            var content = row.Where(p => IsContent(p.Key) && p.Value is not null);
            foreach (var (name, value) in content.OrderBy(p => p.Key, StringComparer.Ordinal))
            {
                Write(json, name, value);
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <exception cref="FormatException">Not a line that <see cref="Write(TableEntity)"/> makes.</exception>
    public static TableEntity Read(ReadOnlyMemory<byte> line)
    {
        using var document = JsonDocument.Parse(line);
        var root = document.RootElement;
        var entity = new TableEntity(root.GetProperty("PartitionKey").GetString(), root.GetProperty("RowKey").GetString());
        var properties = root.EnumerateObject().Where(p => IsContent(p.Name) && !p.Name.EndsWith(TypeMark, StringComparison.Ordinal));
        foreach (var property in properties)
        {
            entity[property.Name] = Value(
                property.Value, root.TryGetProperty(property.Name + TypeMark, out var type) ? type.GetString() : null);
        }

        return entity;
    }

    private static bool IsContent(string name) => name is not ("PartitionKey" or "RowKey" or "Timestamp" or "odata.etag");

    private static void Write(Utf8JsonWriter json, string name, object value)
    {
        switch (value)
        {
            case string text:
                json.WriteString(name, text);
                return;
            case bool truth:
                json.WriteBoolean(name, truth);
                return;
            case int number:
                json.WriteNumber(name, number);
                return;
        }

        var (type, written) = value switch
        {
            long number => ("Edm.Int64", number.ToString(CultureInfo.InvariantCulture)),
            double number => ("Edm.Double", number.ToString("R", CultureInfo.InvariantCulture)),
            DateTimeOffset instant => ("Edm.DateTime", instant.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)),
            Guid id => ("Edm.Guid", id.ToString("D")),
            byte[] bytes => ("Edm.Binary", Convert.ToBase64String(bytes)),
            BinaryData bytes => ("Edm.Binary", Convert.ToBase64String(bytes)),
            _ => throw new NotSupportedException($"The table service has no type for a {value.GetType().Name}."),
        };
        json.WriteString(name + TypeMark, type);
        json.WriteString(name, written);
    }

    private static object Value(JsonElement value, string? type) => type switch
    {
        null when value.ValueKind == JsonValueKind.String => value.GetString()!,
        null when value.ValueKind is JsonValueKind.True or JsonValueKind.False => value.GetBoolean(),
        null => value.GetInt32(),
        "Edm.Int64" => long.Parse(value.GetString()!, CultureInfo.InvariantCulture),
        "Edm.Double" => double.Parse(value.GetString()!, CultureInfo.InvariantCulture),
        "Edm.DateTime" => DateTimeOffset.ParseExact(value.GetString()!, "O", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
        "Edm.Guid" => Guid.ParseExact(value.GetString()!, "D"),
        "Edm.Binary" => value.GetBytesFromBase64(),
        _ => throw new FormatException($"{type} is no type of a table's value."),
    };
}
