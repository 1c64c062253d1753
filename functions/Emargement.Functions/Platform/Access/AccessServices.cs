using Emargement.Functions.Platform.Gates;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Emargement.Functions.Platform.Access;

internal static class AccessServices
{
    public static IServiceCollection AddAccess(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<AccessOptions>(configuration);
        services.AddSingleton<IValidateOptions<AccessOptions>>(new FrontEndTrust(configuration));
        services.AddSingleton<AccessMiddleware>();
        services.AddSingleton<CallerFinder>();
        services.AddSingleton<CallRates>();
        services.AddSingleton<RequestSource>();
        services.AddSingleton<ICallerSource, OperatorKey>();
        services.AddSingleton<ILinks, LinksTable>();
        services.AddGates();
        return services;
    }
}
