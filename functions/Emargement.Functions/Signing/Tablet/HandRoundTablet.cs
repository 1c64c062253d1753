using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Domain.Signing;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Sessions;

namespace Emargement.Functions.Signing.Tablet;

/// <summary>Says whether somebody may hand a device round for a Session: it is theirs, open, and signed on a tablet.</summary>
public sealed class HandRoundTablet(SessionScenes scenes)
{
    /// <returns>The Session that the device is to serve, and nothing else.</returns>
    public async Task<Result<SessionId>> RunAsync(Route<SessionId> route, Caller caller, CancellationToken cancellation)
    {
        var scene = await scenes.NowForAsync(route.Organisation, route.Id, caller, cancellation);
        if (!scene.IsOk)
        {
            return scene.Refusal;
        }

        var session = scene.Value.Session;
        var refusal = (session.State == SessionState.Open ? null : SessionLifecycle.NotOpen(session))
            ?? AllowedMethods.Check(SigningMethod.Tablet, session, scene.Value.Training, scene.Value.Organisation);
        return refusal is null ? route.Id : refusal;
    }
}
