using System.Globalization;
using System.Text.Json;

namespace Emargement.Functions.Platform.Http.Bodies;

/// <summary>Finds a null among the elements of an array: a list of the API has no holes, and the reader of JSON lets them pass.</summary>
internal static class NullElement
{
    /// <param name="json">Well-formed.</param>
    /// <returns>Its path, as <c>$.items[0]</c>; null when there is none.</returns>
    public static string? In(ReadOnlySpan<byte> json)
    {
        // A signature, the body that is sent most, has no list: it is not read twice.
        if (!json.Contains((byte)'['))
        {
            return null;
        }

        var reader = new Utf8JsonReader(json);
        var places = new Stack<Place>();
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    places.Peek().Name = reader.GetString();
                    continue;
                case JsonTokenType.EndArray or JsonTokenType.EndObject:
                    places.Pop();
                    continue;
            }

            if (places.TryPeek(out var place) && place.IsArray)
            {
                place.Index++;
                if (reader.TokenType == JsonTokenType.Null)
                {
                    return "$" + string.Concat(places.Reverse().Select(p => p.ToString()));
                }
            }

            if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
            {
                places.Push(new Place { IsArray = reader.TokenType == JsonTokenType.StartArray });
            }
        }

        return null;
    }

    private sealed class Place
    {
        public required bool IsArray { get; init; }

        public int Index { get; set; } = -1;

        public string? Name { get; set; }

        public override string ToString() => IsArray ? string.Create(CultureInfo.InvariantCulture, $"[{Index}]") : "." + Name;
    }
}
