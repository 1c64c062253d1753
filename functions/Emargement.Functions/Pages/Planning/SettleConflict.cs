using Azure;
using Emargement.Domain.Months;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Months.Records;
using Emargement.Functions.Planning.Runs;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Http.Bodies;
using Emargement.Functions.Sessions.Following;
using Emargement.Functions.Sessions.Hand;

namespace Emargement.Functions.Pages.Planning;

/// <summary>Does what a person decides of a session of which they and the file do not say the same.</summary>
public sealed class SettleConflict(KeepByHand keep, FollowFile follow, PendingTable pending)
{
    // Reports are read in French only, and so is what comes of them.
    private const string Reason = "Le fichier est suivi, depuis le rapport d'import";

    public async Task<Result<EditedSession>> RunAsync(
        OrganisationId organisation, FormFields form, Caller caller, CancellationToken cancellation)
    {
        if (!SessionId.TryParse(form.Text("session"), out var session))
        {
            return Refusal.NotFound("session-not-found");
        }

        var settled = await ActAsync(organisation, session, form, caller, cancellation);
        if (settled.IsOk)
        {
            await pending.RemoveAsync(organisation, PendingItem.IdOf(PendingKind.Conflict, session), cancellation);
        }

        return settled;
    }

    /// <summary>Tonight's import on the page of imports.</summary>
    public static string Tonight(OrganisationId organisation) => $"/o/{organisation}/imports#tonight";

    /// <summary>The page from which it was settled.</summary>
    public static string Back(OrganisationId organisation, FormFields form, EditedSession settled) =>
        form.Text("run") == ShowConflicts.Settling ? $"/o/{organisation}/settle"
        : ImportRunId.TryParse(form.Text("run") ?? "", out var run)
            ? $"/o/{organisation}/imports/{run}#conflict-{settled.Session.Id}"
            : Tonight(organisation);

    private async Task<Result<EditedSession>> ActAsync(
        OrganisationId organisation, SessionId session, FormFields form, Caller caller, CancellationToken cancellation)
    {
        var version = new ETag(form.Text("version") ?? "none");
        return form.Text("act") switch
        {
            "keep" => await keep.RunAsync(
                organisation, session, new KeepRequest(form.Text("over") ?? ""), version, caller, cancellation),
            "follow" => await follow.RunAsync(organisation, session, new HandRequest(Reason), version, caller, cancellation),
            _ => Refusal.BadInput("form-invalid"),
        };
    }
}
