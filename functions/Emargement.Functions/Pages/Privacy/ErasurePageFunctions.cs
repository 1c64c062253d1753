using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts.Api;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Http.Bodies;
using Emargement.Functions.Privacy.Erasure;
using Emargement.Web.Privacy;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Pages.Privacy;

/// <summary>The page that answers somebody who asks to be erased: what goes, what stays, and why. Its form needs no script.</summary>
public sealed class ErasurePageFunctions(OrganisationSettings organisations, ErasePerson erase)
{
    private const string Address = "o/{org}/accounts/{account}/erasure";

    /// <summary><c>GET o/{org}/accounts/{account}/erasure</c>: what erasing a person leaves.</summary>
    [Function("ShowErasurePage")]
    [Access(Callers.Manager)]
    [Page]
    public async Task<IResult> Show(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Address)] HttpRequest request, CancellationToken cancellation) =>
        await request.ShowAsync<ErasurePage, ErasureModel>(
            await organisations.OfAsync(request, cancellation),
            organisation => ShownAsync(request, organisation, cancellation));

    /// <summary>Erases, then shows the page again.</summary>
    [Function("ErasePersonOnPage")]
    [Access(Callers.Manager, PerMinute = 20)]
    [Page]
    [Audit(AuditKind.Erasure)]
    public Task<IResult> Erase(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Address)] HttpRequest request, CancellationToken cancellation) =>
        PageForms.RunAsync(
            request,
            organisations.OfAsync(request, cancellation),
            (organisation, form) => EraseAsync(request, organisation, form, cancellation),
            cancellation);

    private async Task<IResult> EraseAsync(
        HttpRequest request, Organisation organisation, FormFields form, CancellationToken cancellation)
    {
        var done = await AccountRoute.Of(request).ThenAsync(person => form.Text("sure") is null
            ? Task.FromResult<Result<ErasureAnswer>>(Refusal.BadInput("erasure-not-sure"))
            : erase.RunAsync(organisation, person.Id, request.Caller(), cancellation));
        return await request.AnswerAsync<ErasureAnswer, ErasurePage, ErasureModel>(
            organisation,
            done,
            erased => $"/o/{organisation.Id}/accounts/{erased.Person.Key}/erasure",
            () => ShownAsync(request, organisation, cancellation),
            (shown, refusal) => shown with { Refusal = refusal });
    }

    private Task<Result<ErasureModel>> ShownAsync(HttpRequest request, Organisation organisation, CancellationToken cancellation) =>
        AccountRoute.Of(request).ThenAsync(async person =>
            (await erase.ShowAsync(organisation, person.Id, cancellation)).Then(answer => Model(request, answer)));

    private static ErasureModel Model(HttpRequest request, ErasureAnswer answer) => new(
        request.RouteText("org"),
        answer.Person.Key,
        answer.Name,
        answer.ErasedOn,
        answer.OnHold,
        request.Caller().Account == answer.Person,
        [.. answer.Kept.Select(k => new KeptProofModel(k.Training.Title, k.Term.Rule, k.Term.Until))]);
}
