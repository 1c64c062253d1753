using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Statements.Signing;

/// <summary>Who signs the organisation's certificates.</summary>
public sealed class SignatoryFunctions(NameSignatory signatory)
{
    private const string Address = "api/organisations/{org}/signatory";

    /// <summary>Who signs certificates, and whether that person's signature is drawn.</summary>
    [Function("ShowSignatory")]
    [Access(Callers.Manager)]
    public Task<IResult> Show(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Address)] HttpRequest request, CancellationToken cancellation) =>
        Endpoint.RunAsync(
            request.Organisation(),
            organisation => signatory.ShowAsync(organisation, request.Caller(), cancellation),
            shown => ApiJson.Ok(shown));

    /// <summary>Names the manager who signs certificates.</summary>
    [Function("NameSignatory")]
    [Access(Callers.Manager, PerMinute = 20)]
    public Task<IResult> Name(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = Address)] HttpRequest request, CancellationToken cancellation) =>
        Endpoint.RunAsync(
            request,
            request.Organisation(),
            (OrganisationId organisation, SignatoryBody body) => signatory.NameAsync(organisation, body, request.Caller(), cancellation),
            shown => ApiJson.Ok(shown),
            cancellation);

    /// <summary>Keeps the signature that the named person draws: certificates bear it when that person asks for them.</summary>
    [Function("DrawSignatoryMark")]
    [Access(Callers.Manager, PerMinute = 20)]
    public Task<IResult> Mark(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Address + "/mark")] HttpRequest request,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            request,
            request.Organisation(),
            (OrganisationId organisation, SignatoryMarkBody body) => signatory.MarkAsync(
                organisation, body, request.Caller(), cancellation),
            shown => ApiJson.Ok(shown),
            cancellation);
}
