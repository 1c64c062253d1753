using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;

namespace Emargement.Functions.Accounts.Invitations;

/// <summary>Where somebody stands on their way in.</summary>
public enum StaffState
{
    /// <summary>They sign in.</summary>
    Active,

    /// <summary>Their invitation waits for an answer.</summary>
    Invited,

    /// <summary>It was not answered in time.</summary>
    Expired,

    /// <summary>They have an account that nobody gave them a link to, or that they never opened.</summary>
    Unopened,

    /// <summary>A manager took the account out of use.</summary>
    Suspended,
}

/// <param name="InvitedBy">The name of who invited; null when nobody did, or somebody who left.</param>
public sealed record StaffMember(Account Account, StaffState State, string? InvitedBy);

/// <summary>The managers of an organisation, and the trainers who have not answered their invitation; the officers of a Région.</summary>
public sealed class ListStaff(AccountsTable accounts, Inviters inviters, TimeProvider time)
{
    /// <param name="invitedOnly">Whether to leave out everybody who was not invited, or who answered.</param>
    /// <returns>Managers first, each by name.</returns>
    public async Task<IReadOnlyList<StaffMember>> RunAsync(
        OrganisationId organisation, bool invitedOnly, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var found = new List<StaffMember>();
        foreach (var kind in Kinds(organisation))
        {
            foreach (var account in (await accounts.ListAsync(organisation, kind, cancellation)).Select(s => s.Value))
            {
                var state = StateOf(account, now);
                if (state is StaffState.Invited or StaffState.Expired || (kind != AccountKind.Trainer && !invitedOnly))
                {
                    found.Add(new StaffMember(account, state, await inviters.NameAsync(organisation, account, cancellation)));
                }
            }
        }

        return [.. found.OrderBy(m => m.Account.Id.Kind).ThenBy(m => m.Account.LastName, StringComparer.Ordinal)
            .ThenBy(m => m.Account.FirstName, StringComparer.Ordinal)];
    }

    private static AccountKind[] Kinds(OrganisationId organisation) =>
        organisation.Region is null ? [AccountKind.Manager, AccountKind.Trainer] : [AccountKind.Officer];

    private static StaffState StateOf(Account account, DateTimeOffset now) => account switch
    {
        { Suspended: true } => StaffState.Suspended,
        { IsOpened: true } => StaffState.Active,
        { Invited: { } invited } => invited.Until > now ? StaffState.Invited : StaffState.Expired,
        _ => StaffState.Unopened,
    };
}
