using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Signing.Tokens;

/// <summary><c>POST learners/{learner}/card</c>: a new card of single-use codes, as a PDF to print.</summary>
public sealed class PrintCardFunction(ProvisionToken useCase)
{
    [Function("PrintCard")]
    [Access(Callers.Manager)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/organisations/{org}/learners/{learner}/card")] HttpRequest request,
        string org,
        string learner,
        CancellationToken cancellation)
    {
        var route = LearnerRoute.Parse(org, learner);
        if (!route.IsOk)
        {
            return Problem.From(route.Refusal);
        }

        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return await useCase.CardAsync(route.Value.Organisation, route.Value.Learner, cancellation)
            .ToHttp(card => Results.File(CardPdf.Write(card), "application/pdf", $"carte-{card.Learner.Ref.Key}.pdf"));
    }
}
