using System.Text;
using Emargement.Domain.Platform;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Emargement.Functions.Platform.Http.Bodies;

/// <summary>What a browser sends of a page's form when the page's script has not come, or never will.</summary>
public sealed class FormFields(IReadOnlyDictionary<string, StringValues> fields)
{
    /// <summary>No form: nothing is in it.</summary>
    public static FormFields None { get; } = new(new Dictionary<string, StringValues>());

    /// <summary>What is typed into the field, without spaces around it; null when nothing is, or when there is no such field.</summary>
    public string? Text(string name) =>
        fields.TryGetValue(name, out var values) && values.FirstOrDefault()?.Trim() is { Length: > 0 } text ? text : null;

    /// <summary>What is chosen of several.</summary>
    public IEnumerable<string> All(string name) => fields.TryGetValue(name, out var values) ? values.OfType<string>() : [];

    /// <summary>Fields of the form <c>name.what</c>, by what they speak of.</summary>
    public IReadOnlyDictionary<string, string> Under(string name) => fields
        .Where(f => f.Key.StartsWith(name + '.', StringComparison.Ordinal))
        .ToDictionary(f => f.Key[(name.Length + 1)..], f => f.Value.ToString().Trim(), StringComparer.Ordinal);

    /// <summary>What was typed, to show it again. What must be told to nobody is not among it.</summary>
    public IReadOnlyDictionary<string, string> Typed => fields
        .Where(f => !f.Key.Contains("assword", StringComparison.Ordinal))
        .ToDictionary(f => f.Key, f => f.Value.ToString(), StringComparer.Ordinal);
}

/// <summary>Reads forms.</summary>
public static class FormBody
{
    /// <summary>Bytes of a form at most: the largest page reads a paper week, ten half-days of a group.</summary>
    public const int MaxBytes = 64 * 1024;

    // A mark and minutes a person and half-day.
    private const int MostFields = 2048;

    /// <summary>Reads the fields of a form as browsers send it (<c>application/x-www-form-urlencoded</c>).</summary>
    /// <returns>The fields, or <c>form-invalid</c> or <c>body-too-large</c>.</returns>
    public static async Task<Result<FormFields>> ReadFieldsAsync(this HttpRequest request, CancellationToken cancellation)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
        {
            return Refusal.Of("form-invalid", RefusalKind.UnsupportedMediaType);
        }

        var bytes = await request.ReadBytesAsync(MaxBytes, cancellation);
        if (!bytes.IsOk)
        {
            return bytes.Refusal;
        }

        try
        {
            using var reader = new FormReader(Encoding.UTF8.GetString(bytes.Value)) { ValueCountLimit = MostFields };
            return new FormFields(reader.ReadForm());
        }
        catch (InvalidDataException)
        {
            return Refusal.BadInput("form-invalid");
        }
    }
}
