using Emargement.Domain.Months;
using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Months.Settling;

/// <summary>What waits for a person.</summary>
public sealed class PendingFunctions(OrganisationSettings organisations, ListPending list)
{
    /// <summary>What waits for a person, the oldest first: of a kind or a month, when the query says so.</summary>
    [Function("ListPending")]
    [Access(Callers.Manager | Callers.Machine, Right = ApiRights.Months)]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/organisations/{org}/pending")] HttpRequest request,
        CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            await organisations.OfAsync(request, cancellation),
            organisation => PendingQuery.Of(request).ThenAsync(asked => list.RunAsync(organisation, asked, cancellation)),
            page => ApiJson.Ok(PendingList.Of(page)));
}

/// <summary>What a list of things that wait is asked for.</summary>
public static class PendingQuery
{
    /// <returns>The question, or <c>query-invalid</c>, <c>month-invalid</c>.</returns>
    public static Result<PendingQuestion> Of(HttpRequest request)
    {
        PendingKind? kind = null;
        if (request.Query["kind"].FirstOrDefault() is { Length: > 0 } asked)
        {
            kind = Enum.GetValues<PendingKind>().Cast<PendingKind?>().FirstOrDefault(k => PendingItem.CodeOf(k!.Value) == asked);
            if (kind is null)
            {
                return Refusal.BadInput("query-invalid", ("names", "kind"));
            }
        }

        YearMonth? month = null;
        if (request.Query["month"].FirstOrDefault() is { Length: > 0 } text)
        {
            if (!YearMonth.TryParse(text, out var parsed))
            {
                return Refusal.BadInput("month-invalid");
            }

            month = parsed;
        }

        return new PendingQuestion(kind, month, request.Query["continuation"].FirstOrDefault());
    }
}
