using System.Net;
using System.Net.Http.Headers;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Access;
using Microsoft.Extensions.Options;

namespace Emargement.Functions.Platform.Outgoing;

/// <summary>
/// The one way in which the app calls a server whose address somebody gave. What that address, or a redirect, may reach is judged each
/// time; neither an address nor a header is ever logged.
/// </summary>
public sealed class GuardedHttp : IDisposable
{
    /// <summary>Redirects that one call follows.</summary>
    public const int MaxRedirects = 5;

    private const int LongestAddress = 2000;

    private readonly HttpMessageInvoker _http;
    private readonly bool _mayCallThisMachine;
    private readonly Uri? _own;
    private readonly TimeProvider _time;

    public GuardedHttp(IHostAddresses hosts, IOptions<OutgoingOptions> options, IOptions<AccessOptions> access, TimeProvider time)
    {
        _mayCallThisMachine = options.Value.ThisMachine;
        _own = access.Value.PublicUrl;
        _time = time;
        _http = new HttpMessageInvoker(new GuardedConnections(hosts, _mayCallThisMachine).Handler());
    }

    /// <summary>Calls a server, and reads its answer within the limits of the call.</summary>
    /// <returns>What was read, or an <c>address-…</c> refusal.</returns>
    public async Task<Result<T>> SendAsync<T>(
        OutgoingCall call, Func<OutgoingAnswer, CancellationToken, Task<Result<T>>> read, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(call.Limit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        try
        {
            return await FollowAsync(call, read, either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return OutgoingRefusals.Slow;
        }
        catch (Exception fault) when (OutgoingRefusals.Of(fault) is not null)
        {
            return OutgoingRefusals.Of(fault)!;
        }
    }

    /// <summary>What is wrong with an address by itself, before any look-up; null when nothing is.</summary>
    public Refusal? Refused(Uri address)
    {
        if (!address.IsAbsoluteUri || address.OriginalString.Length > LongestAddress || address.UserInfo.Length > 0)
        {
            return OutgoingRefusals.Invalid;
        }

        if (_mayCallThisMachine && address.IsLoopback && address.Scheme is "http" or "https")
        {
            return null;
        }

        return address.Scheme != Uri.UriSchemeHttps || !address.IsDefaultPort || address.HostNameType != UriHostNameType.Dns
            ? OutgoingRefusals.Invalid
            : address.IsLoopback || string.Equals(address.IdnHost, _own?.IdnHost, StringComparison.OrdinalIgnoreCase)
                ? OutgoingRefusals.Private(address.IdnHost)
                : null;
    }

    public void Dispose() => _http.Dispose();

    private async Task<Result<T>> FollowAsync<T>(
        OutgoingCall call, Func<OutgoingAnswer, CancellationToken, Task<Result<T>>> read, CancellationToken cancellation)
    {
        var address = call.Address;
        for (var left = MaxRedirects; ; left--)
        {
            if (Refused(address) is { } refusal)
            {
                return refusal;
            }

            using var request = Message(call, address);
            using var response = await _http.SendAsync(request, cancellation);
            if (Next(call, address, response) is not { } next)
            {
                await using var body = new LimitedBody(await response.Content.ReadAsStreamAsync(cancellation), call.MaxBytes);
                return await read(
                    new OutgoingAnswer(address, (int)response.StatusCode, response.Headers, response.Content.Headers, body), cancellation);
            }

            if (left == 0)
            {
                return OutgoingRefusals.Redirects;
            }

            address = next;
        }
    }

    private static HttpRequestMessage Message(OutgoingCall call, Uri address)
    {
        var message = new HttpRequestMessage(call.Method, address)
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrHigher,
        };
        message.Headers.UserAgent.Add(new ProductInfoHeaderValue("Emargement", "1.0"));
        if (IsSameServer(call.Address, address))
        {
            foreach (var (name, value) in call.Headers)
            {
                message.Headers.Add(name, value);
            }
        }

        if (call.Body is { } body)
        {
            message.Content = new ReadOnlyMemoryContent(body.Bytes);
            message.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(body.MediaType);
        }

        return message;
    }

    private static Uri? Next(OutgoingCall call, Uri from, HttpResponseMessage response) =>
        call.Method == HttpMethod.Get
            && response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
                or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect
            && Uri.TryCreate(from, response.Headers.Location, out var next)
            ? next
            : null;

    private static bool IsSameServer(Uri one, Uri other) =>
        Uri.Compare(one, other, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;
}
