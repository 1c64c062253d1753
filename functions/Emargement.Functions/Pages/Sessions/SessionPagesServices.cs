using Emargement.Functions.Pages.Sessions.Hand;
using Emargement.Functions.Pages.Sessions.Modes;
using Emargement.Functions.Pages.Sessions.Paper;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Functions.Pages.Sessions;

internal static class SessionPagesServices
{
    public static IServiceCollection AddSessionPages(this IServiceCollection services) => services
        .AddSingleton<FindElsewhere>()
        .AddSingleton<ShowToday>()
        .AddSingleton<ShowPlanningForms>()
        .AddSingleton<ShowSessionPeople>()
        .AddSingleton<ShowActs>()
        .AddSingleton<ShowWeekOfTrainer>()
        .AddSingleton<ShowUnclosed>()
        .AddSingleton<ShowTakeovers>()
        .AddSingleton<ShowTrainings>()
        .AddSingleton<ShowPaperWeek>()
        .AddSingleton<ShowSession>();
}
