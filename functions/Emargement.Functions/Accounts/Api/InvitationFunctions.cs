using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts.Invitations;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Mail;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Accounts.Api;

/// <param name="Account">Key of the account, as in addresses.</param>
/// <param name="State"><c>active</c>, <c>invited</c>, <c>expired</c>, <c>unopened</c> or <c>suspended</c>.</param>
/// <param name="InvitedBy">Name of who invited, while that is known.</param>
/// <param name="ExpiresAt">When an invitation ends that was not answered.</param>
public sealed record StaffView(
    string Account,
    AccountKind Role,
    string LastName,
    string FirstName,
    EmailAddress? Email,
    StaffState State,
    string? InvitedBy,
    DateTimeOffset? InvitedAt,
    DateTimeOffset? ExpiresAt)
{
    public static StaffView Of(StaffMember member) => new(
        member.Account.Id.Key,
        member.Account.Id.Kind,
        member.Account.LastName,
        member.Account.FirstName,
        member.Account.Email,
        member.State,
        member.InvitedBy,
        member.Account.Invited?.At,
        member.Account.IsOpened ? null : member.Account.Invited?.Until);
}

/// <param name="ExpiresAt">When the link in the mail ends.</param>
public sealed record InvitationView(string Account, AccountKind Role, EmailAddress Email, DateTimeOffset ExpiresAt)
{
    public static InvitationView Of(Invitation invitation) => new(
        invitation.Account.Id.Key, invitation.Account.Id.Kind, invitation.Account.Email!.Value, invitation.Invited.Until);
}

/// <summary>Managers and trainers whom a manager invites by e-mail.</summary>
public sealed class InvitationFunctions(OrganisationSettings organisations, InviteStaff invite, RevokeInvitation revoke, ListStaff list)
{
    private const string Base = "api/organisations/{org}";

    /// <summary>Invites a manager or a trainer: the mail brings a link that is good for seven days, once.</summary>
    [Function("Invite")]
    [Access(Callers.Manager | Callers.Operator, PerMinute = 30)]
    [Audit(AuditKind.Invitation)]
    public async Task<IResult> Invite(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Base + "/invitations")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            request,
            await organisations.OfAsync(request, cancellation),
            (Organisation organisation, InviteBody body) => client.SendAsync(
                invite.RunAsync(organisation.Id, body, request.Caller().Id, cancellation), i => i.Batch, cancellation),
            invited =>
            {
                request.HttpContext.NoteWhom(request.Organisation().Value, invited.Done.Account.Id);
                return ApiJson.Ok(InvitationView.Of(invited.Done), StatusCodes.Status201Created);
            },
            cancellation);

    /// <summary>Invitations that wait for an answer, or that were not answered in time.</summary>
    [Function("ListInvitations")]
    [Access(Callers.Manager | Callers.Operator)]
    public Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Base + "/invitations")] HttpRequest request,
        CancellationToken cancellation) => ListAsync(request, invitedOnly: true, cancellation);

    /// <summary>Takes an invitation back that was not answered: its link opens nothing any more.</summary>
    [Function("RevokeInvitation")]
    [Access(Callers.Manager | Callers.Operator)]
    [Audit(AuditKind.Invitation)]
    public Task<IResult> Revoke(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = Base + "/invitations/{account}")] HttpRequest request,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            AccountRoute.Of(request),
            (Route<AccountId> account) => revoke.RunAsync(account, cancellation),
            _ => Results.NoContent());

    /// <summary>The managers, and everybody who is invited.</summary>
    [Function("ListStaff")]
    [Access(Callers.Manager | Callers.Operator)]
    public Task<IResult> ListAll(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Base + "/managers")] HttpRequest request,
        CancellationToken cancellation) => ListAsync(request, invitedOnly: false, cancellation);

    private async Task<IResult> ListAsync(HttpRequest request, bool invitedOnly, CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            await organisations.OfAsync(request, cancellation),
            async organisation => Result<IReadOnlyList<StaffMember>>.FromT(
                await list.RunAsync(organisation.Id, invitedOnly, cancellation)),
            members => ApiJson.Ok(members.Select(StaffView.Of)));
}
