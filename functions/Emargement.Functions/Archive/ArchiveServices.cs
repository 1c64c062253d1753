using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Functions.Archive;

internal static class ArchiveServices
{
    public static IServiceCollection AddArchive(this IServiceCollection services)
    {
        services.AddSingleton<OrganisationBlobs>();
        services.AddSingleton<ExportArchive>();
        services.AddSingleton<ImportArchive>();
        services.AddSingleton<ArrivalsTable>();
        services.AddSingleton<FindArrivals>();
        return services;
    }
}
