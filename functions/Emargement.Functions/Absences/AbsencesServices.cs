using Emargement.Functions.Absences.Api;
using Emargement.Functions.Absences.Reasons;
using Emargement.Functions.Absences.Records;
using Emargement.Functions.Absences.Runs;
using Emargement.Functions.Platform.Mail;
using Emargement.Functions.Sessions.Marks;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Functions.Absences;

internal static class AbsencesServices
{
    public static IServiceCollection AddAbsences(this IServiceCollection services) => services
        .AddSingleton<AbsencesTable>()
        .AddSingleton<Justifications>()
        .AddSingleton<AbsenceHalfDays>()
        .AddSingleton<ReasonsTable>()
        .AddSingleton<KnownReasons>()
        .AddSingleton<SaveReason>()
        .AddSingleton<IStatedReasons, StatedReasons>()
        .AddSingleton<FileAbsence>()
        .AddSingleton<AttachDocument>()
        .AddSingleton<WithdrawAbsence>()
        .AddSingleton<OpenDocument>()
        .AddSingleton<DecideAbsence>()
        .AddSingleton<ListAbsences>()
        .AddSingleton<IMailTemplate, AbsenceDecidedMail>()
        .AddSingleton<ApplyAbsence>()
        .AddSingleton<IAcceptedAbsences, AcceptedAbsences>();
}
