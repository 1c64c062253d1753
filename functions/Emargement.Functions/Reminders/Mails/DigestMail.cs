using Emargement.Domain.Months;
using Emargement.Domain.People;
using Emargement.Functions.Months.Settling;

namespace Emargement.Functions.Reminders.Mails;

/// <summary>Tells a manager how much waits, by kind.</summary>
public sealed class DigestMail(ReminderMailParts parts, ListPending pending) : ReminderMail(parts)
{
    protected override ReminderKind Kind => ReminderKind.Digest;

    protected override async Task<ReminderWords?> WordsAsync(
        ReminderScene scene, IReadOnlyDictionary<string, string> args, CancellationToken cancellation)
    {
        var counts = (await pending.RunAsync(scene.Organisation, new PendingQuestion(null, null, null), cancellation)).Value!.Counts;
        return counts.Count == 0 ? null : new ReminderWords(
            "settle",
            ("what", scene.Texts.Count("reminder.points", counts.Values.Sum())),
            ("lines", string.Join('\n', counts.OrderBy(c => c.Key).Select(c => LineOf(scene, c.Key, c.Value)))));
    }

    private static string LineOf(ReminderScene scene, PendingKind kind, int count) =>
        kind == PendingKind.AbsenceDue
            ? scene.Texts.Count("reminder.absences", count, ("days", scene.Organisation.AbsenceDueAfterDays))
            : scene.Texts["reminder.line", ("what", scene.Texts[$"settle.kind.{PendingItem.CodeOf(kind)}"]), ("count", count)];
}
