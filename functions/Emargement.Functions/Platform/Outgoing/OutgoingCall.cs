using System.Net.Http.Headers;
using Emargement.Domain.Platform;

namespace Emargement.Functions.Platform.Outgoing;

/// <summary>A call to somebody else's server.</summary>
/// <param name="Address">Where to: https, a server's name, no port.</param>
/// <param name="MaxBytes">Of the answer, unpacked.</param>
/// <param name="Limit">From the first look-up of the name to the last byte, redirects included.</param>
public sealed record OutgoingCall(Uri Address, long MaxBytes, TimeSpan Limit)
{
    public HttpMethod Method { get; init; } = HttpMethod.Get;

    /// <summary>Sent to this server alone: a redirect to another one goes without them.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>What is sent, with its media type; a call with a body follows no redirect.</summary>
    public (ReadOnlyMemory<byte> Bytes, string MediaType)? Body { get; init; }
}

/// <summary>What the last server answered, read as it comes.</summary>
/// <param name="Address">Whose answer it is, after redirects.</param>
/// <param name="Body">Fails by itself beyond the call's limit of bytes.</param>
public sealed record OutgoingAnswer(Uri Address, int Status, HttpResponseHeaders Headers, HttpContentHeaders Content, Stream Body)
{
    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>The whole body, for what is small.</summary>
    public async Task<Result<byte[]>> ReadAsync(CancellationToken cancellation)
    {
        using var whole = new MemoryStream();
        await Body.CopyToAsync(whole, cancellation);
        return whole.ToArray();
    }
}
