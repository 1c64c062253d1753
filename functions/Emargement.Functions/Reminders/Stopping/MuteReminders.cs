using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Reminders;
using Emargement.Functions.Accounts;

namespace Emargement.Functions.Reminders.Stopping;

/// <summary>Of what somebody may be reminded, and of what not.</summary>
/// <param name="Kinds">Those that the organisation sends to people like them.</param>
/// <param name="Muted">Those that they do not want.</param>
public sealed record OwnReminders(IReadOnlyList<ReminderKind> Kinds, IReadOnlyList<ReminderKind> Muted)
{
    public static OwnReminders Of(Organisation organisation, Account account) => new(
        [.. ReminderKinds.Of(account.Id.Kind).Where(organisation.Reminders.Contains)], account.Muted);
}

/// <param name="Muted">All that is not wanted.</param>
public sealed record OwnRemindersPatch(IReadOnlyList<ReminderKind> Muted);

/// <summary>Writes down of what somebody does not want to be reminded.</summary>
public sealed class MuteReminders(AccountsTable accounts)
{
    private const int MostTurns = 5;

    /// <param name="change">What is not wanted, of what was not before.</param>
    /// <returns>What holds now; or <c>account-unknown</c>, <c>changed-meanwhile</c>.</returns>
    public async Task<Result<OwnReminders>> ChooseAsync(
        Organisation organisation,
        AccountId account,
        Func<IReadOnlyList<ReminderKind>, IEnumerable<ReminderKind>> change,
        CancellationToken cancellation) =>
        (await WriteAsync(organisation.Id, account, change, cancellation)).Then(a => OwnReminders.Of(organisation, a));

    /// <summary>Adds one kind; said again, it is the same.</summary>
    /// <returns>The account; or <c>account-unknown</c>, <c>changed-meanwhile</c>.</returns>
    public Task<Result<Account>> StopAsync(StopRight right, CancellationToken cancellation) =>
        WriteAsync(right.Organisation, right.Account, muted => muted.Append(right.Kind), cancellation);

    private async Task<Result<Account>> WriteAsync(
        OrganisationId organisation,
        AccountId id,
        Func<IReadOnlyList<ReminderKind>, IEnumerable<ReminderKind>> change,
        CancellationToken cancellation)
    {
        for (var turn = 0; turn < MostTurns; turn++)
        {
            var read = await accounts.GetAsync(organisation, id, cancellation);
            if (!read.IsOk)
            {
                return read.Refusal;
            }

            var account = read.Value.Value;
            var muted = change(account.Muted).Intersect(ReminderKinds.Of(id.Kind)).Distinct().Order().ToList();
            var changed = account with { Muted = muted };
            if (muted.SequenceEqual(account.Muted)
                || await accounts.TryReplaceAsync(organisation, read.Value, changed, cancellation))
            {
                return changed;
            }
        }

        return Refusal.Conflict("changed-meanwhile");
    }
}
