using Emargement.Domain.Accounts;
using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Accounts.Cookies;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Gates;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Accounts;

public sealed record LeaveTabletRequest(string Password);

/// <summary>
/// A device handed over: its cookie opens one Session's signing, or a learner's week in a company, and nothing else, until the password
/// of whoever handed it over ends that.
/// </summary>
public sealed class Tablets(AccountsTable accounts, AccountSessions sessions, LoginCheck logins)
{
    /// <summary>
    /// Swaps the trainer's or manager's cookie for one bound to a Session. Whether they
    /// may open that Session is the caller's question.
    /// </summary>
    public Task<Result<bool>> StartAsync(HttpRequest request, SessionId session, CancellationToken cancellation) =>
        StartAsync(request, session.ToString(), cancellation);

    /// <summary>As for a Session, for a learner's week in a company.</summary>
    public Task<Result<bool>> StartAsync(HttpRequest request, HandedWeek week, CancellationToken cancellation) =>
        StartAsync(request, week.ToString(), cancellation);

    private async Task<Result<bool>> StartAsync(HttpRequest request, string scope, CancellationToken cancellation)
    {
        if (request.Caller() is not { Organisation: { } organisation, Account: { } id }
            || await accounts.FindAsync(organisation, id, cancellation) is not { } stored)
        {
            return Refusal.Forbidden("not-allowed");
        }

        var started = await sessions.StartTabletAsync(request.HttpContext, organisation, stored.Value, scope, cancellation);
        return started.IsOk ? true : started.Refusal;
    }

    /// <summary>Gives the device back to the person who handed it round, if they give their password. It was in many hands: where a second
    /// step is asked of them, it is asked again.</summary>
    /// <returns>The account and what is left to do, or <c>not-allowed</c>, <c>sign-in-wrong</c> or <c>sign-in-locked</c>.</returns>
    public async Task<Result<StartedSession>> LeaveAsync(HttpRequest request, string password, CancellationToken cancellation)
    {
        var caller = request.Caller();
        if (caller is not { Kind: Callers.Tablet, Organisation: { } organisation, Account: { } id }
            || (caller.Session?.ToString() ?? caller.Week?.ToString()) is not { } scope)
        {
            return Refusal.Forbidden("not-allowed");
        }

        var confirmed = await logins.ConfirmAsync(
            organisation, id, password, TryPath.Of(organisation, "tablet", id.Key, scope), cancellation);
        return confirmed.IsOk
            ? await sessions.StartAsync(
                request.HttpContext, organisation, confirmed.Value, stay: false, SignInProof.OneFactor, cancellation)
            : confirmed.Refusal;
    }
}
