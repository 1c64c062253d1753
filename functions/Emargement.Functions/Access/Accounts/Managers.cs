using Emargement.Domain.Access;
using Emargement.Domain.Platform;

namespace Emargement.Functions.Access.Accounts;

/// <summary>Managers have no planning row: their account is made here, and opened by an activation link.</summary>
public sealed class Managers(AccountsTable accounts, IAccountDirectory directory, Activations activations)
{
    private const int MaxNameLength = 100;

    /// <returns>A link with which the manager chooses a password, or <c>name-invalid</c> or <c>account-exists</c>.</returns>
    public async Task<Result<MintedActivation>> CreateAsync(
        OrganisationId organisation, Reference reference, string lastName, string firstName, EmailAddress email, CancellationToken cancellation)
    {
        var (last, first) = (PlainText.Of(lastName), PlainText.Of(firstName));
        if (!IsName(last) || !IsName(first))
        {
            return Refusal.BadInput("name-invalid");
        }

        var id = new AccountId(AccountKind.Manager, reference);
        if (await accounts.FindAsync(organisation, id, cancellation) is not null)
        {
            return Refusal.Conflict("account-exists");
        }

        await directory.EnsureAsync(organisation, [new AccountHolder(id, last, first, email)], cancellation);
        return await activations.MintAsync(organisation, id, cancellation);
    }

    private static bool IsName(string text) => text.Length is > 0 and <= MaxNameLength && !text.Any(char.IsControl);
}
