using Emargement.Domain.Platform;

namespace Emargement.Functions.Platform.Access;

/// <summary>What a link is for; one that was made for a purpose opens nothing else.</summary>
public enum LinkPurpose
{
    /// <summary>Sign one Session as one learner.</summary>
    Sign,

    /// <summary>Choose the first or a new password of one account.</summary>
    Activate,

    /// <summary>Choose a new password of one account, whose holder forgot the one before.</summary>
    Recover,

    /// <summary>See, validate or dispute the hours of one placement as its tutor.</summary>
    Tutor,

    /// <summary>Ask for no more reminders of one kind.</summary>
    Reminders,

    /// <summary>Come back from a sign-in by a provider: the state of one request.</summary>
    OpenId,
}

public enum LinkState
{
    Live,
    Expired,
    Used,
    Revoked,
}

/// <summary>A personal link as found by its secret.</summary>
/// <param name="Id">SHA-256 of the secret, hexadecimal: what may be logged and stored.</param>
/// <param name="Bound">What the link is tied to, as given when it was minted (e.g. <c>session</c>, <c>learner</c>).</param>
public sealed record Link(
    string Id,
    LinkPurpose Purpose,
    OrganisationId Organisation,
    IReadOnlyDictionary<string, string> Bound,
    DateTimeOffset ExpiresAt,
    LinkState State);

/// <summary>Personal links: 128-bit secrets, stored only as their hash. Nothing here changes on a GET.</summary>
public interface ILinks
{
    /// <returns>The secret, 22 characters of base64url, for the address; it cannot be read back.</returns>
    Task<string> MintAsync(
        LinkPurpose purpose,
        OrganisationId organisation,
        IReadOnlyDictionary<string, string> bound,
        DateTimeOffset expiresAt,
        CancellationToken cancellation);

    /// <summary>The link, whatever its state, or null when the secret was never one of this purpose.</summary>
    Task<Link?> ResolveAsync(string secret, LinkPurpose purpose, CancellationToken cancellation);

    /// <summary>Marks a live link used.</summary>
    /// <returns>False when it was no longer live: another call was first.</returns>
    Task<bool> TryUseAsync(Link link, CancellationToken cancellation);

    /// <summary>Makes a live link open nothing any more. Others are left as they are.</summary>
    Task RevokeAsync(string linkId, CancellationToken cancellation);
}
