using Emargement.Functions.Platform.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Placements.Tutors;

/// <summary><c>GET tutor/{secret}</c>: the tutor's weeks; changes nothing.</summary>
public sealed class ViewHoursFunction(TutorAccess access, TutorNames names)
{
    [Function("ViewTutorHours")]
    [Public("The tutor has no account; the link is the permission.")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/tutor/{secret}")] HttpRequest request,
        string secret,
        CancellationToken cancellation) =>
        names.AnswerAsync(access.OpenAsync(secret, cancellation), cancellation);
}
