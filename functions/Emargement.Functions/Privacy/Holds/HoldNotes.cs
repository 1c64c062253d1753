using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Domain.Privacy;
using Emargement.Functions.Platform.Audit;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Privacy.Holds;

internal static class HoldNotes
{
    /// <summary>Says which hold an act is about, and whom it protects, where the address does not.</summary>
    public static void NoteHold(this HttpContext http, OrganisationId organisation, HoldId hold) => http.NoteAudit(new AuditNote(
        organisation,
        Person: hold is { Scope: HoldScope.Learner, Target: { } learner } ? new AccountId(AccountKind.Learner, learner).Key : null)
    {
        About = $"hold={hold}",
    });
}
