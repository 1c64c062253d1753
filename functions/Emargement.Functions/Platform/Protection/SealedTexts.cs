using System.Security.Cryptography;
using System.Text;
using Emargement.Functions.Platform.Storage;
using Microsoft.AspNetCore.DataProtection;

namespace Emargement.Functions.Platform.Protection;

/// <summary>Texts at rest that only the system's keys open: addresses, secrets.</summary>
internal static class SealedTexts
{
    public static byte[]? Seal(this IDataProtector protector, string? text) =>
        text is null ? null : protector.Protect(Encoding.UTF8.GetBytes(text));

    /// <returns>Null for none, and for one whose keys are lost. Keys that are out of reach for now are a fault: what cannot be read yet
    /// must not be taken for lost.</returns>
    public static string? Open(this IDataProtector protector, byte[]? stored)
    {
        try
        {
            return stored is null ? null : Encoding.UTF8.GetString(protector.Unprotect(stored));
        }
        catch (CryptographicException unreadable) when (!OutOfReach.Is(unreadable))
        {
            return null;
        }
    }
}
