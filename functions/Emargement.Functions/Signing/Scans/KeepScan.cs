using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Domain.Signing;
using Emargement.Functions.Sessions;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Signing.Scans;

/// <summary>Keeps what somebody scanned who has yet to sign in. A code that is not shown now is not worth keeping.</summary>
public sealed class KeepScan(SessionScenes scenes, ScanCookie cookie, TimeProvider time)
{
    public async Task RunAsync(
        HttpContext http, OrganisationId organisation, SessionId session, string code, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        if (await scenes.OpenAsync(organisation, session, cancellation) is { IsOk: true, Value: var scene }
            && scene.Session.State == SessionState.Open
            && PresenceCode.CheckQr(scene.Session.Key.Span, organisation, session, code, now) == CodeCheck.Valid)
        {
            cookie.Write(http, new KeptScan(organisation.Value, session.ToString(), code, now));
        }
    }
}
