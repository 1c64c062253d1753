using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Accounts.Api;

public sealed record CreateManagerBody(Reference Ref, string LastName, string FirstName, EmailAddress Email);

public sealed record ManagerCreated(string Account, Uri ActivationUrl, DateTimeOffset ExpiresAt);

public sealed class CreateManager(OrganisationSettings organisations, Managers managers, PublicAddress address)
{
    [Function("CreateManager")]
    [Access(Callers.Operator | Callers.Manager)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/organisations/{org}/managers")] HttpRequest request, string org, CancellationToken cancellation)
    {
        var body = await request.ReadBodyAsync<CreateManagerBody>(cancellation);
        var organisation = await organisations.GetAsync(org, cancellation);
        if ((body.Refusal ?? organisation.Refusal) is { } refusal)
        {
            return Problem.From(refusal);
        }

        var (reference, lastName, firstName, email) = body.Value!;
        var created = await managers.CreateAsync(organisation.Value!.Id, reference, lastName, firstName, email, cancellation);
        return created.ToHttp(m =>
        {
            var link = ActivationView.Of(m, address.Of(request));
            return ApiJson.Ok(
                new ManagerCreated(new AccountId(AccountKind.Manager, reference).Key, link.ActivationUrl, link.ExpiresAt), StatusCodes.Status201Created);
        });
    }
}
