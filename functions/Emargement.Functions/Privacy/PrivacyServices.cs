using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Functions.Privacy;

internal static class PrivacyServices
{
    public static IServiceCollection AddPrivacy(this IServiceCollection services) => services
        .AddSingleton<ExportPersonData>()
        .AddSingleton<TakeOwnData>()
        .AddSingleton<ListRetention>()
        .AddSingleton<PersonFacts>()
        .AddSingleton<PersonPlacements>();
}
