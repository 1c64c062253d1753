using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Functions.Platform.Gates;

internal static class GatesServices
{
    public static IServiceCollection AddGates(this IServiceCollection services) => services
        .AddSingleton<TriesTable>()
        .AddSingleton<TryGate>();
}
