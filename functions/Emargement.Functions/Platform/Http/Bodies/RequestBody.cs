using System.Text.Json;
using Emargement.Domain.Platform;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Emargement.Functions.Platform.Http.Bodies;

/// <summary>Marks a call whose body could not be read: whatever it was to do was not tried.</summary>
internal sealed record UnreadBody;

public static class RequestBody
{
    /// <summary>Bytes of a JSON body at most.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>Reads a JSON body, strictly.</summary>
    /// <returns>The value, or <c>content-type-not-json</c>, <c>body-too-large</c> or
    /// <c>body-invalid</c> with the path of the member at fault.</returns>
    public static async Task<Result<T>> ReadBodyAsync<T>(this HttpRequest request, CancellationToken cancellation)
    {
        var read = await ParseAsync<T>(request, cancellation);
        if (!read.IsOk)
        {
            request.HttpContext.Features.Set(new UnreadBody());
        }

        return read;
    }

    private static async Task<Result<T>> ParseAsync<T>(HttpRequest request, CancellationToken cancellation)
    {
        if (!IsJson(request.ContentType))
        {
            return Refusal.Of("content-type-not-json", RefusalKind.UnsupportedMediaType);
        }

        var bytes = await request.ReadBytesAsync(MaxBytes, cancellation);
        if (!bytes.IsOk)
        {
            return bytes.Refusal;
        }

        try
        {
            var value = JsonSerializer.Deserialize<T>(bytes.Value, ApiJson.Options);
            return value is null ? Refusal.BadInput("body-invalid", ("path", "$"))
                : NullElement.In(bytes.Value) is { } path ? Refusal.BadInput("body-invalid", ("path", path))
                : value;
        }
        catch (JsonException e)
        {
            return Refusal.BadInput("body-invalid", ("path", e.Path ?? "$"));
        }
    }

    /// <summary>Reads a whole body of at most so many bytes.</summary>
    /// <returns>The bytes, or <c>body-too-large</c> with the limit in bytes; no more than the limit is ever held.</returns>
    public static async Task<Result<byte[]>> ReadBytesAsync(this HttpRequest request, int limit, CancellationToken cancellation)
    {
        if (request.ContentLength > limit)
        {
            return TooLarge(limit);
        }

        using var buffer = new MemoryStream((int)(request.ContentLength ?? 0));
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(chunk, cancellation)) > 0)
        {
            if (buffer.Length + read > limit)
            {
                return TooLarge(limit);
            }

            buffer.Write(chunk, 0, read);
        }

        return buffer.ToArray();
    }

    internal static Refusal TooLarge(int limit) =>
        Refusal.Of("body-too-large", RefusalKind.TooLarge, ("limit", limit.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || type.Charset.Value.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase));
}
