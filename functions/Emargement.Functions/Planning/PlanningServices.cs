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
        .AddSingleton<PlanningImport>()
        .AddSingleton<ImportRunsTable>()
        .AddSingleton<ImportBlobs>()
        .AddSingleton<UploadImport>()
        .AddSingleton<NightImport>()
        .AddSingleton<NightImportStarter>();
}
