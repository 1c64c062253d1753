using Emargement.Functions.Portal.Amendments;
using Emargement.Functions.Portal.Usage;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Functions.Portal;

internal static class PortalServices
{
    public static IServiceCollection AddPortal(this IServiceCollection services) => services
        .AddSingleton<PortalMonths>()
        .AddSingleton<ListPortalMonth>()
        .AddSingleton<ShowPortalMonth>()
        .AddSingleton<AnswerMonth>()
        .AddSingleton<AcknowledgeMonths>()
        .AddSingleton<ShowPortalGroup>()
        .AddSingleton<ListPortalAnomalies>()
        .AddSingleton<CompareVersions>()
        .AddSingleton<ListRegionUsage>()
        .AddSingleton<PortalAmendments>();
}
