using Emargement.Domain.Accounts;
using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Accounts.Factors;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Accounts.Cookies;

/// <summary>An account that has signed in on a browser.</summary>
/// <param name="Next">What its holder has to do before anything else opens; null when that is all.</param>
public sealed record StartedSession(Account Account, NextStep? Next);

/// <summary>Who is signed in on a browser: starts, recognises and ends it.</summary>
public sealed class AccountSessions(AccountsTable accounts, Devices devices, SignInCookie cookie, AskedSteps asked) : ICallerSource
{
    /// <summary>Signs an account in on this browser; whoever was signed in here is signed out. With one factor where two are asked, the
    /// browser opens the second step and nothing else.</summary>
    /// <param name="stay">Whether its holder asked to stay signed in.</param>
    /// <returns>The account, or <c>changed-meanwhile</c> when its password or a factor changed since it was looked at.</returns>
    public async Task<Result<StartedSession>> StartAsync(
        HttpContext http, OrganisationId organisation, Account account, bool stay, SignInProof proof, CancellationToken cancellation)
    {
        var next = proof == SignInProof.TwoFactors ? null : await asked.AfterOneFactorAsync(organisation, account.Id, cancellation);
        var use = next is null ? SignInTimes.UseOf(account.Id.Kind, stay) : DeviceUse.OneFactor;
        var started = await StartAsync(
            http, organisation, account, use, scope: null, cancellation, byOneFactor: next is null && proof == SignInProof.OneFactor);
        return started.IsOk ? new StartedSession(started.Value, next) : started.Refusal;
    }

    /// <summary>The account that has given its first factor on this browser, read afresh.</summary>
    /// <returns>The account, or <c>changed-meanwhile</c> when its password or a factor changed since, or it was suspended.</returns>
    public async Task<Result<Account>> WithFirstFactorAsync(HttpRequest request, CancellationToken cancellation)
    {
        var caller = request.Caller();
        var stored = await accounts.GetAsync(caller.Organisation!.Value, caller.Account!.Value, cancellation);
        return !stored.IsOk ? stored.Refusal
            : cookie.Read(request)?.Stamp == stored.Value.Value.Stamp ? stored.Value.Value
            : Refusal.Conflict("changed-meanwhile");
    }

    /// <summary>
    /// Turns this browser into a device that may sign one Session, or declare one week in a company, and nothing else,
    /// until somebody leaves it with the password of the account.
    /// </summary>
    internal Task<Result<Account>> StartTabletAsync(
        HttpContext http, OrganisationId organisation, Account account, string scope, CancellationToken cancellation) =>
        StartAsync(http, organisation, account, DeviceUse.Tablet, scope, cancellation);

    /// <summary>Signs out on this browser: its cookie, and any copy of it, opens nothing any more.</summary>
    public async Task EndAsync(HttpContext http, CancellationToken cancellation)
    {
        await RevokeAsync(http, cancellation);
        SignInCookie.Delete(http);
    }

    /// <summary>The caller of the cookie, or null; renews the cookie of a phone that stays signed in once a day.</summary>
    public async Task<Caller?> FindAsync(HttpContext http, CancellationToken cancellation)
    {
        if (cookie.Read(http.Request) is not { Device: { } device, Secret: { } secret } content
            || !OrganisationId.TryParseHolder(content.Organisation, out var organisation)
            || !AccountId.TryParseKey(content.Account, out var account)
            || await devices.CheckAsync(organisation, account, device, secret, http.IsAfresh(), cancellation) is not { } check
            || (check.ByOneFactor && !await asked.IsOneFactorEnoughAsync(organisation, account, cancellation)))
        {
            return null;
        }

        if (check.NewSecret is { } next)
        {
            cookie.Write(http, content with { Secret = next }, SignInTimes.Remembered);
        }

        return CallerOf(content, organisation, account, check.Use);
    }

    private async Task<Result<Account>> StartAsync(
        HttpContext http,
        OrganisationId organisation,
        Account account,
        DeviceUse use,
        string? scope,
        CancellationToken cancellation,
        bool byOneFactor = false)
    {
        await RevokeAsync(http, cancellation);
        var (device, secret) = await devices.AddAsync(organisation, account.Id, use, http.Request, cancellation, byOneFactor);

        // Whoever changes an account changes its stamp first and ends its sign-ins then: either they saw this one, or this sees the stamp.
        var now = await accounts.FindAsync(organisation, account.Id, cancellation);
        if (now?.Value.Stamp != account.Stamp)
        {
            await devices.RevokeAsync(organisation, account.Id, device, cancellation);
            return Refusal.Conflict("changed-meanwhile");
        }

        http.NoteAudit(new AuditNote(
            organisation, use == DeviceUse.Tablet ? AuditKind.Device : AuditKind.SignIn, account.Id.Key, account.Id.ToString()));
        var content = new SignInCookieContent(organisation.Value, account.Id.Key, device, secret, scope)
        {
            Stamp = use == DeviceUse.OneFactor ? account.Stamp : null,
            Role = account.Role,
        };
        cookie.Write(http, content, use == DeviceUse.Remembered ? SignInTimes.Remembered : null);
        return account;
    }

    private async Task RevokeAsync(HttpContext http, CancellationToken cancellation)
    {
        if (http.Request.Caller() is { Organisation: { } organisation, Account: { } account, Device: { } device })
        {
            await devices.RevokeAsync(organisation, account, device, cancellation);
        }
    }

    private static Caller? CallerOf(SignInCookieContent content, OrganisationId organisation, AccountId account, DeviceUse use)
    {
        var kind = (use, account.Kind) switch
        {
            (DeviceUse.OneFactor, _) => Callers.OneFactor,
            (_, AccountKind.Manager) => Callers.Manager,
            (_, AccountKind.Trainer) => Callers.Trainer,
            (_, AccountKind.Officer) => Callers.Officer,
            _ => Callers.Learner,
        };
        var caller = new Caller(kind, organisation, account.Person, account.ToString())
        {
            Account = account,
            Device = content.Device,
            Region = organisation.Region?.Value,
            Role = content.Role ?? OfficerRole.Reading,
        };
        if (content.Session is null)
        {
            return caller;
        }

        var tablet = caller with { Kind = Callers.Tablet };
        return SessionId.TryParse(content.Session, out var session) ? tablet with { Session = session }
            : HandedWeek.TryParse(content.Session, out var week) ? tablet with { Week = week }
            : null;
    }
}
