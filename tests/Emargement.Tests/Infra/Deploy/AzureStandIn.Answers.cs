using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Emargement.Tests.Infra.Deploy;

/// <summary>The shapes of what Azure and az answer.</summary>
internal sealed partial class AzureStandIn
{
    private static JsonObject PermissionJson((string[] Actions, string[] Exceptions) permission) => new()
    {
        ["actions"] = JsonSerializer.SerializeToNode(permission.Actions),
        ["notActions"] = JsonSerializer.SerializeToNode(permission.Exceptions),
    };

    private JsonObject ReferenceJson(string setting, string status) => new()
    {
        ["id"] = $"{AppId}/config/configreferences/appsettings/{setting}",
        ["properties"] = new JsonObject { ["status"] = status },
    };

    private JsonObject Resource(string name) => new() { ["id"] = Id(name) };

    private string Id(string name) => $"/subscriptions/0000/resourceGroups/{ResourceGroup}/providers/{name}";

    private static JsonArray List(JsonNode one) => new(one);

    private static JsonArray Names(IEnumerable<string> names) => new([.. names.Select(name => new JsonObject { ["name"] = name })]);

    private static JsonObject Output(JsonNode value) => new() { ["value"] = value };

    /// <summary>As az writes it: a row a line; nothing for null, "None" for null in a row, the count of a list in a row.</summary>
    private static string Tsv(JsonNode? result) => result switch
    {
        null => "",
        JsonArray rows => string.Concat(
            rows.Select(
                row => (row is JsonArray cells ? string.Join(
                    '\t', cells.Select(c => Cell(c, inRow: true))) : Cell(row, inRow: false)) + "\n")),
        _ => Cell(result, inRow: false) + "\n",
    };

    private static string Cell(JsonNode? value, bool inRow) => value switch
    {
        null => "None",
        JsonArray list => list.Count.ToString(CultureInfo.InvariantCulture),
        JsonObject => "",
        _ when value.GetValueKind() is JsonValueKind.True or JsonValueKind.False => inRow ? value
            .ToString() is "true" ? "True" : "False" : value.ToString(),
        _ => value.ToString(),
    };

    private sealed record Deployment(string Name, string State, TimeSpan At, JsonObject Outputs)
    {
        public JsonNode Json => new JsonObject
        {
            ["name"] = Name,
            ["properties"] = new JsonObject
            {
                ["provisioningState"] = State,
                ["timestamp"] = (DateTimeOffset.UnixEpoch + At).ToString("O", CultureInfo.InvariantCulture),
                ["outputs"] = Outputs.DeepClone(),
            },
        };
    }

    private sealed class AzureException(string message) : Exception(message);
}
