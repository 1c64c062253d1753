using Emargement.Functions.Privacy.Disposal;
using Emargement.Functions.Privacy.Erasure;
using Emargement.Functions.Privacy.Holds;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Functions.Privacy;

internal static class PrivacyServices
{
    public static IServiceCollection AddPrivacy(this IServiceCollection services) => services
        .AddSingleton<ExportPersonData>()
        .AddSingleton<TakeOwnData>()
        .AddSingleton<ListRetention>()
        .AddSingleton<LegalHoldsTable>()
        .AddSingleton<PlaceHold>()
        .AddSingleton<LiftHold>()
        .AddSingleton<ErasePerson>()
        .AddSingleton<ForgetContacts>()
        .AddSingleton<ForgettingsTable>()
        .AddSingleton<TrackRetention>()
        .AddSingleton<ForgetProofs>()
        .AddSingleton<ForgetJustifications>()
        .AddSingleton<ForgetTraining>()
        .AddSingleton<ForgetOrganisation>()
        .AddSingleton<PersonFacts>()
        .AddSingleton<PersonMails>()
        .AddSingleton<PersonDocuments>()
        .AddSingleton<PersonJournal>()
        .AddSingleton<PersonPlacements>();
}
