using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.DurableTask;
using CoreConverter = DurableTask.Core.Serializing.DataConverter;

namespace Emargement.LocalHost.Orchestration;

/// <summary>Inputs, results, events and statuses as JSON, with the options of the worker's serializer.</summary>
internal sealed class JsonData : DataConverter
{
    public static readonly JsonData Instance = new();

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNameCaseInsensitive = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // never in a page: accents stay one character long
    };

    [return: NotNullIfNotNull(nameof(value))]
    public override string? Serialize(object? value) => value is null ? null : JsonSerializer.Serialize(value, value.GetType(), Options);

    [return: NotNullIfNotNull(nameof(data))]
    public override object? Deserialize(string? data, Type targetType) =>
        data is null ? null : JsonSerializer.Deserialize(data, targetType, Options)!;

    /// <summary>The same for the engine's own client.</summary>
    internal sealed class ForEngine : CoreConverter
    {
        public override string? Serialize(object? value) => Instance.Serialize(value);

        public override string? Serialize(object? value, bool formatted) => Instance.Serialize(value);

        public override object? Deserialize(string? data, Type objectType) => Instance.Deserialize(data, objectType);
    }
}
