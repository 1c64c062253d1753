using Emargement.Functions.Pages.Portal.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Functions.Pages.Portal;

internal static class PortalPagesServices
{
    public static IServiceCollection AddPortalPages(this IServiceCollection services) => services
        .AddSingleton<ShowPortalMonthPage>()
        .AddSingleton<ShowPortalPlacePage>()
        .AddSingleton<ShowPortalLines>()
        .AddSingleton<ShowPortalAmendments>()
        .AddSingleton<AnswerMonthByForm>()
        .AddSingleton<ShowRegionSettings>()
        .AddSingleton<ChangeRegionByForm>();
}
