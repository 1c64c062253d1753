using Emargement.Functions.Access.Accounts;
using Emargement.Functions.Access.Keys;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Access;

/// <summary>Finds out who calls: the operator's key, an API key, or the cookie of an account. Whoever shows a key is judged by that key alone.</summary>
internal sealed class CallerFinder(OperatorKey operatorKey, ApiKeys apiKeys, AccountSessions accounts)
{
    private const string Bearer = "Bearer ";

    private static readonly Caller Operator = new(Callers.Operator, null, null, "operator");

    public async Task<Caller> FindAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (request.Headers.TryGetValue(OperatorKey.Header, out var presented))
        {
            return operatorKey.Is(presented.ToString()) ? Operator : Caller.Nobody;
        }

        var authorization = request.Headers.Authorization.ToString();
        if (authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return await apiKeys.FindCallerAsync(authorization[Bearer.Length..].Trim(), cancellation) ?? Caller.Nobody;
        }

        return await accounts.FindCallerAsync(request.HttpContext, cancellation) ?? Caller.Nobody;
    }
}
