using System.Globalization;
using System.Threading.RateLimiting;
using Emargement.Domain.Platform;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Emargement.Functions.Platform.Http.Bodies;

/// <summary>Who sends a large body. Each has room of its own, so that nobody unknown keeps a known person waiting.</summary>
public enum BodyLane
{
    /// <summary>Anybody, read into memory.</summary>
    Anyone,

    /// <summary>Somebody known, read into memory.</summary>
    Known,

    /// <summary>Somebody known, kept on disk and read from there.</summary>
    Spooled,
}

/// <summary>
/// The one gate for large bodies: it bounds the bytes of them that this process holds at once. Who does not fit waits unread, in turn and
/// for some seconds; beyond that many, or that long, the caller is asked to come back.
/// </summary>
public sealed class LargeBodies(TimeProvider time) : IDisposable
{
    private const int Unit = 1024;
    private const int RetrySeconds = 5;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    // A body that comes slower keeps others out.
    private static readonly TimeSpan LongestReading = TimeSpan.FromSeconds(60);

    // Three of the largest at once, sixteen waiting: a process that has 2 GB in all stays far below them.
    private readonly Dictionary<BodyLane, ConcurrencyLimiter> _lanes = new()
    {
        [BodyLane.Anyone] = Lane(megabytes: 64, waiting: 320),
        [BodyLane.Known] = Lane(megabytes: 64, waiting: 320),
        [BodyLane.Spooled] = Lane(megabytes: 256, waiting: 256),
    };

    /// <summary>Room for so many bytes until the answer is disposed of.</summary>
    /// <returns>The room, or <c>too-many-calls</c> with the seconds to wait.</returns>
    public async Task<Result<IDisposable>> EnterAsync(BodyLane lane, long bytes, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(LongestWait, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            var room = await _lanes[lane].AcquireAsync((int)((bytes + Unit - 1) / Unit), both.Token);
            if (room.IsAcquired)
            {
                return room;
            }

            room.Dispose();
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Waited long enough.
        }

        return Refusal.Of("too-many-calls", RefusalKind.TooMany, ("retryAfter", RetrySeconds.ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>Reads a whole body into one buffer of its size.</summary>
    /// <returns>The bytes, or <c>body-too-large</c>, <c>body-too-slow</c>, <c>body-invalid</c> or <c>too-many-calls</c>.</returns>
    public async Task<Result<LargeBody>> ReadAsync(HttpRequest request, BodyLane lane, int limit, CancellationToken cancellation) =>
        request.ContentLength > limit
            ? RequestBody.TooLarge(limit)
            : await ReadAsync(lane, request.ContentLength, limit, _ => Task.FromResult<Stream?>(request.Body), cancellation);

    /// <summary>Reads a whole body, acts on its bytes, and gives their room back.</summary>
    /// <returns>What the act answers, or one of the refusals of a whole body.</returns>
    public async Task<Result<T>> UseAsync<T>(
        HttpRequest request,
        BodyLane lane,
        int limit,
        Func<ReadOnlyMemory<byte>, Task<Result<T>>> act,
        CancellationToken cancellation)
    {
        var body = await ReadAsync(request, lane, limit, cancellation);
        if (!body.IsOk)
        {
            return body.Refusal;
        }

        using var held = body.Value;
        return await act(held.Bytes);
    }

    /// <summary>Reads the first file that a form has under a name.</summary>
    /// <returns>The bytes, none when there is no such file; or one of the refusals of a whole body.</returns>
    public async Task<Result<LargeBody>> ReadFileAsync(
        HttpRequest request, string field, BodyLane lane, int limit, CancellationToken cancellation)
    {
        // The form's own lines beside the file.
        const int form = 64 * 1024;
        if (request.ContentLength > limit + form)
        {
            return RequestBody.TooLarge(limit);
        }

        var length = request.ContentLength is { } whole ? Math.Min(whole, limit) : (long?)null;
        return await ReadAsync(lane, length, limit, token => FileOfAsync(request, field, token), cancellation);
    }

    /// <summary>How many bytes more are let in at once.</summary>
    internal long FreeBytes(BodyLane lane) => _lanes[lane].GetStatistics()!.CurrentAvailablePermits * Unit;

    public void Dispose()
    {
        foreach (var lane in _lanes.Values)
        {
            lane.Dispose();
        }
    }

    private async Task<Result<LargeBody>> ReadAsync(
        BodyLane lane, long? length, int limit, Func<CancellationToken, Task<Stream?>> open, CancellationToken cancellation)
    {
        var room = await EnterAsync(lane, length ?? limit, cancellation);
        if (!room.IsOk)
        {
            return room.Refusal;
        }

        using var patience = new CancellationTokenSource(LongestReading, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        var read = false;
        try
        {
            // One more than may come, to see that more came.
            var buffer = GC.AllocateUninitializedArray<byte>((int)(length ?? limit) + 1);
            var source = await open(both.Token) ?? Stream.Null;
            var filled = await source.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, both.Token);
            if (filled > limit)
            {
                return RequestBody.TooLarge(limit);
            }

            read = true;
            return new LargeBody(buffer.AsMemory(0, filled), room.Value);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Refusal.BadInput("body-too-slow");
        }
        catch (Exception damaged) when (IsDamage(damaged))
        {
            return Refusal.BadInput("body-invalid", ("path", "$"));
        }
        finally
        {
            if (!read)
            {
                room.Value.Dispose();
            }
        }
    }

    private static async Task<Stream?> FileOfAsync(HttpRequest request, string field, CancellationToken cancellation)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= 200 } boundary)
        {
            return null;
        }

        try
        {
            var reader = new MultipartReader(boundary, request.Body);
            while (await reader.ReadNextSectionAsync(cancellation) is { } section)
            {
                if (section.GetContentDispositionHeader() is { } disposition && disposition.IsFileDisposition()
                    && HeaderUtilities.RemoveQuotes(disposition.Name).Equals(field, StringComparison.Ordinal))
                {
                    return section.Body;
                }
            }
        }
        catch (Exception damaged) when (IsDamage(damaged))
        {
            // No file can be found in it.
        }

        return null;
    }

    private static bool IsDamage(Exception fault) => fault is InvalidDataException or (IOException and not BadHttpRequestException);

    private static ConcurrencyLimiter Lane(int megabytes, int waiting) => new(new ConcurrencyLimiterOptions
    {
        PermitLimit = megabytes * 1024 * 1024 / Unit,
        QueueLimit = waiting * 1024 * 1024 / Unit,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });
}

/// <summary>A large body in memory. Disposing of it lets the next one in.</summary>
public sealed class LargeBody(ReadOnlyMemory<byte> bytes, IDisposable room) : IDisposable
{
    public ReadOnlyMemory<byte> Bytes { get; } = bytes;

    public void Dispose() => room.Dispose();
}
