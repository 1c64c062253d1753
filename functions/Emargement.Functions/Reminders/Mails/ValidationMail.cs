using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Reminders.Finding;
using Emargement.Web.Platform;

namespace Emargement.Functions.Reminders.Mails;

/// <summary>Tells a manager that a month waits for its validation, and until when the Région awaits it.</summary>
public sealed class ValidationMail(ReminderMailParts parts, FindValidation find) : ReminderMail(parts)
{
    protected override ReminderKind Kind => ReminderKind.Validation;

    protected override async Task<ReminderWords?> WordsAsync(
        ReminderScene scene, IReadOnlyDictionary<string, string> args, CancellationToken cancellation)
    {
        var month = YearMonth.Parse(args[FindValidation.MonthArg]);
        if (!await find.IsWaitingAsync(scene.Organisation, month, cancellation))
        {
            return null;
        }

        var due = await find.DueAsync(scene.Organisation, month, cancellation);
        return new ReminderWords(
            $"months/{month}/validation",
            ("month", scene.Texts.Month(month)),
            ("due", due is { } day && day >= scene.Today ? scene.Texts["reminder.due", ("day", scene.Texts.Day(day))] : ""));
    }
}
