using Emargement.Domain.People;
using Emargement.Functions.Reminders.Finding;
using Emargement.Functions.Sessions;

namespace Emargement.Functions.Reminders.Mails;

/// <summary>Tells a trainer how many half-days are left open: those of the page that it leads to.</summary>
public sealed class UnclosedMail(ReminderMailParts parts, SessionsTable sessions) : ReminderMail(parts)
{
    private const int Days = 31;

    protected override ReminderKind Kind => ReminderKind.Unclosed;

    protected override async Task<ReminderWords?> WordsAsync(
        ReminderScene scene, IReadOnlyDictionary<string, string> args, CancellationToken cancellation)
    {
        var open = await sessions.OpenBetweenAsync(scene.Organisation.Id, scene.Today.AddDays(-Days), scene.Today, cancellation)
            .CountAsync(s => FindUnclosed.IsLeftOpen(s, scene.Now) && s.IsTaughtBy(scene.Account.Id.Person), cancellation);
        return open == 0 ? null : new ReminderWords("unclosed", ("what", scene.Texts.Count("reminder.unclosed", open)));
    }
}
