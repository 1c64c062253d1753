using System.Security.Cryptography;
using System.Text;

namespace Emargement.Domain.Platform.Announcements;

/// <summary>
/// Something that happened in an organisation, of which its other systems may be told: ids, states, counts and hashes, never a name, an
/// address or a reason.
/// </summary>
/// <param name="Type">Words joined by a dot, such as <c>sheet.sealed</c>.</param>
/// <param name="Subject">What it happened to, such as <c>session 20261123-1-S1</c>: news of one subject arrive in their order.</param>
/// <param name="Version">Tells two of one type about one subject apart: the same three are the same news, however often they are told.
/// </param>
/// <param name="At">When it happened; of the same news always the same instant.</param>
/// <param name="Data">What is told of it, by member.</param>
public sealed record Announcement(
    OrganisationId Organisation, string Type, string Subject, string Version, DateTimeOffset At, IReadOnlyDictionary<string, object> Data)
{
    /// <summary>The same for the same news: <c>evt_</c> and 32 digits.</summary>
    public string Id => "evt_" + Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{Organisation}|{Type}|{Subject}|{Version}")).AsSpan(0, 16));
}
