using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Functions.Pages.People;

internal static class PeoplePagesServices
{
    public static IServiceCollection AddPeoplePages(this IServiceCollection services) => services
        .AddSingleton<ShowPeople>()
        .AddSingleton<ShowMonthOfLearner>()
        .AddSingleton<ShowPerson>()
        .AddSingleton<ShowNewPerson>()
        .AddSingleton<CreatePersonByForm>()
        .AddSingleton<ChangePersonByForm>()
        .AddSingleton<GiveAccessByForm>();
}
