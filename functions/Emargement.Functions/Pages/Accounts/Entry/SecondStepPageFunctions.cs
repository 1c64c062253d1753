using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts.Api;
using Emargement.Functions.Accounts.Factors;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Http.Bodies;
using Emargement.Functions.Platform.Mail;
using Emargement.Web.Accounts;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Pages.Accounts.Entry;

/// <summary>The page between the password and everything else. Its forms need no script.</summary>
public sealed class SecondStepPageFunctions(
    OrganisationSettings organisations, FactorsTable factors, OfferSecondStep offer, TakeSecondStep take, SetUpSecondStep setUp)
{
    private const string Address = "o/{org}/second-step";
    private const string OfficerAddress = "r/{region}/second-step";

    /// <summary><c>GET o/{org}/second-step?back=</c>: gives the code, or sets the app up. Who has done both goes on.</summary>
    [Function("ShowSecondStepPage")]
    [Access(Callers.Trainer | Callers.Manager | Callers.OneFactor)]
    [Page]
    public async Task<IResult> ShowSecondStep(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Address)] HttpRequest request, CancellationToken cancellation) =>
        await ShowAsync(request, cancellation);

    /// <summary><c>GET r/{region}/second-step?back=</c>: the same for an officer.</summary>
    [Function("ShowOfficerSecondStepPage")]
    [Access(Callers.Officer | Callers.OneFactor)]
    [Page]
    public async Task<IResult> ShowOfficerSecondStep(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = OfficerAddress)] HttpRequest request,
        CancellationToken cancellation) => await ShowAsync(request, cancellation);

    /// <summary>Takes the code, and leads on; or sets the app up, and shows the recovery codes this once.</summary>
    [Function("TakeSecondStepOnPage")]
    [Access(Callers.Trainer | Callers.Manager | Callers.OneFactor, PerMinute = 20)]
    [Page]
    [Audit(AuditKind.Factor)]
    public Task<IResult> TakeSecondStep(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Address)] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) => TakeAsync(request, client, cancellation);

    /// <summary>The same for an officer.</summary>
    [Function("TakeOfficerSecondStepOnPage")]
    [Access(Callers.Officer | Callers.OneFactor, PerMinute = 20)]
    [Page]
    public Task<IResult> TakeOfficerSecondStep(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = OfficerAddress)] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) => TakeAsync(request, client, cancellation);

    private async Task<IResult> ShowAsync(HttpRequest request, CancellationToken cancellation)
    {
        var own = AccountRoute.Own(request);
        var isSet = await factors.FindAsync(own.Organisation, own.Id, cancellation) is not null;
        return !isSet ? await ShowOfferAsync(request, null, null, cancellation)
            : request.Caller().Kind == Callers.OneFactor ? await ShowCodeAsync(request, null, cancellation)
            : Results.Redirect(Then(request));
    }

    private Task<IResult> TakeAsync(HttpRequest request, DurableTaskClient client, CancellationToken cancellation) =>
        PageForms.RunAsync(
            request,
            organisations.HolderAsync(request, cancellation),
            (organisation, form) => form.Text("offer") is { } offered
                ? SetUpAsync(request, client, organisation, form, offered, cancellation)
                : TakeAsync(request, form, cancellation),
            cancellation);

    private async Task<IResult> TakeAsync(HttpRequest request, FormFields form, CancellationToken cancellation)
    {
        if (request.Caller().Kind != Callers.OneFactor)
        {
            return Results.Redirect(Then(request));
        }

        var taken = await take.RunAsync(request, new TakeSecondStepBody(form.Text("code") ?? string.Empty), cancellation);
        return taken.IsOk ? Results.Redirect(Then(request)) : await ShowCodeAsync(request, taken.Refusal, cancellation);
    }

    private async Task<IResult> SetUpAsync(
        HttpRequest request, DurableTaskClient client, Organisation organisation, FormFields form, string offered,
        CancellationToken cancellation)
    {
        // As it was typed: spaces around a password are part of it.
        var body = new SetUpSecondStepBody(offered, form.Text("code") ?? string.Empty, form.All("password").FirstOrDefault());
        var set = await client.SendAsync(setUp.RunAsync(request, body, cancellation), c => c.Mails, cancellation);
        return set.IsOk
            ? await request.PageAsync<SpareCodesPage, SpareCodesModel>(
                organisation, new SpareCodesModel(SpareCodesView.Of(set.Value).Codes, Then(request)))
            : await ShowOfferAsync(request, set.Refusal, offered, cancellation);
    }

    private async Task<IResult> ShowCodeAsync(HttpRequest request, Refusal? refused, CancellationToken cancellation)
    {
        var organisation = await organisations.HolderAsync(request, cancellation);
        return organisation.IsOk
            ? await request.PageAsync<SecondStepPage, SecondStepModel>(
                organisation.Value,
                new SecondStepModel(organisation.Value.Id.Value, organisation.Value.Name, Then(request))
                {
                    Refusal = Said(request, refused),
                },
                StatusOf(refused))
            : await request.RefusalPageAsync(null, organisation.Refusal);
    }

    private async Task<IResult> ShowOfferAsync(
        HttpRequest request, Refusal? refused, string? again, CancellationToken cancellation)
    {
        var organisation = await organisations.HolderAsync(request, cancellation);
        var offered = await organisation.ThenAsync(_ => offer.RunAsync(AccountRoute.Own(request), cancellation, again));
        return offered.IsOk
            ? await request.PageAsync<EnrolPage, EnrolModel>(
                organisation.Value, Model(request, offered.Value) with { Refusal = Said(request, refused) }, StatusOf(refused))
            : await request.RefusalPageAsync(organisation.Value, offered.Refusal);
    }

    private static EnrolModel Model(HttpRequest request, SecondStepOffer offered) => new(
        AccountRoute.Own(request).Organisation.Value,
        offered.Offer,
        new Uri(offered.Otpauth),
        offered.Secret,
        offered.QrSvg,
        NeedsPassword: request.Caller().Kind != Callers.OneFactor,
        Then(request));

    private static string? Said(HttpRequest request, Refusal? refused) =>
        refused is null ? null : request.Texts().Refusal(refused);

    private static int StatusOf(Refusal? refused) =>
        refused is null ? StatusCodes.Status200OK : Problem.StatusOf(refused.Kind);

    private static string Then(HttpRequest request) =>
        PageAnswers.OwnPath(request.Query["back"].FirstOrDefault()) ?? HomeOf(AccountRoute.Own(request).Organisation);

    private static string HomeOf(OrganisationId holder) => $"{holder.Pages}/{(holder.Region is null ? "today" : "months")}";
}
