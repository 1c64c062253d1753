using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Signing.Tokens;

/// <summary>The learner that an address names.</summary>
internal static class LearnerRoute
{
    /// <summary>Where one learner is.</summary>
    public const string Address = "api/organisations/{org}/learners/{learner}";

    /// <returns>The learner, or <c>organisation-unknown</c>, or <c>learner-not-found</c> when the address is written like none.</returns>
    public static Result<Route<Reference>> Of(HttpRequest request) =>
        Routes.Of<Reference>(request, "learner", Reference.TryParseKey, "learner-not-found");
}
