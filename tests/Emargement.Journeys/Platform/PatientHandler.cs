using System.Net.Sockets;

namespace Emargement.Journeys.Platform;

/// <summary>Calls again while nobody listens: a server that was just started refuses connections for a while.</summary>
/// <remarks>A call whose connection was refused has done nothing, so any may be made again; one whose connection broke may not.</remarks>
/// <param name="inner">What makes the calls.</param>
/// <param name="clock">Measures the patience, and the pauses between two calls.</param>
public sealed class PatientHandler(HttpMessageHandler inner, TimeProvider clock) : DelegatingHandler(inner)
{
    /// <summary>How long a cold start may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        for (var since = clock.GetTimestamp(); ;)
        {
            try
            {
                return await base.SendAsync(request, cancellationToken);
            }
            catch (HttpRequestException fault) when (IsRefused(fault) && clock.GetElapsedTime(since) < Patience)
            {
                await Task.Delay(Pause, clock, cancellationToken);
            }
        }
    }

    private static bool IsRefused(HttpRequestException fault) =>
        fault.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused };
}
