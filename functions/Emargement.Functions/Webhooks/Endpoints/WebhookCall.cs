using System.Globalization;
using System.Text;
using System.Text.Json;
using Emargement.Domain.Platform;
using Emargement.Domain.Platform.Announcements;
using Emargement.Functions.Platform.Outgoing;

namespace Emargement.Functions.Webhooks.Endpoints;

/// <summary>What became of one try.</summary>
/// <param name="Status">Of HTTP; null where there was no answer.</param>
/// <param name="RetryAfter">What the endpoint asked for.</param>
/// <param name="Failure">Why there was no answer.</param>
public sealed record WebhookAnswer(int? Status, TimeSpan? RetryAfter, Refusal? Failure);

/// <summary>Sends one piece of news to an endpoint, signed (Standard Webhooks 1.0.0).</summary>
public sealed class WebhookCall(GuardedHttp http, TimeProvider time)
{
    // Nobody reads what an endpoint answers but its status.
    private const int MostBytes = 64 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>What is sent of a piece of news: its type, its instant, its members.</summary>
    public static string BodyOf(Announcement news) => JsonSerializer.Serialize(
        new Dictionary<string, object> { ["type"] = news.Type, ["timestamp"] = news.At.UtcDateTime, ["data"] = news.Data });

    public async Task<WebhookAnswer> SendAsync(WebhookEndpoint endpoint, string id, string body, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var bytes = Encoding.UTF8.GetBytes(body);
        if (endpoint.Address is null)
        {
            return new WebhookAnswer(null, null, Refusal.BadInput("webhook-locked"));
        }

        var call = new OutgoingCall(endpoint.Address, MostBytes, Patience)
        {
            Method = HttpMethod.Post,
            Body = (bytes, "application/json"),
            Headers = new Dictionary<string, string>
            {
                ["webhook-id"] = id,
                ["webhook-timestamp"] = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
                ["webhook-signature"] = string.Join(' ', endpoint.SigningAt(now).Select(s => s.Sign(id, now, bytes))),
            },
        };
        var answered = await http.SendAsync(call, (answer, _) => Task.FromResult(Read(answer, now)), cancellation);
        return answered.IsOk ? answered.Value : new WebhookAnswer(null, null, answered.Refusal);
    }

    private static Result<WebhookAnswer> Read(OutgoingAnswer answer, DateTimeOffset now) => new WebhookAnswer(
        answer.Status,
        answer.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - now,
            _ => null,
        },
        null);
}
