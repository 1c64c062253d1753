using System.Net;
using System.Net.Sockets;

namespace Emargement.Journeys.Platform;

internal static class Ports
{
    /// <summary>A port of this machine at which nobody listens.</summary>
    public static int Free()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
