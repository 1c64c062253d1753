using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Functions.Pages.Placements;

internal static class PlacementPagesServices
{
    public static IServiceCollection AddPlacementPages(this IServiceCollection services) => services
        .AddSingleton<PlacementPeopleNames>()
        .AddSingleton<ShowPlacements>()
        .AddSingleton<ShowNewPlacement>()
        .AddSingleton<ShowPlacement>()
        .AddSingleton<ShowWeek>()
        .AddSingleton<ShowTutorHours>();
}
