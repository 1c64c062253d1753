using Emargement.Domain.Platform;
using Emargement.Domain.Statements;
using Emargement.Functions.Statements.Records;

namespace Emargement.Functions.Statements.Signing;

/// <param name="Signatory">Null for what nobody signs.</param>
public sealed record SignatoryUsed(Signatory? Signatory);

/// <summary>
/// Says who signs a statement. A certificate bears the mark of whom the organisation names, and only that person, signed in, puts it there.
/// </summary>
public sealed class UseSignatory(SignatoriesTable signatories)
{
    /// <param name="by">Who asks for the statement.</param>
    /// <returns>Who signs, or <c>signatory-missing</c>, <c>not-signatory</c>, <c>signatory-mark-missing</c>.</returns>
    public async Task<Result<SignatoryUsed>> OfAsync(
        OrganisationId organisation, StatementKind kind, string by, CancellationToken cancellation)
    {
        if (kind != StatementKind.CompletionCertificate)
        {
            return new SignatoryUsed(null);
        }

        var named = (await signatories.FindAsync(organisation, cancellation))?.Value;
        return named is null ? Refusal.Conflict("signatory-missing")
            : named.Account != by ? Refusal.Forbidden("not-signatory")
            : !named.IsMarked ? Refusal.Conflict("signatory-mark-missing")
            : new SignatoryUsed(named);
    }

    /// <summary>Who would sign, for a draft: no mark is on it.</summary>
    public async Task<Signatory?> NamedAsync(OrganisationId organisation, CancellationToken cancellation) =>
        (await signatories.FindAsync(organisation, cancellation))?.Value?.Unmarked;
}
