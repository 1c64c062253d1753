using System.Globalization;
using System.Security.Cryptography;
using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Mail;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Accounts.Invitations;

/// <param name="Role"><c>manager</c> or <c>trainer</c>.</param>
/// <param name="Ref">Of a trainer whom the planning names already, or whom it will; given by the service when left out.</param>
public sealed record InviteBody(AccountKind Role, string LastName, string FirstName, EmailAddress Email, Reference? Ref = null);

/// <summary>
/// Invites a manager or a trainer by e-mail, to an account that is made for them, or that an import made and that was never opened.
/// Inviting somebody again who has not answered voids the link before.
/// </summary>
public sealed class InviteStaff(
    AccountsTable accounts, IAccountDirectory directory, TrainersTable trainers, MailQueue queue, TimeProvider time)
{
    private const int MaxNameLength = 100;
    private const string Subject = "accounts";

    // Without what is read as something else.
    private const string ReferenceLetters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    // A form that is sent twice is one invitation.
    private static readonly TimeSpan Repeat = TimeSpan.FromMinutes(1);

    /// <param name="by">Who invites, as in facts.</param>
    /// <param name="role">What an officer may do; null for anybody else.</param>
    /// <returns>The invitation, or <c>role-invalid</c>, <c>name-invalid</c>, <c>account-exists</c> or <c>changed-meanwhile</c>.</returns>
    public async Task<Result<QueuedMails<Invitation>>> RunAsync(
        OrganisationId organisation, InviteBody body, string by, CancellationToken cancellation, OfficerRole? role = null)
    {
        if (body.Role == AccountKind.Learner || (body.Role == AccountKind.Officer) != (organisation.Region is not null))
        {
            return Refusal.BadInput("role-invalid");
        }

        if (PlainText.Within(body.LastName, MaxNameLength) is not { } last
            || PlainText.Within(body.FirstName, MaxNameLength) is not { } first)
        {
            return Refusal.BadInput("name-invalid");
        }

        var there = await accounts.ListAsync(organisation, body.Role, cancellation);
        var same = there.Select(a => a.Value).Where(a => a.Email == body.Email || a.Id.Person == body.Ref).ToList();
        var known = same.FirstOrDefault();
        if (same.Count > 1 || known is { IsOpened: true } or { Suspended: true }
            || (known is not null && body.Ref is { } asked && known.Id.Person != asked))
        {
            return Refusal.Conflict("account-exists");
        }

        if (known is { Invited: { } invited } && known.Email == body.Email && time.GetUtcNow() - invited.At < Repeat)
        {
            return await SendAsync(organisation, new Invitation(known, invited), cancellation);
        }

        var holder = known is null
            ? new AccountHolder(new AccountId(body.Role, body.Ref ?? NewReference(body.Role)), last, first, body.Email)
            : new AccountHolder(known.Id, known.LastName, known.FirstName, body.Email, known.Language);
        return await InviteAsync(organisation, holder, (by, role), isNew: known is null or { Invited.IsNew: true }, cancellation);
    }

    private async Task<Result<QueuedMails<Invitation>>> InviteAsync(
        OrganisationId organisation, AccountHolder holder, (string Who, OfficerRole? To) by, bool isNew, CancellationToken cancellation)
    {
        await directory.EnsureAsync(organisation, [holder], cancellation);
        var now = time.GetUtcNow();
        var invited = new Invited(now, now + Invitation.Lifetime, isNew);
        var changed = await ChangeAsync(organisation, holder.Id, invited, by, cancellation);
        if (!changed.IsOk)
        {
            return changed.Refusal;
        }

        if (holder.Id.Kind == AccountKind.Trainer)
        {
            // One whom an import brought stays as it is.
            var trainer = new Trainer
            {
                Ref = holder.Id.Person,
                LastName = holder.LastName,
                FirstName = holder.FirstName,
                Email = holder.Email,
            };
            await trainers.TryWriteAsync(organisation, [trainer], [], cancellation);
        }

        return await SendAsync(organisation, new Invitation(changed.Value, invited), cancellation);
    }

    private async Task<Result<Account>> ChangeAsync(
        OrganisationId organisation, AccountId id, Invited invited, (string Who, OfficerRole? To) by, CancellationToken cancellation)
    {
        var stored = await accounts.GetAsync(organisation, id, cancellation);
        if (!stored.IsOk)
        {
            return stored.Refusal;
        }

        // A new stamp voids the link that an earlier mail brought.
        var known = stored.Value.Value;
        var changed = known with
        {
            InvitedBy = by.Who,
            Invited = invited,
            Role = by.To ?? known.Role,
            Stamp = Passwords.NewStamp(),
        };
        return !changed.IsOpened && await accounts.TryReplaceAsync(organisation, stored.Value, changed, cancellation)
            ? changed
            : Refusal.Conflict("changed-meanwhile");
    }

    private async Task<QueuedMails<Invitation>> SendAsync(
        OrganisationId organisation, Invitation invitation, CancellationToken cancellation)
    {
        var slot = "invitation-" + invitation.Invited.At.UtcDateTime.ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture);
        var queued = await queue.QueueAsync(
            organisation,
            Subject,
            slot,
            InvitationMail.Template,
            [invitation.Account.Id.Key],
            new Dictionary<string, string>(),
            cancellation);
        return new QueuedMails<Invitation>(invitation, queued.Batch);
    }

    private static string Prefix(AccountKind role) => role switch
    {
        AccountKind.Manager => "M-",
        AccountKind.Officer => "A-",
        _ => "F-",
    };

    private static Reference NewReference(AccountKind role) =>
        Reference.Parse(Prefix(role) + RandomNumberGenerator.GetString(ReferenceLetters, 8));
}
