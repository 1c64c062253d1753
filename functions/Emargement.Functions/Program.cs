using Emargement.Functions.Platform;
using Emargement.Functions.Platform.Telemetry;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.Services.AddEmargement(builder.Configuration);
if (TelemetryServices.IsSent(builder.Configuration))
{
    // Tells the host that the worker sends its own telemetry, and names the service as the host does.
    builder.Services.AddOpenTelemetry().UseFunctionsWorkerDefaults();
}

foreach (var middleware in EmargementApp.Middlewares)
{
    builder.Services.TryAddSingleton(middleware);
    builder.Use(next => context => ((IFunctionsWorkerMiddleware)context.InstanceServices.GetRequiredService(middleware)).Invoke(context, next));
}

builder.Build().Run();
