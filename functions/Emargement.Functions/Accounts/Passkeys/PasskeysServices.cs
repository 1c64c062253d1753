using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Functions.Accounts.Passkeys;

internal static class PasskeysServices
{
    public static IServiceCollection AddPasskeys(this IServiceCollection services)
    {
        services.AddSingleton<PasskeysTable>();
        services.AddSingleton<PasskeyIdsTable>();
        services.AddSingleton<PasskeyChallenges>();
        services.AddSingleton<PasskeyParty>();
        services.AddSingleton<AddPasskey>();
        services.AddSingleton<RemovePasskey>();
        services.AddSingleton<ForgetPasskeys>();
        services.AddSingleton<SignInWithPasskey>();
        return services;
    }
}
