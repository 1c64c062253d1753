using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Access;

namespace Emargement.Functions.Accounts.Links;

/// <param name="Secret">Last part of the address <c>/a/{secret}</c>.</param>
public sealed record MintedActivation(string Secret, DateTimeOffset ExpiresAt);

/// <summary>The account that an activation link opens.</summary>
public sealed record Activation(Link Link, Account Account)
{
    /// <summary>Whether its holder had a way in before a password was chosen.</summary>
    public bool WasOpen { get; init; }
}

/// <summary>
/// Links with which a person chooses a password: one that they are given is good for seven days, one that they asked for because they
/// forgot theirs for half an hour. Each for one choice; a password set since makes it void.
/// </summary>
public sealed class Activations(ILinks links, AccountsTable accounts, Passwords passwords, TimeProvider time)
{
    private const string AccountField = "account";
    private const string StampField = "stamp";

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);
    private static readonly TimeSpan RecoveryLifetime = TimeSpan.FromMinutes(30);

    public Task<Result<MintedActivation>> MintAsync(OrganisationId organisation, AccountId id, CancellationToken cancellation) =>
        MintAsync(LinkPurpose.Activate, organisation, id, time.GetUtcNow() + Lifetime, cancellation);

    /// <summary>A link for somebody who forgot their password.</summary>
    internal Task<Result<MintedActivation>> RecoverAsync(OrganisationId organisation, AccountId id, CancellationToken cancellation) =>
        MintAsync(LinkPurpose.Recover, organisation, id, time.GetUtcNow() + RecoveryLifetime, cancellation);

    /// <summary>A link that ends with the invitation that it brings.</summary>
    internal Task<Result<MintedActivation>> InviteAsync(
        OrganisationId organisation, AccountId id, DateTimeOffset until, CancellationToken cancellation) =>
        MintAsync(LinkPurpose.Activate, organisation, id, until, cancellation);

    /// <summary>What a link opens; changes nothing.</summary>
    /// <returns>The account, or <c>link-unknown</c>, <c>link-expired</c>, <c>link-used</c> or <c>link-revoked</c>.</returns>
    public async Task<Result<Activation>> FindAsync(string secret, CancellationToken cancellation)
    {
        var link = await links.ResolveAsync(secret, LinkPurpose.Activate, cancellation)
            ?? await links.ResolveAsync(secret, LinkPurpose.Recover, cancellation);
        switch (link?.State)
        {
            case null:
                return Refusal.NotFound("link-unknown");
            case LinkState.Expired:
                return Refusal.Of("link-expired", RefusalKind.Gone);
            case LinkState.Used:
                return Refusal.Of("link-used", RefusalKind.Gone);
            case LinkState.Revoked:
                return Refusal.Of("link-revoked", RefusalKind.Gone);
        }

        if (!AccountId.TryParseKey(link.Bound[AccountField], out var id)
            || await accounts.FindAsync(link.Organisation, id, cancellation) is not { } stored
            || stored.Value.Stamp != link.Bound[StampField])
        {
            return Refusal.Of("link-revoked", RefusalKind.Gone);
        }

        return new Activation(link, stored.Value);
    }

    /// <summary>Gives the account its password and uses the link up.</summary>
    public async Task<Result<Activation>> ChooseAsync(string secret, string password, CancellationToken cancellation)
    {
        var found = await FindAsync(secret, cancellation);
        if (!found.IsOk)
        {
            return found.Refusal;
        }

        var link = found.Value.Link;
        var set = await passwords.SetAsync(
            link.Organisation, found.Value.Account.Id, password, found.Value.Account, keptDevice: null, cancellation);
        if (!set.IsOk)
        {
            return set.Refusal;
        }

        // The new password changed the stamp that the link is bound to: of two choices at once one stands, and the link is void already.
        await links.TryUseAsync(link, cancellation);
        return new Activation(link, set.Value) { WasOpen = found.Value.Account.IsOpened };
    }

    /// <returns>The link, or <c>account-unknown</c> or <c>account-suspended</c>.</returns>
    private async Task<Result<MintedActivation>> MintAsync(
        LinkPurpose purpose, OrganisationId organisation, AccountId id, DateTimeOffset expiresAt, CancellationToken cancellation)
    {
        var stored = await accounts.GetAsync(organisation, id, cancellation);
        if (!stored.IsOk)
        {
            return stored.Refusal;
        }

        if (stored.Value.Value.Suspended)
        {
            return Refusal.Conflict("account-suspended");
        }

        var bound = new Dictionary<string, string> { [AccountField] = id.Key, [StampField] = stored.Value.Value.Stamp };
        return new MintedActivation(await links.MintAsync(purpose, organisation, bound, expiresAt, cancellation), expiresAt);
    }
}
