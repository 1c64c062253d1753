using Emargement.Functions.Months.Amendments;
using Emargement.Functions.Months.Corrections;
using Emargement.Functions.Months.Records;
using Emargement.Functions.Months.Runs;
using Emargement.Functions.Months.Settling;
using Emargement.Functions.Months.Telling;
using Emargement.Functions.Months.Usage;
using Emargement.Functions.Months.Validation;
using Emargement.Functions.Platform.Mail;
using Emargement.Functions.Region;
using Emargement.Functions.Region.Export;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Functions.Months;

internal static class MonthsServices
{
    public static IServiceCollection AddMonths(this IServiceCollection services) => services
        .AddSingleton<MonthsTable>()
        .AddSingleton<IHealthCodes, HealthCodes>()
        .AddSingleton<IAcceptances>(services => services.GetRequiredService<MonthsTable>())
        .AddSingleton<GroupMonthsTable>()
        .AddSingleton<LearnerMonthsTable>()
        .AddSingleton<PendingTable>()
        .AddSingleton<RegionMonthsTable>()
        .AddSingleton<RegionAmendmentsTable>()
        .AddSingleton<TellRegion>()
        .AddSingleton<IExportWritten>(services => services.GetRequiredService<TellRegion>())
        .AddSingleton<SummarizeMonth>()
        .AddSingleton<ListMonths>()
        .AddSingleton<ShowMonth>()
        .AddSingleton<ShowMonthCharts>()
        .AddSingleton<ShowGroupMonth>()
        .AddSingleton<OpenMonthExport>()
        .AddSingleton<ShowUsage>()
        .AddSingleton<ListPending>()
        .AddSingleton<MonthMoves>()
        .AddSingleton<MonthAnnouncer>()
        .AddSingleton<ReturnedMonthAlarm>()
        .AddSingleton<IMailTemplate, ReturnedMonthMail>()
        .AddSingleton<MonthFreezer>()
        .AddSingleton<AcceptAnomalies>()
        .AddSingleton<ConfirmTakeover>()
        .AddSingleton<ValidateMonth>()
        .AddSingleton<WithdrawMonth>()
        .AddSingleton<ConcludeValidation>()
        .AddSingleton<ValidationRuns>()
        .AddSingleton<CorrectMany>()
        .AddSingleton<ProposeAmendment>()
        .AddSingleton<AnswerAmendment>()
        .AddSingleton<MakeAmendment>()
        .AddSingleton<FindChangedMonths>()
        .AddSingleton<MonthRuns>();
}
