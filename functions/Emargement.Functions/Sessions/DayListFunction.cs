using System.Globalization;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Sessions;

/// <summary><c>GET sessions?date=yyyy-MM-dd</c>: the caller's Sessions of a day, today unless said.</summary>
public sealed class DayListFunction(DayList list)
{
    [Function("ListSessionsOfDay")]
    [Access(Callers.Learner | Callers.Trainer | Callers.Manager | Callers.Machine, Right = "sessions")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/organisations/{org}/sessions")] HttpRequest request, string org, CancellationToken cancellation)
    {
        if (!OrganisationId.TryParse(org, out var organisation))
        {
            return Problem.From(Refusal.NotFound("organisation-unknown"));
        }

        DateOnly? day = null;
        if (request.Query.TryGetValue("date", out var text))
        {
            if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed))
            {
                return Problem.From(Refusal.BadInput("date-invalid"));
            }

            day = parsed;
        }

        return await list.ReadAsync(organisation, day, request.Caller(), cancellation).ToHttp(sessions => ApiJson.Ok(new { sessions }));
    }
}
