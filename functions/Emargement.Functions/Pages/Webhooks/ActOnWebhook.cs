using System.Globalization;
using Azure;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Http.Bodies;
using Emargement.Functions.Webhooks.Deliveries;
using Emargement.Functions.Webhooks.Endpoints;

namespace Emargement.Functions.Pages.Webhooks;

/// <param name="Said">What the page says then; null when the endpoint is gone.</param>
/// <param name="Secret">A new one, to show.</param>
/// <param name="Again">Deliveries that the page starts again.</param>
public sealed record WebhookActed(string? Said, string? Secret = null, Replayed? Again = null);

/// <summary>What the buttons of an endpoint's page do.</summary>
public sealed class ActOnWebhook(SaveWebhook save, ReplayDeliveries replay, RemoveWebhook remove)
{
    /// <returns>What was done, or the refusal of the use case behind the button, or <c>form-invalid</c>.</returns>
    public async Task<Result<WebhookActed>> RunAsync(
        OrganisationId organisation, string webhook, FormFields form, CancellationToken cancellation)
    {
        if (form.Text("replay") is { } delivery)
        {
            var again = await replay.RunAsync(new EndpointPlace(organisation, webhook), new ReplayBody(delivery), cancellation);
            return again.Then(done => new WebhookActed(done.Queued.ToString(CultureInfo.InvariantCulture), Again: done));
        }

        var read = form.Text("version") is { Length: > 0 } version ? new ETag(version) : default;
        return form.Text("act") switch
        {
            "test" => (await save.TestAsync(organisation, webhook, cancellation)).Then(_ => new WebhookActed("test")),
            "pause" => await ChangeAsync(organisation, webhook, true, read, cancellation),
            "open" => await ChangeAsync(organisation, webhook, false, read, cancellation),
            "rotate" => (await save.RotateAsync(organisation, webhook, cancellation)).Then(made => new WebhookActed(null, made.Secret)),
            "remove" => (await remove.RunAsync(organisation, webhook, read, cancellation)).Then(_ => new WebhookActed(null)),
            _ => Refusal.BadInput("form-invalid"),
        };
    }

    private async Task<Result<WebhookActed>> ChangeAsync(
        OrganisationId organisation, string webhook, bool paused, ETag read, CancellationToken cancellation) =>
        (await save.ChangeAsync(organisation, webhook, new EndpointPatch(Paused: paused), read, cancellation))
            .Then(_ => new WebhookActed("change"));
}
