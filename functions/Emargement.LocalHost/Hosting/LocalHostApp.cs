using Emargement.LocalHost.Invocation;
using Emargement.LocalHost.Orchestration;
using Emargement.LocalHost.Timers;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Emargement.LocalHost.Hosting;

/// <summary>A function app running in this process: HTTP routes, timers and orchestrations.</summary>
public sealed class LocalHostApp : IAsyncDisposable
{
    private readonly IHost _host;

    private LocalHostApp(IHost host)
    {
        _host = host;
        Address = new Uri(Addresses(host).First());
    }

    /// <summary>Where the app answers, with the port that was taken.</summary>
    public Uri Address { get; }

    public IServiceProvider Services => _host.Services;

    /// <exception cref="InvalidOperationException">A function is not one that the Functions host would accept.</exception>
    public static async Task<LocalHostApp> StartAsync(LocalHostOptions options, CancellationToken cancellation = default)
    {
        var host = WorkerHost.CreateBuilder(options).Build();
        try
        {
            CheckSettings(host.Services);

            // Before the worker's own choice, which is read only where there is none.
            Addresses(host).Add(options.Url);
            await host.StartAsync(cancellation);
            return new LocalHostApp(host);
        }
        catch
        {
            await DisposeAsync(host);
            throw;
        }
    }

    /// <summary>Runs a timer function now, whatever its schedule.</summary>
    /// <exception cref="ArgumentException">There is no timer of that name.</exception>
    public Task RunTimerAsync(string name, CancellationToken cancellation = default) =>
        Services.GetRequiredService<TimerFunctions>().RunAsync(name, cancellation);

    /// <summary>Ends when no timer, activity or orchestration has anything to do before the clock moves or something arrives.</summary>
    public Task WhenIdleAsync() =>
        Services.GetService<IdleWatch>()?.WhenIdleAsync() ?? Services.GetRequiredService<WorkTracker>().WhenIdleAsync();

    /// <summary>Ends when Ctrl-C or a SIGTERM asks for it.</summary>
    public Task WaitForShutdownAsync() => _host.WaitForShutdownAsync();

    public Task StopAsync(CancellationToken cancellation = default) => _host.StopAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await DisposeAsync(_host);
    }

    private static ICollection<string> Addresses(IHost host) =>
        host.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses;

    private static ValueTask DisposeAsync(IHost host) => ((IAsyncDisposable)host).DisposeAsync();

    /// <summary>The app's own rules first: they say what each setting is.</summary>
    private static void CheckSettings(IServiceProvider services)
    {
        services.GetService<IStartupValidator>()?.Validate();
        if (!WorkerHost.HasStorage(services.GetRequiredService<IConfiguration>())
            && services.GetRequiredService<FunctionCatalog>().NeedsStorage)
        {
            throw new InvalidOperationException(
                "Storage__ConnectionString is missing: timers and orchestrations keep their state in storage.");
        }
    }
}
