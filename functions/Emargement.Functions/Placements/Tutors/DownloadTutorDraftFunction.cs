using Emargement.Domain.Platform;
using Emargement.Functions.Placements.Documents;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Placements.Tutors;

/// <summary><c>GET tutor/{secret}/drafts/{period}</c>: what the tutor is asked to sign, to read or print before.</summary>
public sealed class DownloadTutorDraftFunction(TutorAccess access, DocumentContents contents)
{
    [Function("DownloadTutorDraft")]
    [Public("The tutor has no account; the link is the permission.")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/tutor/{secret}/drafts/{period}")] HttpRequest request,
        string secret,
        string period,
        CancellationToken cancellation)
    {
        var scene = await access.OpenAsync(secret, cancellation, withDrawings: true);
        var pdf = !scene.IsOk ? scene.Refusal
            : !scene.Value.AnswersFor(period) ? Refusal.NotFound("document-unknown")
            : await contents.DraftAsync(scene.Value.File, period, cancellation);
        return pdf.ToHttp(bytes => Results.Bytes(bytes, "application/pdf", $"heures-{period}-projet.pdf"));
    }
}
