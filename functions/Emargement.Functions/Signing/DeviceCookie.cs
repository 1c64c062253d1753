using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Signing;

/// <summary>
/// A random id that a browser keeps, so that one device used by several learners is reported. It says nothing of the person and opens
/// nothing.
/// </summary>
internal static class DeviceCookie
{
    private const string Name = "emargement-device";
    private const int Bytes = 16;

    private static readonly TimeSpan Kept = TimeSpan.FromDays(395);

    /// <summary>The browser's id; a new one is given to a browser that has none.</summary>
    public static string Of(HttpRequest request)
    {
        if (request.Cookies.TryGetValue(Name, out var known) && IsId(known))
        {
            return known;
        }

        var id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));
        request.HttpContext.Response.Cookies.Append(Name, id, new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = request.IsHttps,
            Path = "/",
            MaxAge = Kept,
        });
        return id;
    }

    private static bool IsId(string text) => text.Length == 22 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
