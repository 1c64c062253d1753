using System.Security.Cryptography;
using System.Text;
using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts.OpenId.Providers;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Mail;

namespace Emargement.Functions.Accounts.OpenId;

/// <summary>What a provider sends a browser back with.</summary>
/// <param name="Issuer"><c>iss</c>, where the provider says it (RFC 9207).</param>
public sealed record ProviderAnswer(string? Code, string? State, string? Error, string? Issuer);

/// <summary>Whoever comes in by a provider.</summary>
/// <param name="IsStrong">Whether the provider asked for two factors.</param>
/// <param name="Mails">What its holder is told, if this changed how the account is opened.</param>
public sealed record ProviderEntry(OrganisationId Organisation, Account Account, bool IsStrong, string? Back, MailBatch? Mails)
{
    /// <summary>With one factor, managers take the second step here (OWASP ASVS 5.0, 6.8.4).</summary>
    public SignInProof Proof => IsStrong ? SignInProof.TwoFactors : SignInProof.OneFactor;
}

/// <summary>
/// Ends a sign-in by a provider: the answer belongs to this browser's request and to no other, is taken once, and says who somebody is.
/// They come in as what their roles there are here, to the account that they were invited to.
/// </summary>
public sealed class TakeAnswer(
    ILinks links, OpenIdProviders providers, CodeExchange exchange, IdTokens tokens, IdentitiesTable identities, AccountsTable accounts,
    BindIdentity bind)
{
    /// <param name="asked">What this browser was sent with.</param>
    /// <param name="redirect">Where the provider sent it back to.</param>
    /// <returns>Who comes in, or <c>oidc-other-browser</c>, <c>oidc-expired</c>, <c>oidc-used</c>, <c>oidc-denied</c>,
    /// <c>oidc-code-refused</c>, <c>oidc-token-refused</c>, <c>oidc-role-missing</c>, <c>oidc-not-invited</c>, <c>identity-taken</c>,
    /// …</returns>
    public async Task<Result<ProviderEntry>> RunAsync(
        OpenIdAsked? asked, ProviderAnswer answer, string redirect, CancellationToken cancellation)
    {
        if (asked is null || !IsSame(asked.State, answer.State))
        {
            return Refusal.Forbidden("oidc-other-browser");
        }

        if (await SpendAsync(asked.State, cancellation) is { } spent)
        {
            return spent;
        }

        var organisation = OrganisationId.Parse(asked.Organisation);
        var provider = await providers.GetAsync(organisation, asked.Provider, cancellation);
        if (!provider.IsOk)
        {
            return provider.Refusal;
        }

        var ours = answer.Issuer is null || answer.Issuer == provider.Value.Issuer;
        var token = ours && answer is { Code: { Length: > 0 } code, Error: null }
            ? await exchange.RunAsync(provider.Value, code, asked.Verifier, redirect, cancellation)
            : Refusal.Forbidden("oidc-denied");
        var claims = await token.ThenAsync(t => tokens.ReadAsync(provider.Value, t, asked.Nonce, cancellation));
        var account = await claims.ThenAsync(c => AccountAsync(organisation, provider.Value, c, asked.Invitation, cancellation));
        return account.Then(a =>
            new ProviderEntry(organisation, a.Done, provider.Value.TwoFactors || claims.Value!.IsStrong, asked.Back, a.Batch));
    }

    /// <summary>Whether a provider spoke of somebody before this was refused. What anybody brings about without that would only fill
    /// journals.</summary>
    public static bool IsOfSomebody(Refusal refusal) => refusal.Code is not ("oidc-other-browser" or "oidc-denied" or "oidc-code-refused");

    private async Task<Result<QueuedMails<Account>>> AccountAsync(
        OrganisationId organisation, OpenIdProvider provider, IdTokenClaims claims, string? invitation, CancellationToken cancellation)
    {
        var kinds = provider.KindsOf(claims.Roles);
        if (kinds.Count == 0)
        {
            return Refusal.Forbidden("oidc-role-missing");
        }

        var person = ProviderPerson.Of(provider, claims);
        return invitation is null
            ? (await KnownAsync(organisation, person, kinds, cancellation)).Then(known => new QueuedMails<Account>(known, null))
            : await bind.RunAsync(organisation, person, kinds, invitation, cancellation);
    }

    // Nobody comes in by an address that is the same: only an invitation joins a person there to an account here.
    private async Task<Result<Account>> KnownAsync(
        OrganisationId organisation, ProviderPerson person, IReadOnlyList<AccountKind> kinds, CancellationToken cancellation)
    {
        var known = await identities.FindAsync(organisation, person, cancellation);
        foreach (var identity in known.OrderBy(i => i.Account.Kind).Where(i => kinds.Contains(i.Account.Kind)))
        {
            if (await accounts.FindAsync(organisation, identity.Account, cancellation) is { Value: var account }
                && account.Provider == person)
            {
                return account.Suspended ? Refusal.Forbidden("account-suspended") : account;
            }
        }

        return Refusal.Forbidden(known.Count > 0 ? "oidc-role-missing" : "oidc-not-invited");
    }

    private async Task<Refusal?> SpendAsync(string state, CancellationToken cancellation) =>
        await links.ResolveAsync(state, LinkPurpose.OpenId, cancellation) is not { State: not LinkState.Expired } link
            ? Refusal.Of("oidc-expired", RefusalKind.Gone)
        : await links.TryUseAsync(link, cancellation) ? null
        : Refusal.Of("oidc-used", RefusalKind.Gone);

    private static bool IsSame(string one, string? other) => other is not null
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));
}
