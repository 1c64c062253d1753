using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Emargement.Domain.Platform;

namespace Emargement.Domain.Sessions;

/// <summary>The one written form of a fact: UTF-8 JSON, no white space, properties in declared order, nulls left out, instants as yyyy-MM-ddTHH:mm:ss.fffffffZ.</summary>
public static class FactJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower), new ReferenceConverter(), new InstantConverter() },
    };

    public static byte[] Write(Fact fact) => JsonSerializer.SerializeToUtf8Bytes(fact, Options);

    public static Fact Read(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize<Fact>(json, Options) ?? throw new FormatException("A fact is a JSON object with a kind.");

    /// <summary>SHA-256 of the written form: the leaf of the sheet's Merkle tree.</summary>
    public static byte[] Hash(ReadOnlySpan<byte> json) => SHA256.HashData(json);

    private sealed class ReferenceConverter : JsonConverter<Reference>
    {
        public override Reference Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Reference.Parse(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, Reference value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
    }

    private sealed class InstantConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
    }
}
