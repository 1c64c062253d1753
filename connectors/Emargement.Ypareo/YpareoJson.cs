using System.Globalization;
using System.Text.Json;

namespace Emargement.Ypareo;

/// <summary>Reads YPAREO's JSON as it really is: a list is an array, or an object keyed by codes; codes are numbers or texts.</summary>
internal static class YpareoJson
{
    private static readonly string[] Tokens = ["token", "accessToken", "access_token", "authToken"];

    private static readonly string[] Days = ["dd/MM/yyyy", "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ss", "dd/MM/yyyy HH:mm:ss"];

    /// <param name="member">The member that holds the list; null when the whole answer is it.</param>
    /// <returns>The entries; null when the answer is no such list.</returns>
    public static IReadOnlyList<JsonElement>? List(byte[] body, string? member = null)
    {
        if (Parse(body) is not { } root)
        {
            return null;
        }

        if (member is not null && root.ValueKind == JsonValueKind.Object)
        {
            if (!root.TryGetProperty(member, out var inner))
            {
                return null;
            }

            root = inner;
        }

        return root.ValueKind switch
        {
            JsonValueKind.Array => [.. root.EnumerateArray().Where(IsObject)],
            JsonValueKind.Object => Entries(root),
            JsonValueKind.Null => [],
            _ => null,
        };
    }

    // « {"error":"…"} » is an answer, and no list.
    private static List<JsonElement>? Entries(JsonElement root)
    {
        var all = root.EnumerateObject().Select(p => p.Value).ToList();
        var entries = all.Where(IsObject).ToList();
        return all.Count > 0 && entries.Count == 0 ? null : entries;
    }

    public static string? TokenOf(byte[] body) =>
        Parse(body) is not { } root ? null
        : root.ValueKind == JsonValueKind.String ? root.GetString()
        : Tokens.Select(name => Text(root, name)).FirstOrDefault(t => t.Length > 0);

    /// <summary>A member as text; empty when it is missing or null.</summary>
    public static string Text(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) ? TextOf(value) : "";

    public static bool Flag(JsonElement of, string name) => Text(of, name) is "1" or "true";

    /// <summary>Codes of a list; none when there is no such list.</summary>
    public static IReadOnlyList<string> Codes(JsonElement of, string name) =>
        !of.TryGetProperty(name, out var list) ? []
        : list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray().Select(TextOf).Where(c => c.Length > 0)]
        : list.ValueKind == JsonValueKind.Object ? [.. list.EnumerateObject().Select(p => TextOf(p.Value)).Where(c => c.Length > 0)]
        : [];

    public static bool TryDate(string text, out DateOnly date) =>
        DateOnly.TryParseExact(text, Days, CultureInfo.InvariantCulture, DateTimeStyles.None, out date);

    private static bool IsObject(JsonElement element) => element.ValueKind == JsonValueKind.Object;

    private static string TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!.Trim(),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => "",
    };

    private static JsonElement? Parse(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
