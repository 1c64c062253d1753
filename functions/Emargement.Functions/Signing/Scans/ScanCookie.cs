using System.Security.Cryptography;
using System.Text.Json;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Signing.Scans;

/// <summary>A scan that this browser made, in time, before anybody had signed in on it.</summary>
/// <param name="Learner">Who has used it since: it serves nobody else.</param>
public sealed record KeptScan(string Organisation, string Session, string Code, DateTimeOffset ShownAt, string? Learner = null);

/// <summary>
/// Keeps a scan over the sign-in, in a cookie that only this app writes and no script reads: it serves the browser that made it, for three
/// minutes.
/// </summary>
public sealed class ScanCookie(IDataProtectionProvider protection, TimeProvider time)
{
    private const string Name = "emargement-scan";

    /// <summary>How long a person has to sign in.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromMinutes(3);

    private readonly IDataProtector _protector = protection.CreateProtector("kept-scan", "1");

    public void Write(HttpContext http, KeptScan scan) => http.Response.Cookies.Append(
        Name,
        _protector.Protect(JsonSerializer.Serialize(scan)),
        new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = http.Request.IsHttps,
            Path = "/s",
            MaxAge = Kept,
            IsEssential = true,
        });

    /// <summary>The scan that this browser made of a code, if it may still serve the learner.</summary>
    public KeptScan? Find(HttpRequest request, OrganisationId organisation, SessionId session, string code, Reference learner) =>
        Read(request) is { } scan
            && scan.Organisation == organisation.Value && scan.Session == session.ToString() && scan.Code == code
            && (scan.Learner is null || scan.Learner == learner.Value)
            && time.GetUtcNow() - scan.ShownAt <= Kept
            ? scan
            : null;

    private KeptScan? Read(HttpRequest request)
    {
        if (!request.Cookies.TryGetValue(Name, out var text) || text.Length > 4096)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<KeptScan>(_protector.Unprotect(text));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
