using Azure;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.People.Organisations;

/// <summary>Training organisations, and their settings.</summary>
public sealed class OrganisationFunctions(CreateOrganisation create, ChangeOrganisation change, OrganisationsTable table)
{
    private const string Route = "api/organisations";
    private const string One = Route + "/{org}";

    /// <summary>Makes an organisation.</summary>
    [Function("CreateOrganisation")]
    [Access(Callers.Operator)]
    public Task<IResult> Create(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route)] HttpRequest request, CancellationToken cancellation) =>
        Endpoint.RunAsync(
            request,
            (CreateOrganisationBody body) => create.RunAsync(body.ToOrganisation(), cancellation),
            organisation => ETags.Ok(OrganisationView.Of(organisation.Value), organisation.ETag, StatusCodes.Status201Created),
            cancellation);

    /// <summary>Every organisation.</summary>
    [Function("ListOrganisations")]
    [Access(Callers.Operator)]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route)] HttpRequest request, CancellationToken cancellation) =>
        ApiJson.Ok(await table.ListAsync(cancellation).Select(o => OrganisationView.Of(o.Value)).ToListAsync(cancellation));

    /// <summary>The settings as they are now, with the ETag that a change must carry.</summary>
    [Function("GetOrganisation")]
    [Access(Callers.Manager | Callers.Operator)]
    public Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = One)] HttpRequest request, CancellationToken cancellation) =>
        Endpoint.RunAsync(request.Organisation(), id => table.GetAsync(id, cancellation), Ok);

    /// <summary>Changes settings; those left out stay as they are. If-Match carries the ETag that was read.</summary>
    [Function("ChangeOrganisation")]
    [Access(Callers.Manager | Callers.Operator)]
    public Task<IResult> Change(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = One)] HttpRequest request, CancellationToken cancellation) =>
        Endpoint.ChangeAsync(
            request,
            request.Organisation(),
            (OrganisationId id, OrganisationPatch patch, ETag version) => change.RunAsync(id, patch, version, cancellation),
            Ok,
            cancellation);

    private static IResult Ok(Stored<Organisation> organisation) => ETags.Ok(OrganisationView.Of(organisation.Value), organisation.ETag);
}
