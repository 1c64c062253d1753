using Azure;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Http.Bodies;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Platform.Http;

/// <summary>
/// What every function of the API does around its one use case: what the address names, the body, the answer or the refusal.
/// </summary>
public static class Endpoint
{
    /// <summary>Acts on what the address names with what the body says.</summary>
    /// <param name="route">What the address names, or why it names nothing: the body is not read then.</param>
    /// <param name="act">The use case.</param>
    /// <param name="answer">How its outcome is answered; a refusal is a problem, always.</param>
    public static async Task<IResult> RunAsync<TRoute, TBody, TOut>(
        HttpRequest request,
        Result<TRoute> route,
        Func<TRoute, TBody, Task<Result<TOut>>> act,
        Func<TOut, IResult> answer,
        CancellationToken cancellation)
    {
        if (!route.IsOk)
        {
            return Problem.From(route.Refusal);
        }

        var body = await request.ReadBodyAsync<TBody>(cancellation);
        return body.IsOk ? await act(route.Value, body.Value).ToHttp(answer) : Problem.From(body.Refusal);
    }

    /// <summary>Acts with what the body says, where the address names nothing more than the function, or a secret.</summary>
    public static async Task<IResult> RunAsync<TBody, TOut>(
        HttpRequest request, Func<TBody, Task<Result<TOut>>> act, Func<TOut, IResult> answer, CancellationToken cancellation)
    {
        var body = await request.ReadBodyAsync<TBody>(cancellation);
        return body.IsOk ? await act(body.Value).ToHttp(answer) : Problem.From(body.Refusal);
    }

    /// <summary>Changes what the address names, at the version that If-Match carries, as the body says.</summary>
    /// <returns>As the others, or <c>if-match-missing</c>.</returns>
    public static Task<IResult> ChangeAsync<TRoute, TBody, TOut>(
        HttpRequest request,
        Result<TRoute> route,
        Func<TRoute, TBody, ETag, Task<Result<TOut>>> act,
        Func<TOut, IResult> answer,
        CancellationToken cancellation) => RunAsync(
            request,
            route,
            (TRoute named, TBody body) => request.IfMatch().ThenAsync(version => act(named, body, version)),
            answer,
            cancellation);

    /// <summary>Acts on what the address names; there is no body.</summary>
    public static async Task<IResult> RunAsync<TRoute, TOut>(
        Result<TRoute> route, Func<TRoute, Task<Result<TOut>>> act, Func<TOut, IResult> answer) =>
        route.IsOk ? await act(route.Value).ToHttp(answer) : Problem.From(route.Refusal);
}
