using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Functions.Pages.Settings;

internal static class SettingsPagesServices
{
    public static IServiceCollection AddSettingsPages(this IServiceCollection services) => services
        .AddSingleton<ChangeSettingsByForm>()
        .AddSingleton<ShowClosedMonths>();
}
