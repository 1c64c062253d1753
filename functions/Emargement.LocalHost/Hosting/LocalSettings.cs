using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Emargement.LocalHost.Storage;
using Microsoft.Extensions.Configuration;

namespace Emargement.LocalHost.Hosting;

/// <summary>
/// The settings of a run from the command line: the environment, then local.settings.json as
/// <c>func</c> reads it, then what a machine needs to start at once.
/// </summary>
internal sealed class LocalSettings
{
    private const int UsualPort = 7071;
    private readonly IConfiguration _configured;

    private LocalSettings(IConfiguration configured) => _configured = configured;

    public bool HasStorage => Has("Storage:ConnectionString") || Has("Storage:AccountName");

    public static LocalSettings Read()
    {
        var file = new ConfigurationBuilder().AddJsonFile(Path.Combine(Checkout.Root, "local.settings.json"), optional: true).Build();
        var values = file.GetSection("Values").GetChildren().Select(
            v => KeyValuePair.Create(v.Key.Replace("__", ":", StringComparison.Ordinal), v.Value));
        return new LocalSettings(new ConfigurationBuilder().AddInMemoryCollection(values).AddEnvironmentVariables().Build());
    }

    /// <summary>The port that <c>func</c> takes, or a free one.</summary>
    public static string FreeUrl()
    {
        try
        {
            return Probe(UsualPort);
        }
        catch (SocketException)
        {
            return Probe(0);
        }
    }

    /// <summary>All settings, with the emulator's storage and a key of this checkout where none is configured.</summary>
    public IReadOnlyDictionary<string, string?> With(string? emulator, string url)
    {
        var settings = _configured.AsEnumerable().Where(s => s.Value is not null).ToDictionary(
            s => s.Key, s => s.Value, StringComparer.OrdinalIgnoreCase);
        if (emulator is not null)
        {
            settings["Storage:ConnectionString"] = emulator;
        }

        settings.TryAdd("Access:PublicUrl", url);
        settings.TryAdd("Access:OperatorKey", OperatorKey());
        return settings;
    }

    // Drawn once for a checkout, so that what was made with it stays reachable.
    private static string OperatorKey()
    {
        var file = Path.Combine(Checkout.DataFolder, "operator-key");
        if (!File.Exists(file))
        {
            File.WriteAllText(file, RandomNumberGenerator.GetHexString(48, lowercase: true));
        }

        return File.ReadAllText(file);
    }

    private static string Probe(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        return $"http://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}";
    }

    private bool Has(string key) => !string.IsNullOrEmpty(_configured[key]);
}
