using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Domain.Signing;
using Emargement.Functions.Accounts;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Sessions;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Signing.Tablet;

/// <summary>Makes the trainer's device one that can be handed round: from now on it serves one open Session and nothing else.</summary>
public sealed class HandRoundTablet(SessionScenes scenes, Tablets tablets)
{
    public async Task<Result<bool>> RunAsync(
        HttpRequest request, OrganisationId organisation, SessionId id, CancellationToken cancellation)
    {
        var scene = await scenes.NowForAsync(organisation, id, request.Caller(), cancellation);
        if (!scene.IsOk)
        {
            return scene.Refusal;
        }

        var session = scene.Value.Session;
        var refusal = (session.State == SessionState.Open ? null : SessionLifecycle.NotOpen(session))
            ?? AllowedMethods.Check(SigningMethod.Tablet, session, scene.Value.Training, scene.Value.Organisation);
        return refusal is null ? await tablets.StartAsync(request, id, cancellation) : refusal;
    }
}
