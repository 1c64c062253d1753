using Emargement.Functions.Accounts.Addresses;
using Emargement.Functions.Accounts.Cookies;
using Emargement.Functions.Accounts.Erasure;
using Emargement.Functions.Accounts.Factors;
using Emargement.Functions.Accounts.Invitations;
using Emargement.Functions.Accounts.Keys;
using Emargement.Functions.Accounts.Links;
using Emargement.Functions.Accounts.Logins;
using Emargement.Functions.Accounts.Officers;
using Emargement.Functions.Accounts.OpenId;
using Emargement.Functions.Accounts.Recovery;
using Emargement.Functions.Accounts.Search;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Mail;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Functions.Accounts;

internal static class AccountsServices
{
    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        services.AddSingleton<ApiKeysTable>();
        services.AddSingleton<ApiKeys>();
        services.AddSingleton<ICallerSource>(provider => provider.GetRequiredService<ApiKeys>());

        services.AddSingleton<AccountsTable>();
        services.AddSingleton<LoginsTable>();
        services.AddSingleton<NamesTable>();
        services.AddSingleton<DevicesTable>();
        services.AddSingleton<SignInCookieSeal>();
        services.AddSingleton<SignInCookie>();
        services.AddSingleton<Devices>();
        services.AddSingleton<AccountSessions>();
        services.AddSingleton<ICallerSource>(provider => provider.GetRequiredService<AccountSessions>());
        services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = Passwords.Iterations);
        services.AddSingleton<IPasswordHasher<Account>, PasswordHasher<Account>>();
        services.AddSingleton<Passwords>();
        services.AddSingleton<PasswordTurns>();
        services.AddSingleton<LoginCheck>();
        services.AddSingleton<Tablets>();
        services.AddSingleton<Activations>();
        services.AddSingleton<ChoosePassword>();
        services.AddSingleton<IMailTemplate, ActivationMail>();
        services.AddSingleton<AskRecovery>();
        services.AddSingleton<RecoverableAccounts>();
        services.AddSingleton<QueueRecovery>();
        services.AddSingleton<IssueRecoveryCodes>();
        services.AddSingleton<RecoverByCode>();
        services.AddSingleton<TellPasswordChanged>();
        services.AddSingleton<GivePassword>();
        services.AddSingleton<IMailTemplate, RecoveryMail>();
        services.AddSingleton<IMailTemplate, PasswordChangedMail>();
        services.AddSingleton<SignIn>();
        services.AddSingleton<ChangeOwnPassword>();
        services.AddSingleton<CreateManager>();
        services.AddSingleton<CreateOfficer>();
        services.AddSingleton<Inviters>();
        services.AddSingleton<InviteStaff>();
        services.AddSingleton<RevokeInvitation>();
        services.AddSingleton<ListStaff>();
        services.AddSingleton<IMailTemplate, InvitationMail>();
        services.AddSingleton<ChangeOwnEmail>();
        services.AddSingleton<IMailTemplate, EmailChangedMail>();
        services.AddSingleton<IMailTemplate, EmailLeftMail>();
        services.AddSingleton<SuspendAccount>();
        services.AddSingleton<ErasuresTable>();
        services.AddSingleton<ForgetAccess>();
        services.AddSingleton<ForgetTraces>();
        services.AddSingleton<MintActivation>();
        services.AddSingleton<SendActivations>();
        services.AddSingleton<SearchNames>();
        services.AddSingleton<FindNamesakes>();
        services.AddSingleton<IAccountDirectory, AccountDirectory>();
        services.AddOpenId();
        return services.AddFactors();
    }
}
