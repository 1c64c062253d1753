using Emargement.Functions.Pages.Placements;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Functions.Pages;

internal static class PagesServices
{
    public static IServiceCollection AddPages(this IServiceCollection services) => services
        .AddPlacementPages();
}
