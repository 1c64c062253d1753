using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Functions.Pages.Absences;

internal static class AbsencePagesServices
{
    public static IServiceCollection AddAbsencePages(this IServiceCollection services) => services
        .AddSingleton<ShowAbsences>()
        .AddSingleton<ShowAbsence>()
        .AddSingleton<NewAbsenceForm>()
        .AddSingleton<ShowReasons>()
        .AddSingleton<ChangeReasonByForm>()
        .AddSingleton<ShowMyAbsences>();
}
