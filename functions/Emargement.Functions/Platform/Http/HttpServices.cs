using Emargement.Functions.Platform.Http.Bodies;
using Emargement.Functions.Platform.Http.Middleware;
using Emargement.Functions.Platform.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Emargement.Functions.Platform.Http;

internal static class HttpServices
{
    public static IServiceCollection AddHttp(this IServiceCollection services)
    {
        services.TryAddSingleton<Instruments>();
        services.TryAddSingleton<IRefusalTexts, RefusalSentences>();
        services.AddSingleton<PublicAddress>();
        services.AddSingleton<LargeBodies>();
        services.AddSingleton<FaultMiddleware>();
        services.AddSingleton<BodyLimitMiddleware>();
        services.AddSingleton<SecurityHeadersMiddleware>();
        return services;
    }
}
