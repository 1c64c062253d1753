using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Functions.Accounts;

namespace Emargement.Functions.Reminders.Finding;

/// <summary>A reminder to every manager of an organisation.</summary>
public sealed class ManagersOf(AccountsTable accounts)
{
    public async Task<DueReminder> DueAsync(
        Organisation organisation, ReminderKind kind, string slot, CancellationToken cancellation,
        IReadOnlyDictionary<string, string>? args = null)
    {
        var keys = await accounts.OfKindAsync(organisation.Id, AccountKind.Manager, cancellation);
        var people = keys.Select(k => AccountId.TryParseKey(k, out var id) ? id : default(AccountId?)).OfType<AccountId>();
        return new DueReminder(kind, slot, [.. people], args ?? new Dictionary<string, string>());
    }
}
