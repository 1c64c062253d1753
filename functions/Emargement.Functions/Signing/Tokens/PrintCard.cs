using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Codes;

namespace Emargement.Functions.Signing.Tokens;

/// <summary>A card to print, shown this once.</summary>
public sealed record PrintedCard(Organisation Organisation, Learner Learner, IReadOnlyList<string> Codes);

/// <summary>Gives a learner a card of single-use codes. A new one replaces the one before, which stops at once.</summary>
public sealed class PrintCard(TokenHolders holders)
{
    /// <returns>The card, or <c>organisation-unknown</c> or <c>learner-not-found</c>.</returns>
    public async Task<Result<PrintedCard>> RunAsync(OrganisationId organisation, Reference learner, CancellationToken cancellation)
    {
        var secret = TimeCodes.NewSecret();
        var holder = await holders.ChangeAsync(
            organisation, learner, t => t with { CardSecret = secret, Memory = t.Memory with { CardUsed = 0 } }, cancellation);
        return holder.IsOk
            ? new PrintedCard(holder.Value.Organisation, holder.Value.Learner, TokenCodes.CardOf(secret))
            : holder.Refusal;
    }
}
