using Emargement.Domain.Platform;

namespace Emargement.Functions.Accounts.Invitations;

/// <summary>That an account was offered to its holder, who opens it with a password of their own, or by a provider.</summary>
/// <param name="Until">When the link in the mail ends.</param>
/// <param name="IsNew">Whether the account was made for it: it goes when the invitation is taken back.</param>
public sealed record Invited(DateTimeOffset At, DateTimeOffset Until, bool IsNew);

/// <summary>An invitation that waits for its answer.</summary>
public sealed record Invitation(Account Account, Invited Invited)
{
    /// <summary>How long somebody has to answer.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    /// <returns>The invitation, or <c>invitation-none</c> for an account that is open, or that nobody was invited to.</returns>
    public static Result<Invitation> Of(Account account) =>
        account is { IsOpened: false, Invited: { } invited }
            ? new Invitation(account, invited)
            : Refusal.NotFound("invitation-none");
}
