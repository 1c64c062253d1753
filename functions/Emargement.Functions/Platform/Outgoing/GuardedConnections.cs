using System.Net;
using System.Net.Sockets;

namespace Emargement.Functions.Platform.Outgoing;

/// <summary>
/// Connects to the very addresses that were judged: between a look-up and the connection, a name may come to lead elsewhere. A name with
/// one address that is not public is refused whole.
/// </summary>
internal sealed class GuardedConnections(IHostAddresses hosts, bool mayCallThisMachine)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan KeptOpen = TimeSpan.FromMinutes(1);

    /// <summary>No proxy of the environment, no cookie, no redirect by itself, no credentials, no trace sent along or recorded; the
    /// certificate is checked as the platform does.</summary>
    public SocketsHttpHandler Handler() => new()
    {
        ConnectCallback = ConnectAsync,
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.All,
        ActivityHeadersPropagator = null,
        ConnectTimeout = Patience,
        PooledConnectionLifetime = KeptOpen,
        MaxResponseHeadersLength = 32,
        MaxResponseDrainSize = 0,
    };

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var found = IPAddress.TryParse(host.Trim('[', ']'), out var literal) ? [literal] : await hosts.FindAsync(host, cancellation);
        if (found.Count == 0)
        {
            throw new OutgoingRefusedException(OutgoingRefusals.UnknownHost(host));
        }

        var ownMachine = mayCallThisMachine && context.InitialRequestMessage.RequestUri!.IsLoopback;
        if (!found.All(address => PublicAddresses.Holds(address) || (ownMachine && IPAddress.IsLoopback(address))))
        {
            throw new OutgoingRefusedException(OutgoingRefusals.Private(host));
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync([.. found], port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
