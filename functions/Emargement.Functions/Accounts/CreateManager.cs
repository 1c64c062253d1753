using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts.Links;
using Emargement.Functions.Platform.Access;

namespace Emargement.Functions.Accounts;

public sealed record CreateManagerBody(Reference Ref, string LastName, string FirstName, EmailAddress Email);

/// <param name="Link">With it the manager chooses a password.</param>
public sealed record NewManager(AccountId Id, MintedActivation Link);

/// <summary>Managers have no planning row: their account is made here, and opened by an activation link.</summary>
public sealed class CreateManager(AccountsTable accounts, IAccountDirectory directory, Activations activations)
{
    private const int MaxNameLength = 100;

    /// <param name="by">Who invites: they replace the second step, should the manager lose it.</param>
    /// <returns>The manager, or <c>name-invalid</c> or <c>account-exists</c>.</returns>
    public async Task<Result<NewManager>> RunAsync(
        OrganisationId organisation, CreateManagerBody body, Caller by, CancellationToken cancellation)
    {
        if (PlainText.Within(body.LastName, MaxNameLength) is not { } last
            || PlainText.Within(body.FirstName, MaxNameLength) is not { } first)
        {
            return Refusal.BadInput("name-invalid");
        }

        var id = new AccountId(AccountKind.Manager, body.Ref);
        if (await accounts.FindAsync(organisation, id, cancellation) is not null)
        {
            return Refusal.Conflict("account-exists");
        }

        await directory.EnsureAsync(organisation, [new AccountHolder(id, last, first, body.Email, InvitedBy: by.Id)], cancellation);
        var link = await activations.MintAsync(organisation, id, cancellation);
        return link.IsOk ? new NewManager(id, link.Value) : link.Refusal;
    }
}
