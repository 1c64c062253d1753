using Emargement.Functions.Planning.Mapping;
using Emargement.Functions.Planning.Nightly;
using Emargement.Functions.Planning.Runs;
using Emargement.Functions.Planning.Writing;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Functions.Planning;

internal static class PlanningServices
{
    internal static IServiceCollection AddPlanning(this IServiceCollection services) => services
        .AddSingleton<PeopleReader>()
        .AddSingleton<PeopleWriter>()
        .AddSingleton<SessionChanges>()
        .AddSingleton<CalendarRulesTable>()
        .AddSingleton<ChangeCalendarRules>()
        .AddSingleton<ImportPlanning>()
        .AddSingleton<ImportRunsTable>()
        .AddSingleton<ListImports>()
        .AddSingleton<ImportBlobs>()
        .AddSingleton<ImportLeasesTable>()
        .AddSingleton<ImportLeases>()
        .AddSingleton<ImportRuns>()
        .AddSingleton<ImportUpload>()
        .AddSingleton<FindDueNights>()
        .AddSingleton<ImportInbox>();
}
