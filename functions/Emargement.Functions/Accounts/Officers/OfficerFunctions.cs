using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts.Api;
using Emargement.Functions.Accounts.Invitations;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Mail;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Accounts.Officers;

/// <param name="Account">Key of the account, as in addresses.</param>
/// <param name="Role"><c>reading</c>, <c>handling</c> or <c>leading</c>.</param>
/// <param name="State"><c>active</c>, <c>invited</c>, <c>expired</c>, <c>unopened</c> or <c>suspended</c>.</param>
public sealed record OfficerView(
    string Account, OfficerRole Role, string LastName, string FirstName, EmailAddress? Email, StaffState State)
{
    public static OfficerView Of(StaffMember member) => new(
        member.Account.Id.Key,
        member.Account.Role ?? OfficerRole.Reading,
        member.Account.LastName,
        member.Account.FirstName,
        member.Account.Email,
        member.State);
}

/// <param name="Role"><c>reading</c>, <c>handling</c> or <c>leading</c>.</param>
public sealed record InviteOfficerBody(string LastName, string FirstName, EmailAddress Email, OfficerRole Role);

/// <summary>The officers of a Région: the first made by the operator, others invited by one who leads.</summary>
public sealed class OfficerFunctions(
    CreateOfficer create, InviteStaff invite, ListStaff list, SuspendAccount suspend, PublicAddress address)
{
    private const string Base = "api/region/{region}/officers";

    /// <summary>Makes the account of a Région's officer. The answer holds the link behind which they choose a password.</summary>
    [Function("CreateOfficer")]
    [Access(Callers.Operator)]
    [Audit(AuditKind.Role)]
    public Task<IResult> Create(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Base)] HttpRequest request, CancellationToken cancellation) =>
        Endpoint.RunAsync(
            request,
            OfficerRoute.Of(request),
            (RegionCode region, CreateOfficerBody body) => create.RunAsync(region, body, request.Caller(), cancellation),
            made => OfficerRoute.Noted(request, made.Id, ApiJson.Ok(
                ManagerCreated.Of(made, address.Of(request)), StatusCodes.Status201Created)),
            cancellation);

    /// <summary>Invites an officer: the mail brings a link that is good for seven days, once.</summary>
    [Function("InviteOfficer")]
    [Access(Callers.Officer, Role = OfficerRole.Leading, PerMinute = 30)]
    [Audit(AuditKind.Invitation)]
    public Task<IResult> Invite(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Base + "/invitations")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            request,
            OfficerRoute.Of(request),
            (RegionCode region, InviteOfficerBody body) => client.SendAsync(
                invite.RunAsync(
                    OrganisationId.OfRegion(region), OfficerRoute.InvitationOf(body), request.Caller().Id, cancellation, body.Role),
                i => i.Batch,
                cancellation),
            invited => OfficerRoute.Noted(request, invited.Done.Account.Id, ApiJson.Ok(
                InvitationView.Of(invited.Done), StatusCodes.Status201Created)),
            cancellation);

    /// <summary>The officers, and who is invited.</summary>
    [Function("ListOfficers")]
    [Access(Callers.Officer | Callers.Operator, Role = OfficerRole.Leading)]
    public Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Base)] HttpRequest request, CancellationToken cancellation) =>
        Endpoint.RunAsync(
            OfficerRoute.Of(request),
            async region => Result<IReadOnlyList<StaffMember>>.FromT(
                await list.RunAsync(OrganisationId.OfRegion(region), invitedOnly: false, cancellation)),
            members => ApiJson.Ok(members.Select(OfficerView.Of)));

    /// <summary>Suspends an officer: the account signs nobody in, and its devices are signed out.</summary>
    [Function("SuspendOfficer")]
    [Access(Callers.Officer | Callers.Operator, Role = OfficerRole.Leading)]
    [Audit(AuditKind.Role)]
    public Task<IResult> Suspend(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Base + "/{account}/suspension")] HttpRequest request,
        CancellationToken cancellation) => ToAsync(request, suspended: true, cancellation);

    /// <summary>Gives a suspended officer's account back, with the password that it had.</summary>
    [Function("RestoreOfficer")]
    [Access(Callers.Officer | Callers.Operator, Role = OfficerRole.Leading)]
    [Audit(AuditKind.Role)]
    public Task<IResult> Restore(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = Base + "/{account}/suspension")] HttpRequest request,
        CancellationToken cancellation) => ToAsync(request, suspended: false, cancellation);

    private Task<IResult> ToAsync(HttpRequest request, bool suspended, CancellationToken cancellation) => Endpoint.RunAsync(
        OfficerRoute.AccountOf(request),
        account => suspend.RunAsync(account, suspended, request.Caller(), cancellation),
        _ => Results.NoContent());
}
