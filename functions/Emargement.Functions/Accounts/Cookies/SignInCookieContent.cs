using System.Security.Cryptography;
using System.Text.Json;
using Emargement.Domain.Accounts;
using Emargement.Functions.Platform.Storage;
using Microsoft.AspNetCore.DataProtection;

namespace Emargement.Functions.Accounts.Cookies;

/// <summary>What the cookie says, sealed so that only this app writes it. It is alive while the row of <c>Devices</c> is.</summary>
/// <param name="Account">Key of the account.</param>
/// <param name="Device">The row that keeps it alive.</param>
/// <param name="Secret">What that row must know.</param>
/// <param name="Session">For a device handed over, the one Session that it may sign, or the week in a company that it may declare.</param>
public sealed record SignInCookieContent(string Organisation, string Account, string? Device, string? Secret, string? Session = null)
{
    /// <summary>With one factor where two are asked: the account's stamp when it was given. Nothing may change until the
    /// second.</summary>
    public string? Stamp { get; init; }

    /// <summary>What an officer may do: who changes it ends their sign-ins.</summary>
    public OfficerRole? Role { get; init; }
}

/// <summary>Seals and opens what cookies say, with the app's key ring.</summary>
public sealed class SignInCookieSeal(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("Emargement.Access.Ticket.v1");

    public string Seal(SignInCookieContent content) => _protector.Protect(JsonSerializer.Serialize(content));

    /// <summary>What it says, or null when the text was not sealed here or was changed.</summary>
    public SignInCookieContent? Open(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<SignInCookieContent>(_protector.Unprotect(text));
        }
        catch (CryptographicException unreadable) when (!OutOfReach.Is(unreadable))
        {
            return null;
        }
    }
}
