using System.Globalization;
using Emargement.Domain.Absences;
using Emargement.Domain.People;
using Emargement.Functions.Reminders.Finding;
using Emargement.Web.Platform;

namespace Emargement.Functions.Reminders.Mails;

/// <summary>Tells a learner that an absence may be justified, and until when.</summary>
public sealed class AbsenceMail(ReminderMailParts parts) : ReminderMail(parts)
{
    protected override ReminderKind Kind => ReminderKind.Absence;

    protected override Task<ReminderWords?> WordsAsync(
        ReminderScene scene, IReadOnlyDictionary<string, string> args, CancellationToken cancellation)
    {
        var missed = DateOnly.ParseExact(args[FindAbsences.DayArg], "O", CultureInfo.InvariantCulture);
        return Task.FromResult<ReminderWords?>(new ReminderWords(
            "my-absences",
            ("day", scene.Texts.Day(missed)),
            ("deadline", scene.Texts.Day(AbsenceRules.Deadline(missed)))));
    }
}
