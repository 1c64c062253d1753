using Emargement.Functions.Platform.Durable;
using Emargement.Functions.Platform.Mail;
using Emargement.Functions.Webhooks.Deliveries;
using Emargement.Functions.Webhooks.Endpoints;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Functions.Webhooks;

internal static class WebhooksServices
{
    public static IServiceCollection AddWebhooks(this IServiceCollection services) => services
        .AddSingleton<WebhookEndpointsTable>()
        .AddSingleton<WebhookDeliveriesTable>()
        .AddSingleton<WebhookCall>()
        .AddSingleton<SaveWebhook>()
        .AddSingleton<ListDeliveries>()
        .AddSingleton<ReplayDeliveries>()
        .AddSingleton<RemoveWebhook>()
        .AddSingleton<DeliverWebhook>()
        .AddSingleton<EndpointHealth>()
        .AddSingleton<WebhookAlarm>()
        .AddSingleton<IMailTemplate, WebhookDisabledMail>()
        .AddSingleton<IAnnouncer, WebhookAnnouncer>();
}
