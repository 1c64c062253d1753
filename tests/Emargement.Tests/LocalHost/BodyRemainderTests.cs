using System.Net;
using Emargement.LocalHost.Http;
using Emargement.Tests.Platform.Access;

namespace Emargement.Tests.LocalHost;

/// <summary>Who is still sending what is refused reads why; who sends without an end is not listened to.</summary>
public sealed class BodyRemainderTests
{
    private const int Megabyte = 1024 * 1024;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(27, true)]
    [InlineData(27, false)]
    [InlineData(60, true)]
    [InlineData(60, false)]
    public async Task A_client_that_is_still_sending_reads_its_refusal_every_time(int megabytes, bool inPieces)
    {
        await using var host = await AccessHost.StartAsync();
        using var client = new HttpClient { BaseAddress = host.Address };
        for (var i = 0; i < 8; i++)
        {
            using var request = Request(new Zeros(megabytes * (long)Megabyte, inPieces));
            using var answer = await client.SendAsync(request, Cancellation);

            answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
            (await AccessHost.CodeAsync(answer)).ShouldBe("body-too-large");
        }
    }

    [Fact]
    public async Task Nobody_is_listened_to_for_ever()
    {
        await using var host = await AccessHost.StartAsync();
        using var client = new HttpClient { BaseAddress = host.Address };
        var zeros = new Zeros(4096L * Megabyte, inPieces: true);
        using var request = Request(zeros);

        // Whoever sends and reads at once has the answer; who sends first sees the connection end.
        try
        {
            using var answer = await client.SendAsync(request, Cancellation);
            answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        }
        catch (HttpRequestException broken)
        {
            broken.InnerException.ShouldBeAssignableTo<IOException>();
        }

        // What was read, and what the connection's buffers hold.
        zeros.Sent.ShouldBeLessThan(BodyRemainder.MostBytes + (64L * Megabyte));
    }

    private static HttpRequestMessage Request(HttpContent body) => new(HttpMethod.Post, "/api/verify")
    {
        Content = body,
        Headers = { TransferEncodingChunked = body.Headers.ContentLength is null },
    };

    private sealed class Zeros : HttpContent
    {
        private readonly byte[] _some = new byte[256 * 1024];
        private readonly long _length;
        private readonly bool _inPieces;

        public Zeros(long length, bool inPieces)
        {
            (_length, _inPieces) = (length, inPieces);
            Headers.ContentType = new("application/pdf");
        }

        public long Sent { get; private set; }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            while (Sent < _length)
            {
                await stream.WriteAsync(_some);
                Sent += _some.Length;
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _length;
            return !_inPieces;
        }
    }
}
