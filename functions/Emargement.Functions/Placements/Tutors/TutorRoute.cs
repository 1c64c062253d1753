using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Placements.Tutors;

/// <summary>The secret of a tutor's link, as it stands in an address.</summary>
public static class TutorRoute
{
    public const string Address = "api/tutor/{secret}";

    public static Result<string> Of(HttpRequest request) => request.RouteText("secret");

    /// <summary>Where a page reaches in the API what this link opens.</summary>
    public static string Url(string secret) => $"/api/tutor/{secret}";
}
