using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Gates;
using Emargement.Functions.Platform.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Accounts.Passkeys;

/// <summary>
/// The challenge that a passkey signs: sealed in a cookie of five minutes, so that asking for one writes nothing; used up by inserting its
/// hash, so that it is answered once.
/// </summary>
public sealed class PasskeyChallenges(IDataProtectionProvider protection, TriesTable spent, TimeProvider time)
{
    private const string Name = "passkey";
    private const string NameOverHttps = "__Host-passkey";

    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly IDataProtector _protector = protection.CreateProtector("Emargement.Access.PasskeyChallenge.v1");

    /// <param name="of">Whose challenge it is and for what: it answers nothing else.</param>
    /// <param name="options">What was asked of the browser, as JSON.</param>
    public void Give(HttpContext http, string of, string options)
    {
        var content = JsonSerializer.Serialize(new Content(of, options, time.GetUtcNow() + Lifetime));
        var cookie = Options(http.Request);
        cookie.MaxAge = Lifetime;
        http.Response.Cookies.Append(NameFor(http.Request), _protector.Protect(content), cookie);
    }

    /// <summary>Takes the challenge of this browser, once.</summary>
    /// <returns>What was asked; null when there is none, it is another's, too old, or was answered already.</returns>
    public async Task<string?> TakeAsync(HttpContext http, OrganisationId organisation, string of, CancellationToken cancellation)
    {
        if (!http.Request.Cookies.TryGetValue(NameFor(http.Request), out var text) || Open(text) is not { } content
            || content.Of != of || content.Until <= time.GetUtcNow())
        {
            return null;
        }

        http.Response.Cookies.Delete(NameFor(http.Request), Options(http.Request));
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content.Options)));
        var path = TryPath.Of(organisation, "passkey-challenge", hash);
        var never = new Stored<Tries>(Tries.None, default);
        return await spent.WriteAsync(path, never, Tries.None.Next(right: true, time.GetUtcNow()), cancellation) is null
            ? null
            : content.Options;
    }

    private Content? Open(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<Content>(_protector.Unprotect(text));
        }
        catch (CryptographicException unreadable) when (!OutOfReach.Is(unreadable))
        {
            return null;
        }
    }

    private static string NameFor(HttpRequest request) => request.IsHttps ? NameOverHttps : Name;

    private static CookieOptions Options(HttpRequest request) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = request.IsHttps,
        Path = "/",
        IsEssential = true,
    };

    private sealed record Content(string Of, string Options, DateTimeOffset Until);
}
