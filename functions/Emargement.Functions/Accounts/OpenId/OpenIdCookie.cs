using System.Security.Cryptography;
using System.Text.Json;
using Emargement.Functions.Platform.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Accounts.OpenId;

/// <summary>What a browser was sent to a provider with, and what only it brings back (ASVS 5.0, 10.1.2 and 10.2.1).</summary>
/// <param name="State">Names the request once; the provider gives it back.</param>
/// <param name="Nonce">Names it in the token.</param>
/// <param name="Verifier">Proves that who exchanges the code asked for it.</param>
/// <param name="Back">Where to go afterwards: a path of this site.</param>
/// <param name="Invitation">The secret of the link that this sign-in answers.</param>
public sealed record OpenIdAsked(
    string Organisation, string Provider, string State, string Nonce, string Verifier, string? Back, string? Invitation);

/// <summary>Keeps that in the browser, sealed, for the ten minutes that a sign-in elsewhere may take.</summary>
public sealed class OpenIdCookie(IDataProtectionProvider protection)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private const string Name = "oidc";
    private const string NameOverHttps = "__Host-oidc";

    private readonly IDataProtector _protector = protection.CreateProtector("Emargement.OpenId.Asked.v1");

    public void Write(HttpContext http, OpenIdAsked asked)
    {
        var options = Options(http.Request);
        options.MaxAge = Lifetime;
        http.Response.Cookies.Append(NameFor(http.Request), _protector.Protect(JsonSerializer.Serialize(asked)), options);
    }

    /// <summary>What this browser was sent with, which it forgets at once; null when it was not, or does not say what was sealed
    /// here.</summary>
    public OpenIdAsked? Take(HttpContext http)
    {
        if (!http.Request.Cookies.TryGetValue(NameFor(http.Request), out var text) || text.Length > 4096)
        {
            return null;
        }

        http.Response.Cookies.Delete(NameFor(http.Request), Options(http.Request));
        try
        {
            return JsonSerializer.Deserialize<OpenIdAsked>(_protector.Unprotect(text));
        }
        catch (CryptographicException unreadable) when (!OutOfReach.Is(unreadable))
        {
            return null;
        }
    }

    private static string NameFor(HttpRequest request) => request.IsHttps ? NameOverHttps : Name;

    // Lax: the provider's answer is a navigation from another site.
    private static CookieOptions Options(HttpRequest request) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = request.IsHttps,
        Path = "/",
        IsEssential = true,
    };
}
