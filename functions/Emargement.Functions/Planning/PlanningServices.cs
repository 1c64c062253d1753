using Emargement.Functions.Planning.Mapping;
using Emargement.Functions.Planning.Nightly;
using Emargement.Functions.Planning.People;
using Emargement.Functions.Planning.Push;
using Emargement.Functions.Planning.Runs;
using Emargement.Functions.Planning.Sources;
using Emargement.Functions.Planning.Writing;
using Emargement.Functions.Platform.Mail;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Functions.Planning;

internal static class PlanningServices
{
    internal static IServiceCollection AddPlanning(this IServiceCollection services) => services
        .AddSingleton<PeopleReader>()
        .AddSingleton<PeopleWriter>()
        .AddSingleton<WritePerson>()
        .AddSingleton<EnrolLearner>()
        .AddSingleton<CreateLearner>()
        .AddSingleton<CreateTrainer>()
        .AddSingleton<ChangePerson>()
        .AddSingleton<PlanningMonthsTable>()
        .AddSingleton<PlanningMonths>()
        .AddSingleton<SessionChanges>()
        .AddSingleton<NoteConflicts>()
        .AddSingleton<CalendarRulesTable>()
        .AddSingleton<ChangeCalendarRules>()
        .AddSingleton<ImportPlanning>()
        .AddSingleton<ImportSequel>()
        .AddSingleton<ImportRunsTable>()
        .AddSingleton<ListImports>()
        .AddSingleton<ImportBlobs>()
        .AddSingleton<ImportLeasesTable>()
        .AddSingleton<ImportLeases>()
        .AddSingleton<ImportRuns>()
        .AddSingleton<KeptImport>()
        .AddSingleton<ImportUpload>()
        .AddSingleton<ImportAgain>()
        .AddSingleton<PlanningSourcesTable>()
        .AddSingleton<FetchYpareo>()
        .AddSingleton<FetchSource>()
        .AddSingleton<TrySource>()
        .AddSingleton<SaveSource>()
        .AddSingleton<SourceAlarm>()
        .AddSingleton<NoteSilence>()
        .AddSingleton<RunSource>()
        .AddSingleton<ListSources>()
        .AddSingleton<PlanningPushesTable>()
        .AddSingleton<PushSources>()
        .AddSingleton<KeepPushReport>()
        .AddSingleton<PushPlanning>()
        .AddSingleton<ListPushedSessions>()
        .AddSingleton<IMailTemplate, SourceFailedMail>()
        .AddSingleton<ImportNight>()
        .AddSingleton<FindDueNights>()
        .AddSingleton<WaitingFiles>()
        .AddSingleton<PreviewNight>()
        .AddSingleton<WaitForNight>()
        .AddSingleton<ImportInbox>();
}
