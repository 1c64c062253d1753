using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts;
using Emargement.Functions.Accounts.Factors;
using Emargement.Functions.Accounts.Invitations;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Http.Bodies;
using Emargement.Functions.Platform.Mail;
using Emargement.Web.Accounts.Office;

namespace Emargement.Functions.Pages.Accounts;

/// <param name="Act">One of <see cref="StaffActs"/>.</param>
/// <param name="Whom">Whose account it is about.</param>
public sealed record StaffChange(string Act, AccountId Whom);

/// <summary>Does what a form of the managers' page asks for.</summary>
public sealed class ChangeStaff(InviteStaff invite, RevokeInvitation revoke, SuspendAccount suspend, ResetSecondStep reset)
{
    /// <param name="form">Its fields by name; <c>act</c> is one of <see cref="StaffActs"/>.</param>
    /// <returns>What was done, with the mail to send, or why not.</returns>
    public Task<Result<QueuedMails<StaffChange>>> RunAsync(
        OrganisationId organisation, FormFields form, Caller by, CancellationToken cancellation)
    {
        var act = form.Text("act") ?? string.Empty;
        return act == StaffActs.Invite
            ? InviteAsync(organisation, form, by, cancellation)
            : AccountId.TryParseKey(form.Text("account"), out var account)
                ? ChangeAsync(act, new Route<AccountId>(organisation, account), by, cancellation)
                : Task.FromResult<Result<QueuedMails<StaffChange>>>(Refusal.NotFound("account-unknown"));
    }

    private async Task<Result<QueuedMails<StaffChange>>> InviteAsync(
        OrganisationId organisation, FormFields form, Caller by, CancellationToken cancellation)
    {
        if (!EmailAddress.TryParse(form.Text("email"), out var email))
        {
            return Refusal.BadInput("email-invalid");
        }

        Reference? reference = null;
        if (form.Text("ref") is { } typed)
        {
            if (!Reference.TryParse(typed, out var given))
            {
                return Refusal.BadInput("reference-invalid");
            }

            reference = given;
        }

        var role = form.Text("role") == AccountId.Word(AccountKind.Trainer) ? AccountKind.Trainer : AccountKind.Manager;
        var body = new InviteBody(role, form.Text("lastName") ?? string.Empty, form.Text("firstName") ?? string.Empty, email, reference);
        var invited = await invite.RunAsync(organisation, body, by.Id, cancellation);
        return invited.IsOk
            ? new QueuedMails<StaffChange>(new StaffChange(StaffActs.Invite, invited.Value.Done.Account.Id), invited.Value.Batch)
            : invited.Refusal;
    }

    private async Task<Result<QueuedMails<StaffChange>>> ChangeAsync(
        string act, Route<AccountId> account, Caller by, CancellationToken cancellation)
    {
        // This page is the staff's: learners are looked after elsewhere.
        if (account.Id.Kind == AccountKind.Learner)
        {
            return Refusal.NotFound("account-unknown");
        }

        if (act == StaffActs.Reset)
        {
            return (await reset.RunAsync(account, by, cancellation)).Then(
                change => new QueuedMails<StaffChange>(new StaffChange(act, account.Id), change.Mails));
        }

        var done = act switch
        {
            StaffActs.Revoke => await revoke.RunAsync(account, cancellation),
            StaffActs.Suspend => await suspend.RunAsync(account, suspended: true, by, cancellation),
            StaffActs.Restore => await suspend.RunAsync(account, suspended: false, by, cancellation),
            _ => Refusal.BadInput("request-invalid"),
        };
        return done.IsOk ? new QueuedMails<StaffChange>(new StaffChange(act, account.Id), null) : done.Refusal;
    }
}
