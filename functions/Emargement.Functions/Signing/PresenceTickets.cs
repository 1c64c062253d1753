using System.Buffers.Text;
using System.Security.Cryptography;
using Emargement.Domain.Signing;
using Emargement.Functions.Platform.Storage;
using Microsoft.AspNetCore.DataProtection;

namespace Emargement.Functions.Signing;

/// <summary>Presence tickets as they travel: encrypted and authenticated under a purpose of their own, in base64url.</summary>
public sealed class PresenceTickets(IDataProtectionProvider protection)
{
    private const int MaxLength = 2048;

    private readonly IDataProtector _protector = protection.CreateProtector("presence-ticket", "1");

    public string Write(PresenceTicket ticket) => Base64Url.EncodeToString(_protector.Protect(PresenceTicketText.Write(ticket)));

    /// <summary>The ticket, or null for anything that this system did not write, to the last bit.</summary>
    public PresenceTicket? Read(string text)
    {
        if (text.Length is 0 or > MaxLength || !Base64Url.IsValid(text))
        {
            return null;
        }

        var bytes = Base64Url.DecodeFromChars(text);
        if (Base64Url.EncodeToString(bytes) != text)
        {
            return null;
        }

        try
        {
            return PresenceTicketText.Read(_protector.Unprotect(bytes));
        }
        catch (CryptographicException unreadable) when (!OutOfReach.Is(unreadable))
        {
            return null;
        }
    }
}
