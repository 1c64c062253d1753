using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Http.Bodies;
using Emargement.Web.Accounts.Office;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Pages.Accounts.Providers;

/// <summary>The providers' page of the settings. Its forms need no script.</summary>
public sealed class ProviderPageFunctions(
    OrganisationSettings organisations, ShowProviders show, ChangeProviders change, PublicAddress address)
{
    private const string Address = "o/{org}/settings/providers";

    /// <summary>The providers, and the form that adds one.</summary>
    [Function("ShowProvidersPage")]
    [Access(Callers.Manager)]
    [Page]
    public async Task<IResult> Show(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Address)] HttpRequest request, CancellationToken cancellation) =>
        await request.ShowAsync<ProvidersPage, ProvidersModel>(
            await organisations.OfAsync(request, cancellation),
            async organisation => (await show.RunAsync(organisation, Callback(request), cancellation)).Then(
                shown => shown with { Done = ProviderActs.Known(request.Query["done"]) }));

    /// <summary>Adds a provider, gives it another secret, or takes it away; then shows the page again.</summary>
    [Function("ChangeProviders")]
    [Access(Callers.Manager, PerMinute = 20)]
    [Page]
    [Audit(AuditKind.Role)]
    public Task<IResult> Change(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Address)] HttpRequest request, CancellationToken cancellation) =>
        PageForms.RunAsync(
            request,
            organisations.OfAsync(request, cancellation),
            (organisation, form) => ChangeAsync(request, organisation, form, cancellation),
            cancellation);

    private async Task<IResult> ChangeAsync(
        HttpRequest request, Organisation organisation, FormFields form, CancellationToken cancellation) =>
        await request.AnswerAsync<string, ProvidersPage, ProvidersModel>(
            organisation,
            await change.RunAsync(organisation.Id, form, cancellation),
            done => $"/o/{organisation.Id}/settings/providers?done={done}",
            () => show.RunAsync(organisation, Callback(request), cancellation),
            (shown, refusal) => shown with { Refusal = refusal, Typed = form.Typed });

    private string Callback(HttpRequest request) => $"{address.Of(request)}/oidc/callback";
}
