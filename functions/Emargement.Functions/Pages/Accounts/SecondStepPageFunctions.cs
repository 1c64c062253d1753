using Emargement.Domain.Accounts;
using Emargement.Functions.Accounts.Api;
using Emargement.Functions.Accounts.Factors;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Web.Accounts;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Pages.Accounts;

/// <summary>The page between the password and everything else.</summary>
public sealed class SecondStepPageFunctions(OrganisationSettings organisations, FactorsTable factors, OfferSecondStep offer)
{
    /// <summary><c>GET o/{org}/second-step?back=</c>: gives the code, or sets the app up. Who has done both goes on.</summary>
    [Function("ShowSecondStepPage")]
    [Access(Callers.Trainer | Callers.Manager | Callers.OneFactor)]
    [Page]
    public async Task<IResult> ShowSecondStep(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "o/{org}/second-step")] HttpRequest request,
        CancellationToken cancellation)
    {
        var own = AccountRoute.Own(request);
        var isSet = await factors.FindAsync(own.Organisation, own.Id, cancellation) is not null;
        return !isSet ? await ShowOfferAsync(request, own, cancellation)
            : request.Caller().Kind == Callers.OneFactor ? await ShowCodeAsync(request, own, cancellation)
            : Results.Redirect(Then(request, own));
    }

    private async Task<IResult> ShowCodeAsync(HttpRequest request, Route<AccountId> own, CancellationToken cancellation) =>
        await request.ShowAsync<SecondStepPage, SecondStepModel>(
            await organisations.GetAsync(own.Organisation, cancellation),
            organisation => Task.FromResult<Domain.Platform.Result<SecondStepModel>>(
                new SecondStepModel(organisation.Id.Value, organisation.Name, Then(request, own))));

    private async Task<IResult> ShowOfferAsync(HttpRequest request, Route<AccountId> own, CancellationToken cancellation) =>
        await request.ShowAsync<EnrolPage, EnrolModel>(
            await organisations.GetAsync(own.Organisation, cancellation),
            async organisation =>
            {
                var offered = await offer.RunAsync(own, cancellation);
                return offered.IsOk
                    ? new EnrolModel(
                        organisation.Id.Value,
                        offered.Value.Offer,
                        new Uri(offered.Value.Otpauth),
                        offered.Value.Secret,
                        offered.Value.QrSvg,
                        NeedsPassword: request.Caller().Kind != Callers.OneFactor,
                        Then(request, own))
                    : offered.Refusal;
            });

    private static string Then(HttpRequest request, Route<AccountId> own) =>
        PageAnswers.OwnPath(request.Query["back"].FirstOrDefault()) ?? $"/o/{own.Organisation}/today";
}
