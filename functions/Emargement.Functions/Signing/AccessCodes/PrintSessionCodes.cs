using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Accounts.Recovery;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Sessions;

namespace Emargement.Functions.Signing.AccessCodes;

/// <param name="Learner">For whom; everybody of the Session without it.</param>
public sealed record PrintSessionCodesBody(Reference? Learner = null);

/// <summary>Gives the learners of a Session codes with which they choose a new password: its trainer, or a manager, hands them
/// out.</summary>
public sealed class PrintSessionCodes(SessionScenes scenes, IssueRecoveryCodes issue)
{
    /// <returns>The codes, by name; or <c>not-your-session</c>, <c>not-enrolled</c>, or why there are none.</returns>
    public async Task<Result<IssuedCodes>> RunAsync(
        Route<SessionId> session, PrintSessionCodesBody body, Caller caller, CancellationToken cancellation)
    {
        var scene = await scenes.NowForAsync(session.Organisation, session.Id, caller, cancellation);
        if (!scene.IsOk)
        {
            return scene.Refusal;
        }

        var people = scene.Value.Roster.Select(l => l.Learner).Where(l => body.Learner is null || l == body.Learner).ToList();
        return people.Count == 0
            ? Refusal.Conflict("not-enrolled")
            : await issue.RunAsync(
                scene.Value.Organisation, [.. people.Select(p => new AccountId(AccountKind.Learner, p))], cancellation);
    }
}
