using Emargement.Functions.Accounts.Cookies;
using Emargement.Functions.Accounts.Passkeys;
using Emargement.Functions.Platform.Mail;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Functions.Accounts.Factors;

internal static class FactorsServices
{
    public static IServiceCollection AddFactors(this IServiceCollection services)
    {
        services.AddSingleton<FactorsTable>();
        services.AddSingleton<AskedSteps>();
        services.AddSingleton<SpareCodes>();
        services.AddSingleton<AuthenticatorOffers>();
        services.AddSingleton<FactorCheck>();
        services.AddSingleton<OwnerCheck>();
        services.AddSingleton<EndSignIns>();
        services.AddSingleton<OfferSecondStep>();
        services.AddSingleton<SetUpSecondStep>();
        services.AddSingleton<TakeSecondStep>();
        services.AddSingleton<RenewSpareCodes>();
        services.AddSingleton<RemoveSecondStep>();
        services.AddSingleton<ResetSecondStep>();
        services.AddSingleton<TellSecondStep>();
        foreach (var template in SecondStepMail.All)
        {
            services.AddSingleton<IMailTemplate>(provider => ActivatorUtilities.CreateInstance<SecondStepMail>(provider, template));
        }

        return services.AddPasskeys();
    }
}
