using System.Globalization;
using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts;
using Emargement.Functions.Accounts.Invitations;
using Emargement.Functions.People.Organisations;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Http.Bodies;
using Emargement.Functions.Platform.Mail;
using Emargement.Web.Portal;

namespace Emargement.Functions.Pages.Portal.Settings;

/// <param name="Act">One of <see cref="RegionActs"/>.</param>
/// <param name="Whom">Whose account it is about; null for the settings.</param>
public sealed record RegionChanged(string Act, AccountId? Whom);

/// <summary>Does what a form of a Région's settings asks for.</summary>
public sealed class ChangeRegionByForm(ChangeRegion change, InviteStaff invite, RevokeInvitation revoke, SuspendAccount suspend)
{
    /// <returns>What was done, with the mail to send, or why not.</returns>
    public async Task<Result<QueuedMails<RegionChanged>>> RunAsync(
        OrganisationId holder, FormFields form, Caller by, CancellationToken cancellation) => form.Text("act") switch
        {
            RegionActs.Save => await SaveAsync(holder, form, cancellation),
            RegionActs.Invite => await InviteAsync(holder, form, by, cancellation),
            RegionActs.Suspend or RegionActs.Restore or RegionActs.Revoke =>
                AccountId.TryParseKey(form.Text("account"), out var account)
                    ? await ToAsync(form.Text("act")!, new Route<AccountId>(holder, account), by, cancellation)
                    : Refusal.NotFound("account-unknown"),
            _ => Refusal.BadInput("form-invalid"),
        };

    private async Task<Result<QueuedMails<RegionChanged>>> SaveAsync(
        OrganisationId holder, FormFields form, CancellationToken cancellation)
    {
        if (!TryRead(form.Text("dueDay"), out var day))
        {
            return Refusal.BadInput("due-day-invalid");
        }

        if (!TryRead(form.Text("lockAfter"), out var after))
        {
            return Refusal.BadInput("lock-after-invalid");
        }

        var asked = new RegionChange(
            form.Text("name") ?? "", day, after, form.Text("answers") is not null, form.Text("firstSchema") is not null);
        var saved = await change.RunAsync(holder.Region!.Value, asked, cancellation);
        return saved.Then(_ => new QueuedMails<RegionChanged>(new RegionChanged(RegionActs.Save, null), null));
    }

    // Left empty, it is none.
    private static bool TryRead(string? typed, out int? number)
    {
        number = int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var read) ? read : null;
        return typed is null || number is not null;
    }

    private async Task<Result<QueuedMails<RegionChanged>>> InviteAsync(
        OrganisationId holder, FormFields form, Caller by, CancellationToken cancellation)
    {
        if (!EmailAddress.TryParse(form.Text("email"), out var email))
        {
            return Refusal.BadInput("email-invalid");
        }

        var role = Enum.TryParse<OfficerRole>(form.Text("role"), ignoreCase: true, out var known) && Enum.IsDefined(known)
            ? known
            : OfficerRole.Reading;
        var body = new InviteBody(AccountKind.Officer, form.Text("lastName") ?? "", form.Text("firstName") ?? "", email);
        var invited = await invite.RunAsync(holder, body, by.Id, cancellation, role);
        return invited.Then(i => new QueuedMails<RegionChanged>(new RegionChanged(RegionActs.Invite, i.Done.Account.Id), i.Batch));
    }

    private async Task<Result<QueuedMails<RegionChanged>>> ToAsync(
        string act, Route<AccountId> account, Caller by, CancellationToken cancellation)
    {
        var done = act == RegionActs.Revoke
            ? await revoke.RunAsync(account, cancellation)
            : await suspend.RunAsync(account, suspended: act == RegionActs.Suspend, by, cancellation);
        return done.Then(_ => new QueuedMails<RegionChanged>(new RegionChanged(act, account.Id), null));
    }
}
