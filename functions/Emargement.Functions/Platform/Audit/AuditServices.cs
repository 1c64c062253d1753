using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Functions.Platform.Audit;

internal static class AuditServices
{
    public static IServiceCollection AddAudit(this IServiceCollection services) => services
        .AddSingleton<AuditTable>()
        .AddSingleton<AuditMiddleware>();
}
