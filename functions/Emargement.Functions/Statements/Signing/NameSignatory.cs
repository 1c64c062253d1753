using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Domain.Signing;
using Emargement.Domain.Statements;
using Emargement.Functions.Accounts;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Statements.Records;

namespace Emargement.Functions.Statements.Signing;

/// <param name="Account">The manager's reference.</param>
public sealed record SignatoryBody(Reference Account, string Name, string Capacity, string Place);

/// <param name="Drawing">SVG path, as a signature is drawn; null with a typed name.</param>
/// <param name="TypedName">By somebody who does not draw.</param>
public sealed record SignatoryMarkBody(string? Drawing = null, string? TypedName = null);

/// <summary>Who signs certificates. The drawing itself is shown to nobody.</summary>
/// <param name="Marked">Whether the person has drawn the signature that certificates bear.</param>
/// <param name="Yours">Whether it is the caller.</param>
public sealed record SignatoryView(string Account, string Name, string Capacity, string Place, bool Marked, bool Yours)
{
    internal static SignatoryView Of(Signatory signatory, Caller caller) => new(
        signatory.Account, signatory.Name, signatory.Capacity, signatory.Place, signatory.IsMarked,
        signatory.Account == caller.Id);
}

/// <summary>Names who signs an organisation's certificates, and takes that person's mark.</summary>
public sealed class NameSignatory(SignatoriesTable signatories, AccountsTable accounts)
{
    private const int MostTurns = 10;

    /// <returns>Who signs, or <c>signatory-missing</c>.</returns>
    public async Task<Result<SignatoryView>> ShowAsync(OrganisationId organisation, Caller caller, CancellationToken cancellation) =>
        await signatories.FindAsync(organisation, cancellation) is { Value: var named }
            ? SignatoryView.Of(named, caller)
            : Refusal.NotFound("signatory-missing");

    /// <summary>Names a manager. A mark stays with the person who drew it: named anew, somebody else draws their own.</summary>
    /// <returns>Who signs from now on, or <c>account-unknown</c>, <c>signatory-invalid</c>, <c>changed-meanwhile</c>.</returns>
    public async Task<Result<SignatoryView>> NameAsync(
        OrganisationId organisation, SignatoryBody body, Caller caller, CancellationToken cancellation)
    {
        var id = new AccountId(AccountKind.Manager, body.Account);
        if (await accounts.FindAsync(organisation, id, cancellation) is not { Value.Suspended: false })
        {
            return Refusal.NotFound("account-unknown");
        }

        var named = Signatory.Of(id.ToString(), body.Name, body.Capacity, body.Place);
        return named.IsOk
            ? await WriteAsync(
                organisation,
                known => known?.Account == named.Value.Account
                    ? named.Value with { Drawing = known.Drawing, TypedName = known.TypedName }
                    : named.Value,
                caller,
                cancellation)
            : named.Refusal;
    }

    /// <summary>Keeps the mark that the named person draws.</summary>
    /// <returns>Who signs, or <c>signatory-missing</c>, <c>not-signatory</c>, or why the mark is none.</returns>
    public async Task<Result<SignatoryView>> MarkAsync(
        OrganisationId organisation, SignatoryMarkBody body, Caller caller, CancellationToken cancellation)
    {
        if (await signatories.FindAsync(organisation, cancellation) is not { Value: var named })
        {
            return Refusal.NotFound("signatory-missing");
        }

        if (named.Account != caller.Id)
        {
            return Refusal.Forbidden("not-signatory");
        }

        var mark = SignatureMark.Parse(body.Drawing, body.TypedName, wanted: true);
        return mark.IsOk
            ? await WriteAsync(
                organisation,
                known => known?.Account == caller.Id
                    ? known with { Drawing = mark.Value.Drawing?.Path, TypedName = mark.Value.TypedName }
                    : null,
                caller,
                cancellation)
            : mark.Refusal;
    }

    /// <param name="change">Null when the change is no longer the caller's to make.</param>
    private async Task<Result<SignatoryView>> WriteAsync(
        OrganisationId organisation, Func<Signatory?, Signatory?> change, Caller caller, CancellationToken cancellation)
    {
        for (var turn = 0; turn < MostTurns; turn++)
        {
            var read = await signatories.FindAsync(organisation, cancellation);
            if (change(read?.Value) is not { } changed)
            {
                return Refusal.Forbidden("not-signatory");
            }

            if (await signatories.TryWriteAsync(organisation, read, changed, cancellation))
            {
                return SignatoryView.Of(changed, caller);
            }
        }

        return Refusal.Conflict("changed-meanwhile");
    }
}
