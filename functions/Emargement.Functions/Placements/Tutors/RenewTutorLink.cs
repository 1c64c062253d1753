using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Http;

namespace Emargement.Functions.Placements.Tutors;

/// <summary>Asks for a new link through one that may have expired: to the address that the placement holds and no other.</summary>
public sealed class RenewTutorLink(TutorAccess access, MailTutorAgain mail)
{
    public Task<Result<PlacementFile>> RunAsync(string secret, CancellationToken cancellation) =>
        access.OpenAsync(secret, cancellation, expired: true).ThenAsync(scene => mail.RunAsync(
            new Route<PlacementId>(scene.File.Organisation.Id, scene.File.Id),
            scene.Tutor.Key,
            notBefore: null,
            TutorStatements.By(scene.Tutor),
            cancellation));
}
