using Emargement.Domain.Platform;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Platform.Audit;

/// <summary>What only the act itself knows, told to whoever writes the audit row before the answer leaves.</summary>
/// <param name="Kind">What it turned out to be; null for what its function declares.</param>
/// <param name="By">Who acted, where the call came without credentials.</param>
/// <param name="Session">The session that was asked about.</param>
internal sealed record AuditNote(
    OrganisationId Organisation, AuditKind? Kind = null, string? Person = null, string? By = null, string? Session = null);

internal static class AuditNotes
{
    /// <summary>Says what the address does not: whom the act is about, or what it turned out to be.</summary>
    public static void NoteAudit(this HttpContext http, AuditNote note) => http.Features.Set(note);

    public static AuditNote? AuditNote(this HttpContext http) => http.Features.Get<AuditNote>();
}
