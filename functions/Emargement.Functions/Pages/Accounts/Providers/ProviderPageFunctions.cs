using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Http.Bodies;
using Emargement.Web.Accounts;
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
    public async Task<IResult> Change(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Address)] HttpRequest request, CancellationToken cancellation)
    {
        var organisation = await organisations.OfAsync(request, cancellation);
        var form = await organisation.ThenAsync(_ => request.ReadFieldsAsync(cancellation));
        var done = await form.ThenAsync(fields => change.RunAsync(organisation.Value!.Id, fields, cancellation));
        return done.IsOk
            ? Results.Redirect($"/o/{organisation.Value!.Id}/settings/providers?done={done.Value}")
            : await ReturnAsync(request, organisation, form.Value?.Typed, done.Refusal, cancellation);
    }

    private async Task<IResult> ReturnAsync(
        HttpRequest request,
        Result<Organisation> organisation,
        IReadOnlyDictionary<string, string>? typed,
        Refusal refusal,
        CancellationToken cancellation)
    {
        var shown = await organisation.ThenAsync(o => show.RunAsync(o, Callback(request), cancellation));
        return !shown.IsOk || typed is null
            ? await request.RefusalPageAsync(organisation.Value, refusal)
            : await request.PageAsync<ProvidersPage, ProvidersModel>(
                organisation.Value,
                shown.Value with { Refusal = request.Texts().Refusal(refusal), Typed = typed },
                Problem.StatusOf(refusal.Kind));
    }

    private string Callback(HttpRequest request) => $"{address.Of(request)}/oidc/callback";
}
