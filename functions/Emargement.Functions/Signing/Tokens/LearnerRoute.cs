using Emargement.Domain.Platform;

namespace Emargement.Functions.Signing.Tokens;

/// <summary>The organisation and the learner that an address names.</summary>
public readonly record struct LearnerRoute(OrganisationId Organisation, Reference Learner)
{
    public static Result<LearnerRoute> Parse(string org, string learner) =>
        !OrganisationId.TryParse(org, out var organisation) ? Refusal.NotFound("organisation-unknown")
        : !Reference.TryParseKey(learner, out var reference) ? Refusal.NotFound("learner-not-found")
        : new LearnerRoute(organisation, reference);
}
