using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Access;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Pages;

/// <summary>
/// The organisations whose pages trainers and managers saw on this browser, so that somebody of several finds them again. It opens
/// nothing, and says nothing of who was signed in.
/// </summary>
internal static class KnownOrganisations
{
    private const string Name = "organisations";
    private const int Most = 8;

    private static readonly TimeSpan Kept = TimeSpan.FromDays(365);

    /// <summary>The last one first.</summary>
    public static IReadOnlyList<OrganisationId> Of(HttpRequest request) =>
    [
        .. (request.Cookies[Name] ?? string.Empty).Split('.', Most + 1).Take(Most)
            .Select(text => OrganisationId.TryParse(text, out var id) ? id : (OrganisationId?)null)
            .OfType<OrganisationId>()
            .Distinct(),
    ];

    /// <summary>Keeps the organisation whose page is shown, if a trainer or a manager sees it.</summary>
    public static void Keep(HttpRequest request, OrganisationId organisation)
    {
        var known = Of(request);
        if (!request.Caller().IsOf(organisation)
            || request.Caller().Kind is not (Callers.Trainer or Callers.Manager)
            || (known is [var last, ..] && last == organisation))
        {
            return;
        }

        var kept = known.Where(o => o != organisation).Prepend(organisation).Take(Most);
        request.HttpContext.Response.Cookies.Append(Name, string.Join('.', kept), new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = request.IsHttps,
            Path = "/",
            MaxAge = Kept,
        });
    }
}
