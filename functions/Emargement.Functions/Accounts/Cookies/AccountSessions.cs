using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Storage;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Accounts.Cookies;

/// <summary>
/// Who is signed in on a browser: starts, recognises and ends it. Twelve hours, or 90 days on a device that stays signed in.
/// </summary>
public sealed class AccountSessions(AccountsTable accounts, Devices devices, SignInCookie cookie, TimeProvider time) : ICallerSource
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    private readonly ShortMemory<(OrganisationId Organisation, AccountId Account), string> _stamps = new(time);

    /// <summary>Signs an account in on this browser.</summary>
    public async Task StartAsync(HttpContext http, OrganisationId organisation, Account account, bool stay, CancellationToken cancellation)
    {
        if (!stay)
        {
            Write(http, organisation, account, session: null);
            return;
        }

        var (device, secret) = await devices.AddAsync(organisation, account.Id, cancellation);
        var content = new SignInCookieContent(
            organisation.Value, account.Id.Key, account.Stamp, time.GetUtcNow() + Devices.Lifetime, device, secret);
        cookie.Write(http, content, Devices.Lifetime);
    }

    /// <summary>
    /// Turns this browser into a device that may sign one Session and nothing else,
    /// until somebody leaves it with the password of the account.
    /// </summary>
    internal void StartTablet(HttpContext http, OrganisationId organisation, Account account, SessionId session) =>
        Write(http, organisation, account, session);

    /// <summary>Signs out on this browser; a device that stayed signed in is forgotten.</summary>
    public async Task EndAsync(HttpContext http, CancellationToken cancellation)
    {
        var caller = http.Request.Caller();
        if (caller is { Organisation: { } organisation, Account: { } account, Device: { } device })
        {
            await devices.RevokeAsync(organisation, account, device, cancellation);
        }

        SignInCookie.Delete(http);
    }

    /// <summary>Lets this process see at once that an account's stamp changed.</summary>
    internal void Forget(OrganisationId organisation, AccountId account) => _stamps.Forget((organisation, account));

    /// <summary>The caller of the cookie, or null; renews the cookie of a device once a day.</summary>
    public async Task<Caller?> FindAsync(HttpContext http, CancellationToken cancellation)
    {
        if (cookie.Read(http.Request) is not { } content
            || content.ExpiresAt <= time.GetUtcNow()
            || !OrganisationId.TryParse(content.Organisation, out var organisation)
            || !AccountId.TryParseKey(content.Account, out var account))
        {
            return null;
        }

        var alive = content is { Device: { } device, Secret: { } secret }
            ? await IsAliveAsync(http, content, organisation, account, device, secret, cancellation)
            : await StampAsync(organisation, account, cancellation) == content.Stamp;
        return alive ? CallerOf(content, organisation, account) : null;
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

        return SessionId.TryParse(content.Session, out var session) ? caller with { Kind = Callers.Tablet, Session = session } : null;
    }

    private async Task<bool> IsAliveAsync(
        HttpContext http,
        SignInCookieContent content,
        OrganisationId organisation,
        AccountId account,
        string device,
        string secret,
        CancellationToken cancellation)
    {
        if (await devices.CheckAsync(organisation, account, device, secret, cancellation) is not { } check)
        {
            return false;
        }

        if (check.NewSecret is { } next)
        {
            cookie.Write(http, content with { Secret = next, ExpiresAt = time.GetUtcNow() + Devices.Lifetime }, Devices.Lifetime);
        }

        return true;
    }

    private async Task<string?> StampAsync(OrganisationId organisation, AccountId account, CancellationToken cancellation)
    {
        var stamp = _stamps.Find((organisation, account));
        if (stamp is null && await accounts.FindAsync(organisation, account, cancellation) is { } stored)
        {
            stamp = stored.Value.Stamp;
            _stamps.Keep((organisation, account), stamp);
        }

        return stamp;
    }

    private void Write(HttpContext http, OrganisationId organisation, Account account, SessionId? session) =>
        cookie.Write(
            http,
            new SignInCookieContent(
                organisation.Value, account.Id.Key, account.Stamp, time.GetUtcNow() + Lifetime, Session: session?.ToString()),
            keptFor: null);
}
