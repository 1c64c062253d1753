using Emargement.Domain.Accounts;
using Emargement.Domain.People;

namespace Emargement.Domain.Reminders;

/// <summary>Who is reminded of what.</summary>
public static class ReminderKinds
{
    /// <summary>The name of a kind in addresses and in the API.</summary>
    public static string Word(ReminderKind kind) => kind.ToString().ToLowerInvariant();

    public static bool TryParse(string? word, out ReminderKind kind)
    {
        kind = Enum.GetValues<ReminderKind>().FirstOrDefault(k => Word(k) == word);
        return Word(kind) == word;
    }

    public static IReadOnlyList<ReminderKind> Of(AccountKind account) => account switch
    {
        AccountKind.Trainer => [ReminderKind.Unclosed],
        AccountKind.Manager => [ReminderKind.Digest, ReminderKind.Validation],
        AccountKind.Learner => [ReminderKind.Absence],
        _ => [],
    };
}
