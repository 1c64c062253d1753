using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Functions.Verification;

internal static class VerificationServices
{
    public static IServiceCollection AddVerification(this IServiceCollection services) => services
        .AddSingleton<DocumentRecords>()
        .AddSingleton<SheetChecking>();
}
