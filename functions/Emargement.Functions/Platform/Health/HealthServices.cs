using Emargement.Functions.Sheets.Seal;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Functions.Platform.Health;

internal static class HealthServices
{
    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddSingleton<PulseTable>();
        // Asked for when it is looked at: a development certificate comes from the storage, which may not answer.
        services.AddSingleton<Func<SealCertificate>>(provider => provider.GetRequiredService<SealCertificate>);
        services.AddSingleton<Readiness>();
        return services;
    }
}
