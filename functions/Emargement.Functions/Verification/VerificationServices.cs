using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Functions.Verification;

internal static class VerificationServices
{
    public static IServiceCollection AddVerification(this IServiceCollection services) => services
        .AddSingleton<IDocumentRecords, PlacementRecords>()
        .AddSingleton<IDocumentRecords, StatementRecords>()
        .AddSingleton<SheetChecking>();
}
