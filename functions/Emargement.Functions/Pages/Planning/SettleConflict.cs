using Azure;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http.Bodies;
using Emargement.Functions.Sessions.Following;
using Emargement.Functions.Sessions.Hand;

namespace Emargement.Functions.Pages.Planning;

/// <summary>Does what a person decides of a session of which they and the file do not say the same.</summary>
public sealed class SettleConflict(KeepByHand keep, FollowFile follow)
{
    // Reports are read in French only, and so is what comes of them.
    private const string Reason = "Le fichier est suivi, depuis le rapport d'import";

    public Task<Result<EditedSession>> RunAsync(
        OrganisationId organisation, FormFields form, Caller caller, CancellationToken cancellation)
    {
        var version = new ETag(form.Text("version") ?? "none");
        return !SessionId.TryParse(form.Text("session"), out var session)
            ? Task.FromResult<Result<EditedSession>>(Refusal.NotFound("session-not-found"))
            : form.Text("act") switch
            {
                "keep" => keep.RunAsync(
                    organisation, session, new KeepRequest(form.Text("over") ?? ""), version, caller, cancellation),
                "follow" => follow.RunAsync(organisation, session, new HandRequest(Reason), version, caller, cancellation),
                _ => Task.FromResult<Result<EditedSession>>(Refusal.BadInput("form-invalid")),
            };
    }
}
