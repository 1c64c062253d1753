using Emargement.LocalHost.Http;
using Emargement.LocalHost.Invocation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

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
        builder.Logging.SetMinimumLevel(LogLevel.Information).AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        if (options.LogToConsole)
        {
            builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        }

        AddServices(builder, options);

        var web = builder.Build();
        web.UseRouting();
        web.UseNotFoundForOtherMethods();
        web.MapFunctions(web.Services.GetRequiredService<FunctionCatalog>(), web.Services.GetRequiredService<FunctionPipeline>());
        await web.StartAsync(cancellation);
        return new LocalHostApp(web);
    }

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
        services.AddSingleton(new FunctionCatalog(options.App.Types));
        services.AddSingleton(new FunctionPipeline(options.App.Middlewares));
        foreach (var middleware in options.App.Middlewares)
        {
            services.TryAddSingleton(middleware);
        }

        options.App.AddServices(services, builder.Configuration);
        services.Replace(ServiceDescriptor.Singleton(options.TimeProvider));
        options.ConfigureServices?.Invoke(services);
    }
}
