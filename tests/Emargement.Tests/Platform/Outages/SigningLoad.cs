using System.Diagnostics;
using System.Net;

namespace Emargement.Tests.Platform.Outages;

/// <summary>Clients that act at the same time. One that is asked to come back waits until the storage is said to be back.</summary>
internal sealed class SigningLoad(int clients)
{
    private readonly TaskCompletionSource _underWay = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _allRefused = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _back = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private Task _all = Task.CompletedTask;

    /// <summary>Answers that promised that something is kept.</summary>
    public int Acknowledged { get; private set; }

    public int Refused { get; private set; }

    /// <summary>The longest that anybody waited for any answer.</summary>
    public TimeSpan Slowest { get; private set; }

    /// <summary>When some have been acknowledged and more come.</summary>
    public Task UnderWayAsync() => Task.WhenAny(_underWay.Task, _all);

    /// <summary>When every client has been asked to come back.</summary>
    public Task AllRefusedAsync() => Task.WhenAny(_allRefused.Task, _all);

    public Task DoneAsync() => _all;

    public void Back() => _back.TrySetResult();

    public void Run(Func<Task> client) => _all = Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(client)));

    public async Task TryAsync(HttpClient client, Func<HttpRequestMessage> act, CancellationToken cancellation)
    {
        while (!await IsAcknowledgedAsync(client, act, cancellation))
        {
            await _back.Task.WaitAsync(cancellation);
        }
    }

    private async Task<bool> IsAcknowledgedAsync(HttpClient client, Func<HttpRequestMessage> act, CancellationToken cancellation)
    {
        using var request = act();
        var since = Stopwatch.StartNew();
        using var answer = await client.SendAsync(request, cancellation);
        lock (_gate)
        {
            Slowest = since.Elapsed > Slowest ? since.Elapsed : Slowest;
            if (answer.IsSuccessStatusCode)
            {
                if (++Acknowledged == clients * 2)
                {
                    _underWay.SetResult();
                }

                return true;
            }

            answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            answer.Headers.RetryAfter.ShouldNotBeNull().Delta.ShouldBe(TimeSpan.FromSeconds(5));
            if (++Refused == clients)
            {
                _allRefused.SetResult();
            }

            return false;
        }
    }
}
