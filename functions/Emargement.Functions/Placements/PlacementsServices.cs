using Emargement.Domain.Placements;
using Emargement.Functions.Placements.Api;
using Emargement.Functions.Placements.Documents;
using Emargement.Functions.Placements.Import;
using Emargement.Functions.Placements.Mails;
using Emargement.Functions.Placements.Paper;
using Emargement.Functions.Placements.Terms;
using Emargement.Functions.Placements.Tutors;
using Emargement.Functions.Placements.Weeks;
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
        services.AddSingleton<TaughtGroups>();
        services.AddSingleton<PlacementFiles>();
        services.AddSingleton<PlacementWaker>();
        services.AddSingleton<ListPlacements>();
        services.AddSingleton<PlacementWeeks>();
        services.AddSingleton<BeginPlacement>();
        services.AddSingleton<CreatePlacement>();
        services.AddSingleton<ChangePlacement>();
        services.AddSingleton<CancelPlacement>();
        services.AddSingleton<AddTutor>();
        services.AddSingleton<ReplaceTutorAddress>();
        services.AddSingleton<HandOverWeek>();
        services.AddSingleton<DeclareWeek>();
        services.AddSingleton<MaintainDays>();
        services.AddSingleton<JustifyAbsences>();
        services.AddSingleton<PaperScans>();
        services.AddSingleton<StoreScan>();
        services.AddSingleton<RecordPaper>();
        services.AddSingleton<TutorAccess>();
        services.AddSingleton<TutorViews>();
        services.AddSingleton<ValidateHours>();
        services.AddSingleton<DisagreeWithHours>();
        services.AddSingleton<RenewTutorLink>();
        services.AddSingleton<MailTutorAgain>();
        services.AddSingleton<RevokeTutorLinks>();
        services.AddSingleton<PlacementDocuments>();
        services.AddSingleton<DocumentContents>();
        services.AddSingleton<SealPlacement>();
        services.AddSingleton<LookAtPlacement>();
        services.AddSingleton<PlacementLooker>();
        services.AddSingleton<SealDuePeriod>();
        services.AddSingleton<PlacementAnswers>();
        services.AddSingleton<IPlanningFollower, FollowPlanning>();
        foreach (var purpose in Enum.GetValues<MailPurpose>())
        {
            services.AddSingleton<IMailTemplate>(provider => ActivatorUtilities.CreateInstance<PlacementMail>(provider, purpose));
        }

        return services;
    }
}
