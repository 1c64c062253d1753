using Emargement.Functions.Pages.Accounts.Entry;
using Emargement.Functions.Pages.Accounts.Providers;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Functions.Pages.Accounts;

internal static class AccountPagesServices
{
    public static IServiceCollection AddAccountPages(this IServiceCollection services) => services
        .AddSingleton<ShowSignIn>()
        .AddSingleton<ShowAccount>()
        .AddSingleton<ShowPersonAccount>()
        .AddSingleton<ShowActivation>()
        .AddSingleton<ShowStaff>()
        .AddSingleton<ChangeStaff>()
        .AddSingleton<ShowProviders>()
        .AddSingleton<ChangeProviders>();
}
