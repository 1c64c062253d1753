using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Sessions;

/// <summary>The organisation and the Session that an address names.</summary>
public readonly record struct SessionRoute(OrganisationId Organisation, SessionId Session)
{
    public static Result<SessionRoute> Parse(string org, string session) =>
        !OrganisationId.TryParse(org, out var organisation) ? Refusal.NotFound("organisation-unknown")
        : !SessionId.TryParse(session, out var id) ? Refusal.NotFound("session-not-found")
        : new SessionRoute(organisation, id);

    /// <summary>Reads the body and acts on the Session that the address names; refuses what names none.</summary>
    public static async Task<IResult> RunAsync<TBody, TOut>(
        HttpRequest request, string org, string session, Func<SessionRoute, TBody, Task<Result<TOut>>> act, Func<TOut, IResult> ok, CancellationToken cancellation)
    {
        var route = Parse(org, session);
        if (!route.IsOk)
        {
            return Problem.From(route.Refusal);
        }

        var body = await request.ReadBodyAsync<TBody>(cancellation);
        return body.IsOk ? await act(route.Value, body.Value).ToHttp(ok) : Problem.From(body.Refusal);
    }

    /// <summary>Acts on the Session that the address names, without a body.</summary>
    public static async Task<IResult> RunAsync<TOut>(string org, string session, Func<SessionRoute, Task<Result<TOut>>> act, Func<TOut, IResult> ok)
    {
        var route = Parse(org, session);
        return route.IsOk ? await act(route.Value).ToHttp(ok) : Problem.From(route.Refusal);
    }
}
