using Emargement.LocalHost.Http;
using Emargement.LocalHost.Invocation;
using Emargement.LocalHost.Orchestration;
using Emargement.LocalHost.Timers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Emargement.LocalHost.Hosting;

/// <summary>A function app running in this process: HTTP routes, timers and orchestrations.</summary>
public sealed class LocalHostApp : IAsyncDisposable
{
    // What the Functions host accepts unless configured otherwise.
    private const long MaxRequestBody = 104_857_600;

    private readonly WebApplication _web;

    private LocalHostApp(WebApplication web)
    {
        _web = web;
        Address = new Uri(web.Urls.First());
    }

    /// <summary>Where the app answers, with the port that was taken.</summary>
    public Uri Address { get; }

    public IServiceProvider Services => _web.Services;

    /// <exception cref="InvalidOperationException">A function is not one that the Functions host would accept.</exception>
    public static async Task<LocalHostApp> StartAsync(LocalHostOptions options, CancellationToken cancellation = default)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "Emargement.LocalHost" });
        builder.Configuration.AddEnvironmentVariables().AddInMemoryCollection(options.Settings);
        builder.WebHost
            .UseKestrelCore()
            .ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = MaxRequestBody)
            .UseUrls(options.Url);
        builder.Logging.SetMinimumLevel(LogLevel.Information).AddFilter("Microsoft", LogLevel.Warning);
        if (options.LogToConsole)
        {
            builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        }

        AddServices(builder, options);

        var web = builder.Build();
        CheckSettings(web);
        web.UseRouting();
        web.UseNotFoundForOtherMethods();
        web.MapFunctions(web.Services.GetRequiredService<FunctionCatalog>(), web.Services.GetRequiredService<FunctionPipeline>());
        if (options.ShowMailbox)
        {
            web.MapMailbox();
        }

        await web.StartAsync(cancellation);
        return new LocalHostApp(web);
    }

    /// <summary>Runs a timer function now, whatever its schedule.</summary>
    /// <exception cref="ArgumentException">There is no timer of that name.</exception>
    public Task RunTimerAsync(string name, CancellationToken cancellation = default) =>
        Services.GetRequiredService<TimerFunctions>().RunAsync(name, cancellation);

    /// <summary>Ends when no timer, activity or orchestration has anything to do before the clock moves or something arrives.</summary>
    public Task WhenIdleAsync() =>
        Services.GetService<IdleWatch>()?.WhenIdleAsync() ?? Services.GetRequiredService<WorkTracker>().WhenIdleAsync();

    /// <summary>Ends when Ctrl-C or a SIGTERM asks for it.</summary>
    public Task WaitForShutdownAsync() => _web.WaitForShutdownAsync();

    public Task StopAsync(CancellationToken cancellation = default) => _web.StopAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        await _web.StopAsync();
        await _web.DisposeAsync();
    }

    private static void AddServices(WebApplicationBuilder builder, LocalHostOptions options)
    {
        var services = builder.Services;
        services.AddRouting();
        services.AddMvcCore();
        var catalog = new FunctionCatalog(options.App.Types);
        services.AddSingleton(options);
        services.AddSingleton(catalog);
        services.AddSingleton<WorkTracker>();
        services.AddSingleton(new FunctionPipeline(options.App.Middlewares));
        foreach (var middleware in options.App.Middlewares)
        {
            services.TryAddSingleton(middleware);
        }

        if (HasStorage(builder.Configuration))
        {
            services.AddOrchestration();
            services.AddSingleton<TimerStatusTable>();
            services.AddSingleton<TimerFunctions>();
            services.AddHostedService(provider => provider.GetRequiredService<TimerFunctions>());
        }

        options.App.AddServices(services, builder.Configuration);
        services.Replace(ServiceDescriptor.Singleton(options.TimeProvider));
        options.ConfigureServices?.Invoke(services);
    }

    /// <summary>The app's own rules first: they say what each setting is.</summary>
    private static void CheckSettings(WebApplication web)
    {
        web.Services.GetService<IStartupValidator>()?.Validate();
        if (!HasStorage(web.Configuration) && web.Services.GetRequiredService<FunctionCatalog>().NeedsStorage)
        {
            throw new InvalidOperationException("Storage__ConnectionString is missing: timers and orchestrations keep their state in storage.");
        }
    }

    private static bool HasStorage(IConfiguration configuration) =>
        !string.IsNullOrEmpty(configuration["Storage:ConnectionString"]) || !string.IsNullOrEmpty(configuration["Storage:AccountName"]);
}
