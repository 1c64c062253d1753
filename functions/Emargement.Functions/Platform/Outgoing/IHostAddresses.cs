using System.Net;
using System.Net.Sockets;

namespace Emargement.Functions.Platform.Outgoing;

/// <summary>Where a server's name leads, now: it may lead elsewhere at the next call.</summary>
public interface IHostAddresses
{
    /// <returns>None when there is no such name.</returns>
    Task<IReadOnlyList<IPAddress>> FindAsync(string host, CancellationToken cancellation);
}

/// <summary>What this machine's name servers say.</summary>
internal sealed class NameServers : IHostAddresses
{
    public async Task<IReadOnlyList<IPAddress>> FindAsync(string host, CancellationToken cancellation)
    {
        try
        {
            return await Dns.GetHostAddressesAsync(host, cancellation);
        }
        catch (SocketException)
        {
            return [];
        }
    }
}
