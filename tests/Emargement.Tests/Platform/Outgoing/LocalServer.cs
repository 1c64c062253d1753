using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Emargement.Tests.Platform.Outgoing;

/// <summary>Somebody else's server, on this machine, that does whatever a test asks.</summary>
internal sealed class LocalServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private LocalServer(WebApplication application) => _application = application;

    /// <summary>What it answers; by path when it plays several.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = _ => Task.CompletedTask;

    /// <summary>The requests that came, the first first: path, and whether the header <c>X-Secret</c> came along.</summary>
    public List<(string Path, bool Secret)> Seen { get; } = [];

    public Uri Address => new(_application.Urls.First());

    public static async Task<LocalServer> StartAsync(
        System.Security.Cryptography.X509Certificates.X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null)
            {
                listen.UseHttps(certificate);
            }
        }));
        var application = builder.Build();
        var server = new LocalServer(application);
        application.Run(server.TakeAsync);
        await application.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private Task TakeAsync(HttpContext call)
    {
        lock (Seen)
        {
            Seen.Add((call.Request.Path.Value!, call.Request.Headers.ContainsKey("X-Secret")));
        }

        return Answer(call);
    }
}
