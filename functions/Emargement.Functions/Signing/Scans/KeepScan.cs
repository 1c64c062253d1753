using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Domain.Signing;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Sessions;

namespace Emargement.Functions.Signing.Scans;

/// <summary>Keeps what somebody scanned who has yet to sign in. A code that is not shown now is not worth keeping.</summary>
public sealed class KeepScan(SessionScenes scenes, TimeProvider time)
{
    /// <returns>What to keep in the browser that scanned; null for nothing.</returns>
    public async Task<KeptScan?> RunAsync(Route<SessionId> session, string code, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        return await scenes.OpenAsync(session.Organisation, session.Id, cancellation) is { IsOk: true, Value: var scene }
            && scene.Session.State == SessionState.Open
            && PresenceCode.CheckQr(scene.Session.Key.Span, session.Organisation, session.Id, code, now) == CodeCheck.Valid
            ? new KeptScan(session.Organisation.Value, session.Id.ToString(), code, now)
            : null;
    }
}
