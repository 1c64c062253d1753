using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;

namespace Emargement.Journeys.Platform;

/// <summary>Connections that a machine really refuses, on a clock that goes on by itself.</summary>
public sealed class PatientHandlerTests : IDisposable
{
    private readonly SkippingClock _clock = new();
    private readonly TcpListener _server = new(IPAddress.Loopback, Ports.Free());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_waits_for_a_server_that_listens_later()
    {
        using var door = new Door(callsBefore: 40, _server.Start);
        using var client = new HttpClient(new PatientHandler(door, _clock));
        var began = _clock.GetUtcNow();

        var call = client.PostAsync(Address, new StringContent("once"), Cancellation);
        await door.Opened.Task.WaitAsync(Cancellation);
        await AnswerAsync();

        (await call).StatusCode.ShouldBe(HttpStatusCode.OK);
        (_clock.GetUtcNow() - began).ShouldBe(TimeSpan.FromSeconds(40));
    }

    [Fact]
    public async Task After_a_minute_the_refusal_is_what_the_caller_is_told()
    {
        using var door = new Door(callsBefore: int.MaxValue, () => { });
        using var client = new HttpClient(new PatientHandler(door, _clock));
        var began = _clock.GetUtcNow();

        var call = () => client.GetAsync(Address, Cancellation);

        var told = (await call.ShouldThrowAsync<HttpRequestException>()).InnerException.ShouldBeOfType<SocketException>();
        told.SocketErrorCode.ShouldBe(SocketError.ConnectionRefused);
        (_clock.GetUtcNow() - began).ShouldBe(PatientHandler.Patience);
    }

    [Fact]
    public async Task A_connection_that_breaks_is_not_tried_again_since_the_server_may_have_heard()
    {
        _server.Start();
        using var door = new Door(callsBefore: int.MaxValue, () => { });
        using var client = new HttpClient(new PatientHandler(door, _clock));

        var call = client.PostAsync(Address, new StringContent("once"), Cancellation);
        using (await _server.AcceptTcpClientAsync(Cancellation))
        {
            // Closed without an answer.
        }

        await Should.ThrowAsync<HttpRequestException>(call);
        door.Calls.ShouldBe(1);
    }

    public void Dispose() => _server.Dispose();

    private Uri Address => new($"http://{_server.LocalEndpoint}/");

    private async Task AnswerAsync()
    {
        using var connection = await _server.AcceptTcpClientAsync(Cancellation);
        await using var stream = connection.GetStream();
        await stream.ReadExactlyAsync(new byte[16], Cancellation);
        await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(), Cancellation);
    }

    /// <summary>Lets calls through to the machine, and opens the server after so many of them.</summary>
    private sealed class Door(int callsBefore, Action open) : DelegatingHandler(new SocketsHttpHandler())
    {
        public int Calls { get; private set; }

        public TaskCompletionSource Opened { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (Calls++ == callsBefore)
            {
                open();
                Opened.SetResult();
            }

            return base.SendAsync(request, cancellationToken);
        }
    }

    /// <summary>Whoever waits on it has waited already.</summary>
    private sealed class SkippingClock : FakeTimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            Advance(dueTime);
            return timer;
        }
    }
}
