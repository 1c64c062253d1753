using Emargement.Domain.Platform;
using Emargement.Functions.Placements.Documents;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Placements.Tutors;

/// <summary><c>GET tutor/{secret}/documents/{period}</c>: what the tutor signed, as sealed.</summary>
public sealed class DownloadHoursFunction(TutorAccess access, PlacementDocuments documents)
{
    [Function("DownloadTutorDocument")]
    [Public("The tutor has no account; the link is the permission.")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/tutor/{secret}/documents/{period}")] HttpRequest request,
        string secret,
        string period,
        CancellationToken cancellation)
    {
        var scene = await access.OpenAsync(secret, cancellation);
        var pdf = !scene.IsOk ? scene.Refusal
            : !scene.Value.AnswersFor(period) ? Refusal.NotFound("document-unknown")
            : await documents.FindAsync(scene.Value.File, period, request.Query["version"], cancellation);
        return pdf.ToHttp(bytes => Results.Bytes(bytes, "application/pdf", $"heures-{period}.pdf"));
    }
}
