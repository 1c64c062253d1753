using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Accounts.Cookies;

/// <summary>
/// The cookie of a sign-in: out of reach of scripts, not sent by other sites' forms. Over https its name says to the browser that
/// only this host may set it, over https.
/// </summary>
public sealed class SignInCookie(SignInCookieSeal seal)
{
    private const string Name = "emargement";
    private const string NameOverHttps = "__Host-emargement";

    public SignInCookieContent? Read(HttpRequest request) =>
        request.Cookies.TryGetValue(NameFor(request), out var text) && text.Length < 4096 ? seal.Open(text) : null;

    /// <param name="keptFor">How long the browser keeps it; null until it is closed.</param>
    public void Write(HttpContext http, SignInCookieContent content, TimeSpan? keptFor)
    {
        var options = Options(http.Request);
        options.MaxAge = keptFor;
        http.Response.Cookies.Append(NameFor(http.Request), seal.Seal(content), options);
    }

    public static void Delete(HttpContext http) => http.Response.Cookies.Delete(NameFor(http.Request), Options(http.Request));

    private static string NameFor(HttpRequest request) => request.IsHttps ? NameOverHttps : Name;

    private static CookieOptions Options(HttpRequest request) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = request.IsHttps,
        Path = "/",
        IsEssential = true,
    };
}
