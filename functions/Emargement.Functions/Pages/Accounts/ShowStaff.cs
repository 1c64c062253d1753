using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts;
using Emargement.Functions.Accounts.Invitations;
using Emargement.Functions.Platform.Access;
using Emargement.Web.Accounts.Office;

namespace Emargement.Functions.Pages.Accounts;

/// <summary>Makes what the managers' page shows: who has an account, and who is invited.</summary>
public sealed class ShowStaff(ListStaff list)
{
    public async Task<Result<StaffModel>> RunAsync(Organisation organisation, Caller caller, CancellationToken cancellation)
    {
        var members = await list.RunAsync(organisation.Id, invitedOnly: false, cancellation);
        return new StaffModel(organisation.Id, [.. members.Select(m => Row(m, caller))]);
    }

    private static StaffRow Row(StaffMember member, Caller caller) => new(
        member.Account.Id.Key,
        member.Account.DisplayName,
        member.Account.Email?.Value,
        AccountId.Word(member.Account.Id.Kind),
        member.State.ToString().ToLowerInvariant())
    {
        InvitedBy = member.InvitedBy,
        InvitedAt = member.Account.Invited?.At,
        Until = member.State is StaffState.Invited or StaffState.Expired ? member.Account.Invited?.Until : null,
        Acts = member.Account.Id == caller.Account ? [] : ActsOn(member.State),
        LastName = member.Account.LastName,
        FirstName = member.Account.FirstName,
    };

    private static IReadOnlyList<string> ActsOn(StaffState state) => state switch
    {
        StaffState.Active => [StaffActs.Suspend, StaffActs.Reset],
        StaffState.Suspended => [StaffActs.Restore],
        StaffState.Unopened => [StaffActs.Invite],
        _ => [StaffActs.Invite, StaffActs.Revoke],
    };
}
