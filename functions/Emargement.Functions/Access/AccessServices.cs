using Emargement.Functions.Access.Accounts;
using Emargement.Functions.Access.Keys;
using Emargement.Functions.People;
using Emargement.Functions.People.Organisations;
using Emargement.Functions.Platform.Mail;
using Emargement.Functions.Platform.Settings;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Functions.Access;

internal static class AccessServices
{
    public static IServiceCollection AddAccess(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<AccessOptions>(configuration);
        services.AddSingleton<OrganisationsTable>();
        services.AddSingleton<OrganisationSettings>();
        services.AddSingleton<OrganisationAdmin>();

        services.AddSingleton<AccessMiddleware>();
        services.AddSingleton<CallerFinder>();
        services.AddSingleton<CallRates>();
        services.AddSingleton<RequestSource>();
        services.AddSingleton<OperatorKey>();
        services.AddSingleton<ILinks, LinksTable>();
        services.AddSingleton<ApiKeysTable>();
        services.AddSingleton<ApiKeys>();

        services.AddSingleton<AccountsTable>();
        services.AddSingleton<LoginsTable>();
        services.AddSingleton<DevicesTable>();
        services.AddSingleton<SignInTriesTable>();
        services.AddSingleton<TicketSeal>();
        services.AddSingleton<AccountCookie>();
        services.AddSingleton<Devices>();
        services.AddSingleton<AccountSessions>();
        services.AddSingleton<IPasswordHasher<Account>, PasswordHasher<Account>>();
        services.AddSingleton<Passwords>();
        services.AddSingleton<SignIn>();
        services.AddSingleton<Tablets>();
        services.AddSingleton<Activations>();
        services.AddSingleton<Managers>();
        services.AddSingleton<ActivationMails>();
        services.AddSingleton<IMailTemplate>(provider => provider.GetRequiredService<ActivationMails>());
        services.AddSingleton<IAccountDirectory, AccountDirectory>();
        return services;
    }
}
