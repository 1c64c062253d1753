using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;

namespace Emargement.Functions.Accounts;

/// <summary>A person who shall have an account: they log in by e-mail or by reference, once a password is set.</summary>
/// <param name="Language">Two letters, for mails to this person.</param>
/// <param name="InvitedBy">Who asks for a new account, as callers are named; null for an import.</param>
public sealed record AccountHolder(
    AccountId Id, string LastName, string FirstName, EmailAddress? Email, string Language = "fr", string? InvitedBy = null);

/// <param name="Created">Accounts that did not exist before.</param>
/// <param name="SharedEmails">Accounts whose e-mail another learner has too: their holders log in by reference.</param>
public sealed record AccountsReport(int Created, int Changed, IReadOnlyList<AccountId> SharedEmails);

/// <summary>Keeps accounts in step with the people an import brings.</summary>
public interface IAccountDirectory
{
    /// <summary>Creates missing accounts and follows changed names and e-mails; passwords are never touched.
    /// Costs one read of the organisation's accounts and one batch per 100 accounts and per 100 logins that
    /// change, so call it once with the new and changed people of a run.</summary>
    Task<AccountsReport> EnsureAsync(
        OrganisationId organisation, IReadOnlyCollection<AccountHolder> holders, CancellationToken cancellation);
}
