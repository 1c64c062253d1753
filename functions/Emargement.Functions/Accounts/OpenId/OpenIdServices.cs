using Emargement.Functions.Accounts.OpenId.Providers;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Functions.Accounts.OpenId;

internal static class OpenIdServices
{
    public static IServiceCollection AddOpenId(this IServiceCollection services) => services
        .AddSingleton<OpenIdProvidersTable>()
        .AddSingleton<OpenIdProviders>()
        .AddSingleton<ProviderSecrets>()
        .AddSingleton<AddProvider>()
        .AddSingleton<ChangeProvider>()
        .AddSingleton<RemoveProvider>()
        .AddSingleton<ProviderDocuments>()
        .AddSingleton<CodeExchange>()
        .AddSingleton<IdTokens>()
        .AddSingleton<IdentitiesTable>()
        .AddSingleton<OpenIdCookie>()
        .AddSingleton<AskProvider>()
        .AddSingleton<BindIdentity>()
        .AddSingleton<TakeAnswer>();
}
