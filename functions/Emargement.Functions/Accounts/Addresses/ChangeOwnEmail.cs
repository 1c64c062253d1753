using System.Globalization;
using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts.Cookies;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Gates;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Mail;

namespace Emargement.Functions.Accounts.Addresses;

public sealed record ChangeOwnEmailBody(string Password, EmailAddress Email);

/// <summary>
/// Gives whoever is signed in, and knows the password, another e-mail address (OWASP ASVS 5.0, 7.5.1). Both addresses are told, links
/// that were sent to the one before are void, and other sign-ins end.
/// </summary>
public sealed class ChangeOwnEmail(
    AccountsTable accounts,
    LoginsTable logins,
    NamesTable names,
    LoginCheck check,
    TrainersTable trainers,
    Devices devices,
    MailQueue queue,
    TimeProvider time)
{
    private const string Subject = "accounts";

    /// <param name="own">The account of whoever asks.</param>
    /// <param name="device">On which they ask: it stays signed in.</param>
    /// <returns>The account as changed with the mails to send, or <c>sign-in-wrong</c>, <c>sign-in-locked</c> or
    /// <c>changed-meanwhile</c>.</returns>
    public async Task<Result<QueuedMails<Account>>> RunAsync(
        Route<AccountId> own, string? device, ChangeOwnEmailBody body, CancellationToken cancellation)
    {
        var path = TryPath.Of(own.Organisation, "own-email", own.Id.Key);
        var confirmed = await check.ConfirmAsync(own.Organisation, own.Id, body.Password, path, cancellation);
        if (!confirmed.IsOk)
        {
            return confirmed.Refusal;
        }

        if (confirmed.Value.Email == body.Email)
        {
            return new QueuedMails<Account>(confirmed.Value, null);
        }

        var changed = await ChangeAsync(own, confirmed.Value, body.Email, cancellation);
        if (!changed.IsOk)
        {
            return changed.Refusal;
        }

        await devices.RevokeAllAsync(own.Organisation, own.Id, device, cancellation);
        return new QueuedMails<Account>(changed.Value, await TellAsync(own, cancellation));
    }

    private async Task<Result<Account>> ChangeAsync(
        Route<AccountId> own, Account confirmed, EmailAddress email, CancellationToken cancellation)
    {
        var stored = await accounts.GetAsync(own.Organisation, own.Id, cancellation);
        if (!stored.IsOk)
        {
            return stored.Refusal;
        }

        var known = stored.Value.Value;
        var changed = known with { Email = email, FormerEmail = known.Email, Stamp = Passwords.NewStamp() };
        await logins.AddAsync(own.Organisation, changed.Logins.Except(known.Logins), cancellation);
        await names.AddAsync(own.Organisation, NamesTable.Of(changed).Except(NamesTable.Of(known)), cancellation);
        if (known.Stamp != confirmed.Stamp || !await accounts.TryReplaceAsync(own.Organisation, stored.Value, changed, cancellation))
        {
            return Refusal.Conflict("changed-meanwhile");
        }

        foreach (var login in known.Logins.Except(changed.Logins))
        {
            await logins.RemoveAsync(own.Organisation, login, cancellation);
        }

        await names.RemoveAsync(own.Organisation, NamesTable.Of(known).Except(NamesTable.Of(changed)), cancellation);

        // What is known of a trainer follows, and stands above the files.
        if (own.Id.Kind == AccountKind.Trainer && await trainers.FindAsync(own.Organisation, own.Id.Person, cancellation) is { } trainer)
        {
            var told = trainer.Value with { Email = email, Kept = trainer.Value.Kept.With(["email"]) };
            await trainers.TryReplaceAsync(own.Organisation, trainer, told, cancellation);
        }

        return changed;
    }

    private async Task<MailBatch?> TellAsync(Route<AccountId> own, CancellationToken cancellation)
    {
        var at = time.GetUtcNow().UtcDateTime.ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture);
        var none = new Dictionary<string, string>();
        var told = new List<MailBatch?>();
        foreach (var template in new[] { EmailChangedMail.Template, EmailLeftMail.Template })
        {
            var queued = await queue.QueueAsync(
                own.Organisation, Subject, $"{template}-{at}", template, [own.Id.Key], none, cancellation);
            told.Add(queued.Batch);
        }

        return told.OfType<MailBatch>().Aggregate((one, other) => one with { Rows = [.. one.Rows, .. other.Rows] });
    }
}
