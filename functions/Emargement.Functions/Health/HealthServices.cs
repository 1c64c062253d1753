using Emargement.Functions.Platform.Telemetry;
using Emargement.Functions.Sealing.Seal;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Functions.Health;

internal static class HealthServices
{
    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddSingleton<PulseTable>();
        // Asked for when it is looked at: a development certificate comes from the storage, which may not answer.
        services.AddSingleton<Func<SealCertificate>>(provider => provider.GetRequiredService<SealCertificate>);
        services.AddSingleton<Readiness>();
        services.AddSingleton<MeasurePulses>();
        return services;
    }
}
