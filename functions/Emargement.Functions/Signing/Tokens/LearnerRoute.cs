using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Signing.Tokens;

/// <summary>The learner, or the group of learners, that an address names.</summary>
internal static class LearnerRoute
{
    /// <summary>Where one learner is.</summary>
    public const string Address = "api/organisations/{org}/learners/{learner}";

    /// <returns>The learner, or <c>organisation-unknown</c>, or <c>learner-not-found</c> when the address is written like none.</returns>
    public static Result<Route<Reference>> Of(HttpRequest request) =>
        Routes.Of<Reference>(request, "learner", Reference.TryParseKey, "learner-not-found");

    /// <returns>The group, or <c>organisation-unknown</c> or <c>group-unknown</c>.</returns>
    public static Result<Route<(Reference Training, string Group)>> GroupOf(HttpRequest request)
    {
        var training = Routes.Of<Reference>(request, "training", Reference.TryParseKey, "group-unknown");
        return !training.IsOk ? training.Refusal
            : !Reference.TryParseKey(request.RouteText("group"), out var group) ? Refusal.NotFound("group-unknown")
            : new Route<(Reference, string)>(training.Value.Organisation, (training.Value.Id, group.Value));
    }
}
