using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Functions.Accounts.Links;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Accounts.Api;

public sealed record ManagerCreated(string Account, Uri ActivationUrl, DateTimeOffset ExpiresAt)
{
    public static ManagerCreated Of(NewManager manager, string address)
    {
        var link = ActivationView.Of(manager.Link, address);
        return new(manager.Id.Key, link.ActivationUrl, link.ExpiresAt);
    }
}

/// <summary>Managers of an organisation.</summary>
public sealed class ManagerFunctions(OrganisationSettings organisations, CreateManager create, PublicAddress address)
{
    /// <summary>Makes the account of a manager. The answer holds the link behind which they choose a password.</summary>
    [Function("CreateManager")]
    [Access(Callers.Operator | Callers.Manager)]
    [Audit(AuditKind.Role)]
    public async Task<IResult> Create(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/organisations/{org}/managers")] HttpRequest request,
        CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            request,
            await organisations.OfAsync(request, cancellation),
            (Organisation organisation, CreateManagerBody body) => create.RunAsync(organisation.Id, body, request.Caller(), cancellation),
            manager =>
            {
                if (request.Organisation() is { IsOk: true, Value: var organisation })
                {
                    request.HttpContext.NoteWhom(organisation, manager.Id);
                }

                return ApiJson.Ok(ManagerCreated.Of(manager, address.Of(request)), StatusCodes.Status201Created);
            },
            cancellation);
}
