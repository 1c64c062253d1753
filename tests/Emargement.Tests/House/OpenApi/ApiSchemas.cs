using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Domain.Platform.Calendar;
using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Http;

namespace Emargement.Tests.House.OpenApi;

/// <summary>JSON schemas of the API's records, and an example of each.</summary>
internal sealed class ApiSchemas
{
    /// <summary>Types that the API writes as text.</summary>
    private static readonly Dictionary<Type, (string Description, string? Format, string Example)> Texts = new()
    {
        [typeof(OrganisationId)] = ("Short name of an organisation.", null, "garonne"),
        [typeof(Reference)] = ("Reference in the organisation's own system, 1 to 100 characters.", null, "GAR-S0001"),
        [typeof(EmailAddress)] = ("E-mail address.", "email", "zoe@of.example"),
        [typeof(SessionId)] = ("Date, half-day and reference of a session.", null, "20261123-1-GAR-261123-G1-1-M"),
        [typeof(YearMonth)] = ("Month, yyyy-MM.", null, "2026-11"),
        [typeof(IsoWeek)] = ("ISO 8601 week.", null, "2026-W48"),
        [typeof(SiteZone)] = ("IANA name of a time zone.", null, "Europe/Paris"),
        [typeof(DateOnly)] = ("Day, of 1900 to 2099.", "date", "2026-11-23"),
        [typeof(TimeOnly)] = ("Local time, HH:mm.", null, "09:30"),
        [typeof(DateTimeOffset)] = ("Instant in UTC.", "date-time", "2026-11-23T08:01:00.0000000Z"),
    };

    private static readonly Dictionary<string, string> Examples = new(StringComparer.OrdinalIgnoreCase)
    {
        ["id"] = "garonne",
        ["name"] = "Garonne Formation",
        ["nda"] = "76310000001",
        ["siret"] = "73282932000074",
        ["region"] = "occitanie",
        ["ref"] = "GAR-M01",
        ["lastName"] = "Roche",
        ["firstName"] = "Inès",
        ["email"] = "ines.roche@of.example",
        ["login"] = "ines.roche@of.example",
        ["password"] = "quatre chevaux verts",
        ["drawing"] = "M 10 60 L 40 20 L 70 60 L 100 30",
        ["reason"] = "rendez-vous médical",
    };

    private readonly JsonSchemaExporterOptions _options = new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Transform };

    public SortedDictionary<string, JsonNode> Components { get; } = new(StringComparer.Ordinal);

    public JsonObject ReferenceTo(Type type)
    {
        var name = NameOf(type);
        if (!Components.ContainsKey(name))
        {
            Components[name] = ApiJson.Options.GetJsonSchemaAsNode(type, _options);
        }

        return new JsonObject { ["$ref"] = "#/components/schemas/" + name };
    }

    public JsonNode? ExampleOf(Type type)
    {
        ReferenceTo(type);
        return ExampleOf(Components[NameOf(type)], "value");
    }

    private static string NameOf(Type type) => type.IsGenericType
        ? string.Concat(
            type.GetGenericArguments().Select(NameOf)) + type.Name.Split('`')[0].Replace("IReadOnly", "", StringComparison.Ordinal)
        : type.IsArray ? NameOf(type.GetElementType()!) + "List" : type.Name;

    private static JsonNode Transform(JsonSchemaExporterContext context, JsonNode schema)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        if (Texts.ContainsKey(type))
        {
            return Text(type, type != context.TypeInfo.Type || context.PropertyInfo?.IsGetNullable == true);
        }

        // The exporter leaves out the items that a converter of ours writes.
        if (context.TypeInfo.ElementType is { } element && Texts.ContainsKey(element) && schema is JsonObject list && list["items"] is null)
        {
            list["items"] = Text(element, nullable: false);
        }

        return schema;
    }

    private static JsonObject Text(Type type, bool nullable)
    {
        var (description, format, example) = Texts[type];
        var text = new JsonObject { ["type"] = nullable ? new JsonArray("string", "null") : "string", ["description"] = description };
        if (format is not null)
        {
            text["format"] = format;
        }

        text["examples"] = new JsonArray(example);
        return text;
    }

    private static JsonNode? ExampleOf(JsonNode schema, string name)
    {
        if (schema is not JsonObject of)
        {
            return null;
        }

        if (of["examples"] is JsonArray given)
        {
            return given[0]!.DeepClone();
        }

        if (of["enum"] is JsonArray values)
        {
            return values[0]!.DeepClone();
        }

        var type = of["type"] is JsonArray several ? several[0]!.GetValue<string>() : of["type"]?.GetValue<string>();
        return type switch
        {
            "object" => new JsonObject(
                (of["properties"] as JsonObject ?? []).Select(p => KeyValuePair.Create(p.Key, ExampleOf(p.Value!, p.Key)))),
            "array" => new JsonArray(ExampleOf(of["items"]!, name)),
            "integer" or "number" => 1,
            "boolean" => true,
            "string" => TextExample(of["format"]?.GetValue<string>(), name),
            _ => null,
        };
    }

    private static string TextExample(string? format, string name) => format switch
    {
        "date" => "2026-11-23",
        "time" => "09:00:00",
        "date-time" => "2026-11-23T08:01:00Z",
        "uri" => "https://emargement.example/",
        _ => Examples.GetValueOrDefault(name, "texte"),
    };
}
