using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Emargement.LocalHost.Http;

/// <summary>
/// Lets a client that is still sending its body read why it is refused: what a function leaves unread is read on and thrown away, up to a
/// bound of bytes and of time, before the connection is closed under it. Kestrel's own limit closes at once, and a client that writes then
/// sees a broken connection in place of the answer. So the limit is kept here: a function sees it as Kestrel's.
/// </summary>
internal static class BodyRemainder
{
    /// <summary>Bytes read on at most: more than twice the largest body that any function takes.</summary>
    public const long MostBytes = 64 * 1024 * 1024;

    private const int Chunk = 64 * 1024;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    public static async Task ReadOnAsync(HttpContext http, RequestDelegate next)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is not { IsReadOnly: false } ofServer
            || http.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false })
        {
            await next(http);
            return;
        }

        var limited = new LimitedBody(http.Request.Body, http.Request.ContentLength, ofServer.MaxRequestBodySize);
        ofServer.MaxRequestBodySize = null;
        http.Features.Set<IHttpMaxRequestBodySizeFeature>(limited);
        http.Request.Body = limited;
        await next(http);
        if (!limited.HasEnded && !http.RequestAborted.IsCancellationRequested)
        {
            await http.Response.CompleteAsync();
            if (!await DiscardAsync(limited.Rest, http.RequestAborted))
            {
                // Kestrel would go on reading.
                http.Abort();
            }
        }
    }

    /// <returns>False where more came than is listened to.</returns>
    private static async Task<bool> DiscardAsync(Stream rest, CancellationToken aborted)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        patience.CancelAfter(Longest);
        var chunk = new byte[Chunk];
        try
        {
            for (var left = MostBytes; left > 0;)
            {
                var read = await rest.ReadAsync(chunk, patience.Token);
                if (read == 0)
                {
                    return true;
                }

                left -= read;
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException or InvalidOperationException)
        {
            // It sends too slowly, or has left: Kestrel waits for it a little more, and closes.
            return true;
        }

        return false;
    }

    /// <summary>A body that breaks off where more has come than the function takes.</summary>
    private sealed class LimitedBody(Stream body, long? length, long? limit) : Stream, IHttpMaxRequestBodySizeFeature
    {
        private long? _limit = limit;
        private long _read;

        /// <summary>What comes after what was read, without a limit.</summary>
        public Stream Rest => body;

        public bool HasEnded { get; private set; }

        public bool IsReadOnly => _read > 0 || HasEnded;

        public long? MaxRequestBodySize
        {
            get => _limit;
            set => _limit = IsReadOnly ? throw new InvalidOperationException("The body is being read.") : value;
        }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (length > _limit)
            {
                throw TooLarge();
            }

            var read = await body.ReadAsync(buffer, cancellationToken);
            HasEnded |= read == 0 && buffer.Length > 0;
            _read += read;
            return _read > _limit ? throw TooLarge() : read;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) =>
            throw new InvalidOperationException("Synchronous operations are disallowed. Call ReadAsync.");

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        private static BadHttpRequestException TooLarge() =>
            new("Request body too large.", StatusCodes.Status413PayloadTooLarge);
    }
}
