using Emargement.Functions.Platform.Mail;
using Emargement.Functions.Signing.AccessCodes;
using Emargement.Functions.Signing.Finding;
using Emargement.Functions.Signing.Links;
using Emargement.Functions.Signing.Scans;
using Emargement.Functions.Signing.Tablet;
using Emargement.Functions.Signing.Tokens;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Functions.Signing;

internal static class SigningServices
{
    public static IServiceCollection AddSigning(this IServiceCollection services) => services
        .AddSingleton<DrawingsTable>()
        .AddSingleton<TokensTable>()
        .AddSingleton<TokenCheck>()
        .AddSingleton<TokenHolders>()
        .AddSingleton<ProvisionToken>()
        .AddSingleton<RevokeToken>()
        .AddSingleton<PrintCard>()
        .AddSingleton<PrintCards>()
        .AddSingleton<FindPeople>()
        .AddSingleton<PrintSessionCodes>()
        .AddSingleton<PresenceTickets>()
        .AddSingleton<ScanCookie>()
        .AddSingleton<KeepScan>()
        .AddSingleton<CurrentSessions>()
        .AddSingleton<IPresenceProof, QrSigning>()
        .AddSingleton<IPresenceProof, CodeSigning>()
        .AddSingleton<IPresenceProof, TokenSigning>()
        .AddSingleton<IPresenceProof, LinkSigning>()
        .AddSingleton<IPresenceProof, TabletSigning>()
        .AddSingleton<IPresenceProof, RemoteSigning>()
        .AddSingleton<HandRoundTablet>()
        .AddSingleton<ListTabletLearners>()
        .AddSingleton<SendLinks>()
        .AddSingleton<RenewLink>()
        .AddSingleton<IMailTemplate, SignLinkMail>()
        .AddSingleton<TakePresence>()
        .AddSingleton<SignPresence>();
}
