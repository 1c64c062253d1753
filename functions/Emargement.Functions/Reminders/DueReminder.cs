using Emargement.Domain.Accounts;
using Emargement.Domain.People;

namespace Emargement.Functions.Reminders;

/// <summary>People who are to be reminded of something now.</summary>
/// <param name="Slot">Names the reminder among all: nobody has two of one slot.</param>
/// <param name="Args">What its mail needs: no personal data.</param>
public sealed record DueReminder(
    ReminderKind Kind, string Slot, IReadOnlyCollection<AccountId> People, IReadOnlyDictionary<string, string> Args);

/// <summary>Finds who of an organisation is to be reminded of one kind of thing.</summary>
public interface IReminderFinder
{
    /// <summary>The reminders that are due at this instant, also those that were sent already.</summary>
    Task<IReadOnlyList<DueReminder>> RunAsync(Organisation organisation, DateTimeOffset now, CancellationToken cancellation);
}
