using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Functions.Pages.Signing;

internal static class SigningPagesServices
{
    public static IServiceCollection AddSigningPages(this IServiceCollection services) => services
        .AddSingleton<ShowLearnerHome>()
        .AddSingleton<ShowTablet>()
        .AddSingleton<ShowTicket>();
}
