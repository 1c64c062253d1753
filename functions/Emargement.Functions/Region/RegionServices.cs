using Emargement.Functions.Region.Export;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Functions.Region;

internal static class RegionServices
{
    public static IServiceCollection AddRegion(this IServiceCollection services) => services
        .AddSingleton<ExportsTable>()
        .AddSingleton<ExportContainer>()
        .AddSingleton<MonthSheets>()
        .AddSingleton<MonthReader>()
        .AddSingleton<ExportOrganisation>()
        .AddSingleton<RegionExportRuns>()
        .AddSingleton<StartRegionExport>()
        .AddSingleton<FindDueExports>()
        .AddSingleton<ListRegionExports>()
        .AddSingleton<OpenExportFile>();
}
