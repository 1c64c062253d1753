using Emargement.Domain.Placements;
using Emargement.Functions.Pages.Placements;
using Emargement.Functions.Placements.Documents;
using Emargement.Functions.Placements.Import;
using Emargement.Functions.Placements.Mails;
using Emargement.Functions.Placements.Tutors;
using Emargement.Functions.Placements.Workflow;
using Emargement.Functions.Planning;
using Emargement.Functions.Platform.Mail;
using Emargement.Functions.Platform.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Functions.Placements;

internal static class PlacementsServices
{
    public static IServiceCollection AddPlacements(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<PlacementOptions>(configuration);
        services.AddSingleton<PlacementsTable>();
        services.AddSingleton<PlacementFactsTable>();
        services.AddSingleton<PlacementFiles>();
        services.AddSingleton<PlacementWaker>();
        services.AddSingleton<PlanPlacement>();
        services.AddSingleton<StateWeek>();
        services.AddSingleton<OfficePlacement>();
        services.AddSingleton<ListPlacements>();
        services.AddSingleton<PlacementWeeks>();
        services.AddSingleton<IPlanningFollower, PlacementsImport>();
        services.AddSingleton<TutorAccess>();
        services.AddSingleton<TutorNames>();
        services.AddSingleton<AnswerHours>();
        services.AddSingleton<PlacementDocuments>();
        services.AddSingleton<DocumentContents>();
        services.AddSingleton<SealPlacement>();
        foreach (var purpose in Enum.GetValues<MailPurpose>())
        {
            services.AddSingleton<IMailTemplate>(provider => ActivatorUtilities.CreateInstance<PlacementMail>(provider, purpose));
        }

        return services;
    }
}
