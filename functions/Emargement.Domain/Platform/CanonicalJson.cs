using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Emargement.Domain.Platform;

/// <summary>How facts are written, so that their hash stays true: UTF-8, no white space, properties in declared
/// order, nulls left out, enums in kebab-case, instants as yyyy-MM-ddTHH:mm:ss.fffffffZ.</summary>
internal static class CanonicalJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters =
        {
            new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower), new ReferenceConverter(),
            new EmailConverter(), new OrganisationConverter(), new InstantConverter(),
        },
    };

    /// <summary>A fact whose term is over, without those of its properties that name somebody, at any depth.</summary>
    /// <param name="cut">Of a property: false leaves it out, true empties it where a fact is none without it, null keeps it.</param>
    /// <returns>The same bytes when nobody is named.</returns>
    public static byte[] Without(ReadOnlySpan<byte> json, Func<string, JsonNode?, bool?> cut)
    {
        var fact = JsonNode.Parse(json) ?? throw new FormatException("A fact is a JSON object.");
        return Cut(fact, cut) ? JsonSerializer.SerializeToUtf8Bytes(fact, Options) : json.ToArray();
    }

    private static bool Cut(JsonNode node, Func<string, JsonNode?, bool?> cut)
    {
        var isCut = false;
        foreach (var item in (node as JsonArray)?.OfType<JsonNode>() ?? [])
        {
            isCut |= Cut(item, cut);
        }

        if (node is not JsonObject fact)
        {
            return isCut;
        }

        foreach (var (name, value) in fact.ToList())
        {
            switch (cut(name, value))
            {
                case null:
                    isCut |= value is not null && Cut(value, cut);
                    break;
                case false:
                    isCut |= fact.Remove(name);
                    break;
                case true when value?.GetValue<string>() != string.Empty:
                    fact[name] = string.Empty;
                    isCut = true;
                    break;
            }
        }

        return isCut;
    }

    private sealed class ReferenceConverter : JsonConverter<Reference>
    {
        public override Reference Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Reference.Parse(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, Reference value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Value);
    }

    private sealed class EmailConverter : JsonConverter<EmailAddress>
    {
        public override EmailAddress Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            EmailAddress.Parse(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, EmailAddress value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Value);
    }

    private sealed class OrganisationConverter : JsonConverter<OrganisationId>
    {
        public override OrganisationId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            OrganisationId.Parse(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, OrganisationId value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Value);
    }

    private sealed class InstantConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
    }
}
