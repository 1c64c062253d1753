using System.Text.Json;
using System.Text.Json.Serialization;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Region.Export;

/// <summary>Figures as a column of a row: deflated JSON, since a large organisation has some hundreds of groups.</summary>
internal static class FiguresText
{
    // What is null is written too: a value is read back whole. What follows from the rest is not.
    private static readonly JsonSerializerOptions Options =
        new(ApiJson.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.Never, IgnoreReadOnlyProperties = true };

    public static byte[] Write<T>(T figures) => DeflatedText.Write(JsonSerializer.Serialize(figures, Options));

    public static T? Read<T>(byte[] column) => JsonSerializer.Deserialize<T>(DeflatedText.Read(column), Options);
}
