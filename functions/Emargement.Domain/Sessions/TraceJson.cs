using System.Text.Json;
using Emargement.Domain.Platform;

namespace Emargement.Domain.Sessions;

/// <summary>How a Session's row keeps what people changed by hand: a JSON array, oldest first, of what fits one column (64 KB in UTF-16).
/// What is older stands in the facts.</summary>
public static class TraceJson
{
    /// <summary>Entries that a row keeps at most.</summary>
    public const int Most = 30;

    private const int MostCharacters = 30_000;

    /// <returns>Null when there is nothing to keep.</returns>
    public static string? Write<T>(IReadOnlyList<T> trace)
    {
        if (trace.Count == 0)
        {
            return null;
        }

        var kept = trace.TakeLast(Most).ToList();
        var json = JsonSerializer.Serialize(kept, CanonicalJson.Options);
        while (json.Length > MostCharacters)
        {
            kept.RemoveAt(0);
            json = JsonSerializer.Serialize(kept, CanonicalJson.Options);
        }

        return json;
    }

    public static IReadOnlyList<T> Read<T>(string? json) =>
        json is null ? [] : JsonSerializer.Deserialize<T[]>(json, CanonicalJson.Options)!;
}
