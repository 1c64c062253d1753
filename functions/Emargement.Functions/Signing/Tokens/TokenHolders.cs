using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.People;

namespace Emargement.Functions.Signing.Tokens;

/// <summary>A learner whose token or card changed, and their organisation.</summary>
public sealed record TokenHolder(Organisation Organisation, Learner Learner);

/// <summary>Changes learners' tokens and cards. What was used of them stays known unless a new one replaces it.</summary>
public sealed class TokenHolders(OrganisationSettings organisations, LearnersTable learners, TokensTable tokens)
{
    /// <returns>Whose it is, or <c>organisation-unknown</c> or <c>learner-not-found</c>.</returns>
    public async Task<Result<TokenHolder>> ChangeAsync(
        OrganisationId organisation, Reference learner, Func<PersonalToken, PersonalToken> change, CancellationToken cancellation)
    {
        var settings = await organisations.GetAsync(organisation, cancellation);
        if (!settings.IsOk)
        {
            return settings.Refusal;
        }

        if (await learners.FindAsync(organisation, learner, cancellation) is not { } stored)
        {
            return Refusal.NotFound("learner-not-found");
        }

        while (true)
        {
            var read = await tokens.FindAsync(organisation, learner, cancellation);
            if (await tokens.TryWriteAsync(organisation, read, change(read.Value), cancellation))
            {
                return new TokenHolder(settings.Value, stored.Value);
            }
        }
    }
}
