using System.Security.Cryptography;
using System.Text.Json;
using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Storage;
using Microsoft.AspNetCore.DataProtection;

namespace Emargement.Functions.Accounts.Factors;

/// <summary>Secrets that somebody was shown and has not yet confirmed: sealed and handed out, so that showing one writes nothing.</summary>
public sealed class AuthenticatorOffers(IDataProtectionProvider protection, TimeProvider time)
{
    /// <summary>Long enough to install an app.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    private readonly IDataProtector _protector = protection.CreateProtector("Emargement.Access.AuthenticatorOffer.v1");

    public string Seal(OrganisationId organisation, AccountId account, byte[] secret) => _protector.Protect(
        JsonSerializer.Serialize(new Content(organisation.Value, account.Key, secret, time.GetUtcNow() + Lifetime)));

    /// <returns>The secret; null when the offer is another account's, too old, or none.</returns>
    public byte[]? Open(OrganisationId organisation, AccountId account, string offer)
    {
        try
        {
            var content = JsonSerializer.Deserialize<Content>(_protector.Unprotect(offer))!;
            return content.Organisation == organisation.Value && content.Account == account.Key && time.GetUtcNow() < content.Until
                ? content.Secret
                : null;
        }
        catch (CryptographicException unreadable) when (!OutOfReach.Is(unreadable))
        {
            return null;
        }
    }

    private sealed record Content(string Organisation, string Account, byte[] Secret, DateTimeOffset Until);
}
