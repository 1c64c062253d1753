using Emargement.Functions.Platform.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Emargement.Functions.Platform.Outgoing;

internal static class OutgoingServices
{
    public static IServiceCollection AddOutgoing(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<OutgoingOptions>(configuration);
        services.AddSingleton<IValidateOptions<OutgoingOptions>>(new OutgoingOnAzure(configuration));
        services.TryAddSingleton<IHostAddresses, NameServers>();
        services.AddSingleton<GuardedHttp>();
        return services;
    }
}
