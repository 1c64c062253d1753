using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Accounts.Cookies;

/// <summary>
/// The cookie <c>emargement</c>: out of reach of scripts, not sent by other sites' forms, over https only where there is https.
/// </summary>
public sealed class SignInCookie(SignInCookieSeal seal)
{
    private const string Name = "emargement";

    public SignInCookieContent? Read(HttpRequest request) =>
        request.Cookies.TryGetValue(Name, out var text) && text.Length < 4096 ? seal.Open(text) : null;

    /// <param name="keptFor">How long the browser keeps it; null until it is closed.</param>
    public void Write(HttpContext http, SignInCookieContent content, TimeSpan? keptFor)
    {
        var options = Options(http.Request);
        options.MaxAge = keptFor;
        http.Response.Cookies.Append(Name, seal.Seal(content), options);
    }

    public static void Delete(HttpContext http) => http.Response.Cookies.Delete(Name, Options(http.Request));

    private static CookieOptions Options(HttpRequest request) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = request.IsHttps,
        Path = "/",
        IsEssential = true,
    };
}
