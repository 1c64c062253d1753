using Emargement.Functions.Pages.Absences;
using Emargement.Functions.Pages.Accounts;
using Emargement.Functions.Pages.Months;
using Emargement.Functions.Pages.People;
using Emargement.Functions.Pages.Placements;
using Emargement.Functions.Pages.Planning;
using Emargement.Functions.Pages.Portal;
using Emargement.Functions.Pages.Privacy;
using Emargement.Functions.Pages.Sessions;
using Emargement.Functions.Pages.Settings;
using Emargement.Functions.Pages.Signing;
using Emargement.Functions.Pages.Statements;
using Emargement.Functions.Pages.Webhooks;
using Emargement.Functions.Platform.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Functions.Pages;

internal static class PagesServices
{
    public static IServiceCollection AddPages(this IServiceCollection services) => services
        .AddSingleton<IUnavailablePage, UnavailablePage>()
        .AddAccountPages()
        .AddSessionPages()
        .AddSigningPages()
        .AddPlacementPages()
        .AddSingleton<ShowRetention>()
        .AddSingleton<ChangeHolds>()
        .AddSingleton<ShowWebhooks>()
        .AddSingleton<ActOnWebhook>()
        .AddPlanningPages()
        .AddPeoplePages()
        .AddMonthPages()
        .AddPortalPages()
        .AddAbsencePages()
        .AddStatementPages()
        .AddSettingsPages();
}
