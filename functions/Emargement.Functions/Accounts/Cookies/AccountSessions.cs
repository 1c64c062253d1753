using Emargement.Domain.Accounts;
using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Accounts.Cookies;

/// <summary>Who is signed in on a browser: starts, recognises and ends it.</summary>
public sealed class AccountSessions(AccountsTable accounts, Devices devices, SignInCookie cookie) : ICallerSource
{
    /// <summary>Signs an account in on this browser; whoever was signed in here is signed out.</summary>
    /// <param name="stay">Whether its holder asked to stay signed in.</param>
    /// <returns>The account, or <c>changed-meanwhile</c> when its password changed since it was looked at.</returns>
    public Task<Result<Account>> StartAsync(
        HttpContext http, OrganisationId organisation, Account account, bool stay, CancellationToken cancellation) =>
        StartAsync(http, organisation, account, SignInTimes.UseOf(account.Id.Kind, stay), scope: null, cancellation);

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
            || !OrganisationId.TryParse(content.Organisation, out var organisation)
            || !AccountId.TryParseKey(content.Account, out var account)
            || await devices.CheckAsync(organisation, account, device, secret, cancellation) is not { } check)
        {
            return null;
        }

        if (check.NewSecret is { } next)
        {
            cookie.Write(http, content with { Secret = next }, SignInTimes.Remembered);
        }

        return CallerOf(content, organisation, account);
    }

    private async Task<Result<Account>> StartAsync(
        HttpContext http,
        OrganisationId organisation,
        Account account,
        DeviceUse use,
        string? scope,
        CancellationToken cancellation)
    {
        await RevokeAsync(http, cancellation);
        var (device, secret) = await devices.AddAsync(organisation, account.Id, use, http.Request, cancellation);

        // Whoever changes an account changes its stamp first and ends its sign-ins then: either they saw this one, or this sees the stamp.
        var now = await accounts.FindAsync(organisation, account.Id, cancellation);
        if (now?.Value.Stamp != account.Stamp)
        {
            await devices.RevokeAsync(organisation, account.Id, device, cancellation);
            return Refusal.Conflict("changed-meanwhile");
        }

        http.NoteAudit(new AuditNote(
            organisation, use == DeviceUse.Tablet ? AuditKind.Device : AuditKind.SignIn, account.Id.Key, account.Id.ToString()));
        var content = new SignInCookieContent(organisation.Value, account.Id.Key, device, secret, scope);
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

    private static Caller? CallerOf(SignInCookieContent content, OrganisationId organisation, AccountId account)
    {
        var kind = account.Kind switch
        {
            AccountKind.Manager => Callers.Manager,
            AccountKind.Trainer => Callers.Trainer,
            _ => Callers.Learner,
        };
        var caller = new Caller(kind, organisation, account.Person, account.ToString()) { Account = account, Device = content.Device };
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
