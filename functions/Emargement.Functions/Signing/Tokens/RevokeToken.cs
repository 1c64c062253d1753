using Emargement.Domain.Platform;

namespace Emargement.Functions.Signing.Tokens;

/// <summary>Takes back token and card, e.g. when lost. What was used stays known.</summary>
public sealed class RevokeToken(TokenHolders holders)
{
    /// <returns>Whose they were, or <c>organisation-unknown</c> or <c>learner-not-found</c>.</returns>
    public Task<Result<TokenHolder>> RunAsync(OrganisationId organisation, Reference learner, CancellationToken cancellation) =>
        holders.ChangeAsync(organisation, learner, t => t with { Secret = null, CardSecret = null }, cancellation);
}
