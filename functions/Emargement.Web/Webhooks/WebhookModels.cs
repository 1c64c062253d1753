using Emargement.Web.Platform;

namespace Emargement.Web.Webhooks;

/// <summary>How an endpoint stands.</summary>
public enum WebhookLook
{
    Active,
    Paused,
    Disabled,
}

/// <param name="Host">What is shown of its address.</param>
/// <param name="Version">What a form that changes it sends back.</param>
public sealed record WebhookRow(string Id, string Host, IReadOnlyList<string> Events, WebhookLook Look, string Version);

/// <param name="Events">Those that may be asked for.</param>
/// <param name="Secret">One that was made just now: this page is the only one that ever shows it.</param>
/// <param name="Returned">The form that came back.</param>
public sealed record WebhooksModel(
    string Organisation, IReadOnlyList<WebhookRow> Webhooks, IReadOnlyList<string> Events, string? Secret = null,
    ReturnedForm? Returned = null);

/// <summary>How a delivery stands.</summary>
public enum DeliveryLook
{
    Waiting,
    Delivered,
    GivenUp,
}

/// <param name="Status">What was answered last, of HTTP.</param>
/// <param name="Why">Why there was no answer, in words.</param>
public sealed record DeliveryRow(
    string Key, string Event, string Type, DateTimeOffset At, DeliveryLook Look, int Tries, int? Status, string? Why);

/// <param name="Older">Asks for the deliveries before these.</param>
/// <param name="Done">What was just done: <c>test</c>, <c>change</c> or a number of deliveries sent again.</param>
public sealed record WebhookModel(
    string Organisation, WebhookRow Webhook, IReadOnlyList<DeliveryRow> Deliveries, string? Older, string? Secret = null,
    string? Done = null, string? Refusal = null);
