using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Functions.Pages.Planning;

internal static class PlanningPagesServices
{
    public static IServiceCollection AddPlanningPages(this IServiceCollection services) => services
        .AddSingleton<ShowImports>()
        .AddSingleton<ShowImport>()
        .AddSingleton<ShowConflicts>()
        .AddSingleton<SettleConflict>()
        .AddSingleton<ChangeSources>();
}
