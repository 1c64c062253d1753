using Emargement.Functions.Platform.Mail;
using Emargement.Functions.Reminders.Finding;
using Emargement.Functions.Reminders.Mails;
using Emargement.Functions.Reminders.Stopping;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Functions.Reminders;

internal static class RemindersServices
{
    // The order of the finders is that in which places are taken.
    public static IServiceCollection AddReminders(this IServiceCollection services) => services
        .AddSingleton<RemindersTable>()
        .AddSingleton<ManagersOf>()
        .AddSingleton<FindValidation>()
        .AddSingleton<IReminderFinder>(services => services.GetRequiredService<FindValidation>())
        .AddSingleton<IReminderFinder, FindDigest>()
        .AddSingleton<IReminderFinder, FindUnclosed>()
        .AddSingleton<IReminderFinder, FindAbsences>()
        .AddSingleton<StopLinks>()
        .AddSingleton<MuteReminders>()
        .AddSingleton<ReminderMailParts>()
        .AddSingleton<IMailTemplate, UnclosedMail>()
        .AddSingleton<IMailTemplate, DigestMail>()
        .AddSingleton<IMailTemplate, ValidationMail>()
        .AddSingleton<IMailTemplate, AbsenceMail>()
        .AddSingleton<SendReminders>();
}
