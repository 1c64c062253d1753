using System.Globalization;
using System.Security.Cryptography;
using Azure;
using Emargement.Domain.Platform;
using Emargement.Domain.Platform.Announcements;
using Emargement.Domain.Webhooks;
using Emargement.Functions.Platform.Outgoing;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Webhooks.Endpoints;

/// <param name="Address">https, a server's name, no port.</param>
public sealed record EndpointBody(string Address, IReadOnlyList<string> Events);

/// <summary>What is to change; what is left out stays.</summary>
/// <param name="Paused">False opens one again that was paused or disabled.</param>
public sealed record EndpointPatch(string? Address = null, IReadOnlyList<string>? Events = null, bool? Paused = null);

/// <summary>Makes endpoints and changes them. An address is saved once it has taken a test.</summary>
public sealed class SaveWebhook(WebhookEndpointsTable table, WebhookCall call, GuardedHttp http, TimeProvider time)
{
    // Sent when an endpoint is made or tried; nobody subscribes to it.
    private const string TestType = "endpoint.test";
    private const int Most = 10;

    private static readonly TimeSpan FormerSigns = TimeSpan.FromHours(24);

    /// <returns>It with its secret, or <c>webhook-events-invalid</c>, <c>too-many-webhooks</c>, an <c>address-…</c> refusal, or
    /// <c>webhook-test-failed</c>.</returns>
    public async Task<Result<MadeEndpoint>> CreateAsync(
        OrganisationId organisation, EndpointBody body, string by, CancellationToken cancellation)
    {
        if (Refused(body.Address, body.Events) is { } refusal)
        {
            return refusal;
        }

        if ((await table.ListAsync(organisation, cancellation)).Count >= Most)
        {
            return Refusal.Conflict("too-many-webhooks");
        }

        var address = new Uri(body.Address);
        var secret = NewSecret();
        var endpoint = new WebhookEndpoint(
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4)), address, address.Host, [.. body.Events.Distinct()], secret,
            null, null, EndpointState.Active, 0, by, time.GetUtcNow());
        if (await TestAsync(organisation, endpoint, cancellation) is { } failed)
        {
            return failed;
        }

        return await table.TryInsertAsync(organisation, endpoint, cancellation)
            ? new MadeEndpoint(endpoint.Id, endpoint.Host, secret.ToString())
            : Refusal.Conflict("changed-meanwhile");
    }

    /// <returns>As changed, or as <see cref="CreateAsync"/>, or <c>webhook-unknown</c>, <c>webhook-changed</c>.</returns>
    public async Task<Result<Stored<WebhookEndpoint>>> ChangeAsync(
        OrganisationId organisation, string id, EndpointPatch patch, ETag read, CancellationToken cancellation)
    {
        var found = await table.GetAsync(organisation, id, cancellation);
        if (!found.IsOk)
        {
            return found.Refusal;
        }

        var endpoint = found.Value.Value;
        if (Refused(patch.Address, patch.Events) is { } refusal)
        {
            return refusal;
        }

        var address = patch.Address is { } given ? new Uri(given) : endpoint.Address;
        var changed = endpoint with
        {
            Address = address,
            Host = address?.Host ?? endpoint.Host,
            Events = patch.Events is { } events ? [.. events.Distinct()] : endpoint.Events,
            State = patch.Paused switch { true => EndpointState.Paused, false => EndpointState.Active, null => endpoint.State },
            GivenUp = patch.Paused == false ? 0 : endpoint.GivenUp,
        };
        var moved = patch.Address is not null || (patch.Paused == false && endpoint.State == EndpointState.Disabled);
        if (moved && await TestAsync(organisation, changed, cancellation) is { } failed)
        {
            return failed;
        }

        return await table.ReplaceAsync(organisation, changed, read, cancellation) is { } written
            ? new Stored<WebhookEndpoint>(changed, written)
            : Refusal.Of("webhook-changed", RefusalKind.PreconditionFailed);
    }

    /// <summary>A new secret; the one before signs beside it for a day.</summary>
    public async Task<Result<MadeEndpoint>> RotateAsync(OrganisationId organisation, string id, CancellationToken cancellation)
    {
        var found = await table.GetAsync(organisation, id, cancellation);
        if (!found.IsOk)
        {
            return found.Refusal;
        }

        var secret = NewSecret();
        var endpoint = found.Value.Value;
        var changed = endpoint with { Secret = secret, Former = endpoint.Secret, FormerUntil = time.GetUtcNow() + FormerSigns };
        return await table.ReplaceAsync(organisation, changed, found.Value.ETag, cancellation) is not null
            ? new MadeEndpoint(endpoint.Id, endpoint.Host, secret.ToString())
            : Refusal.Conflict("changed-meanwhile");
    }

    /// <summary>Sends a test.</summary>
    /// <returns>True, or <c>webhook-unknown</c>, an <c>address-…</c> refusal, or <c>webhook-test-failed</c>.</returns>
    public async Task<Result<bool>> TestAsync(OrganisationId organisation, string id, CancellationToken cancellation)
    {
        var found = await table.GetAsync(organisation, id, cancellation);
        return !found.IsOk ? found.Refusal
            : await TestAsync(organisation, found.Value.Value, cancellation) is { } failed ? failed
            : true;
    }

    private Refusal? Refused(string? address, IReadOnlyList<string>? events) =>
        address is not null && !Uri.TryCreate(address, UriKind.Absolute, out _) ? OutgoingRefusals.Invalid
        : address is not null && http.Refused(new Uri(address)) is { } refused ? refused
        : events is not null && (events.Count == 0 || events.Except(AnnouncementTypes.All).Any())
            ? Refusal.BadInput("webhook-events-invalid", ("events", string.Join(", ", AnnouncementTypes.All)))
        : null;

    private async Task<Refusal?> TestAsync(OrganisationId organisation, WebhookEndpoint endpoint, CancellationToken cancellation)
    {
        var test = new Announcement(
            organisation, TestType, endpoint.Id, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)), time.GetUtcNow(),
            new Dictionary<string, object> { ["org"] = organisation.Value, ["endpoint"] = endpoint.Id });
        var answer = await call.SendAsync(endpoint, test.Id, WebhookCall.BodyOf(test), cancellation);
        return answer.Failure ?? (DeliverySchedule.Judge(answer.Status) == DeliveryVerdict.Delivered
            ? null
            : Refusal.BadInput("webhook-test-failed", ("answered", answer.Status?.ToString(CultureInfo.InvariantCulture) ?? "-")));
    }

    private static WebhookSecret NewSecret() => new(RandomNumberGenerator.GetBytes(32));
}
