using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Functions.Pages.Months;

internal static class MonthPagesServices
{
    public static IServiceCollection AddMonthPages(this IServiceCollection services) => services
        .AddSingleton<ShowMonthPage>()
        .AddSingleton<ShowGroupPage>()
        .AddSingleton<ShowValidationPage>()
        .AddSingleton<ShowSettlePage>();
}
