using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Platform.Audit;

/// <summary>What only the act itself knows, told to whoever writes the audit row before the answer leaves.</summary>
/// <param name="Kind">What it turned out to be; null for what its function declares.</param>
/// <param name="By">Who acted, where the call came without credentials.</param>
/// <param name="Session">The session that was asked about.</param>
internal sealed record AuditNote(
    OrganisationId Organisation, AuditKind? Kind = null, string? Person = null, string? By = null, string? Session = null)
{
    /// <summary>Everybody whom the act is about, where they are several: a row each.</summary>
    public IReadOnlyList<AccountId> Everybody { get; init; } = [];

    /// <summary>What it is about besides, where the address does not say it.</summary>
    public string? About { get; init; }
}

internal static class AuditNotes
{
    /// <summary>Says what the address does not: whom the act is about, or what it turned out to be.</summary>
    public static void NoteAudit(this HttpContext http, AuditNote note) => http.Features.Set(note);

    /// <summary>Says whom the act is about, where the address does not.</summary>
    public static void NoteWhom(this HttpContext http, OrganisationId organisation, AccountId whom) =>
        http.NoteAudit((http.AuditNote() ?? new AuditNote(organisation)) with { Person = whom.Key });

    /// <summary>Says whom the act is about, where it is several people.</summary>
    public static void NoteEverybody(this HttpContext http, OrganisationId organisation, IReadOnlyList<AccountId> everybody) =>
        http.NoteAudit(new AuditNote(organisation) { Everybody = everybody });

    /// <summary>Says who acted, on their own account, where the call came without credentials.</summary>
    public static void NoteSelf(this HttpContext http, OrganisationId organisation, AccountId self) =>
        http.NoteAudit(new AuditNote(organisation, Person: self.Key, By: self.ToString()));

    public static AuditNote? AuditNote(this HttpContext http) => http.Features.Get<AuditNote>();
}
