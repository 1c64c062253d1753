using System.Security.Cryptography;
using Emargement.Functions.Platform.Storage;
using Microsoft.AspNetCore.DataProtection;

namespace Emargement.Functions.Accounts.OpenId.Providers;

/// <summary>Seals what proves to a provider that we are its client; it is opened only to be sent there.</summary>
public sealed class ProviderSecrets(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("Emargement.OpenId.Secret.v1");

    public string? Seal(string? secret) => string.IsNullOrEmpty(secret) ? null : _protector.Protect(secret);

    /// <returns>Null without a secret, and when it was sealed with a key ring that is lost: the provider then refuses us.</returns>
    internal string? Open(string? text)
    {
        try
        {
            return text is null ? null : _protector.Unprotect(text);
        }
        catch (CryptographicException unreadable) when (!OutOfReach.Is(unreadable))
        {
            return null;
        }
    }
}
