using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;
using Emargement.Domain.Platform;
using Emargement.Domain.Platform.Announcements;
using Emargement.Functions.Platform.Storage;
using ETag = Azure.ETag;

namespace Emargement.Functions.Webhooks.Deliveries;

public enum DeliveryState
{
    Waiting,
    Delivered,

    /// <summary>After the last try, or because the endpoint is told nothing any more. It can be sent again by hand.</summary>
    GivenUp,
}

/// <summary>Where an endpoint's deliveries are kept.</summary>
public readonly record struct EndpointPlace(OrganisationId Organisation, string Endpoint)
{
    public string Partition => $"{Organisation}|{Endpoint}";
}

/// <param name="Row">Its key in the table.</param>
/// <param name="Body">What is sent, of JSON.</param>
/// <param name="Status">The last answer's, of HTTP; null where there was none.</param>
/// <param name="Code">The <c>address-…</c> refusal of the last try, if it came to no answer.</param>
/// <param name="Replays">How often it was asked for again by hand.</param>
public sealed record WebhookDelivery(
    string Row, string Event, string Type, string Subject, DateTimeOffset At, string Body, DeliveryState State, int Tries, int? Status,
    string? Code, DateTimeOffset? TriedAt, int Replays);

/// <param name="Row">Key of the delivery that waits.</param>
public sealed record WaitingDelivery(string Key, string Row, string Event, DateTimeOffset Due);

/// <summary>
/// Table <c>WebhookDeliveries</c>: PK <c>{org}|{endpoint}</c>; RK <c>E|{ticks, the newest first}|{event}</c> for thirty days, and, as long
/// as it waits, <c>W|{hash of the subject}|{ticks}|{event}</c>, written together. What happened names the keys, so that it is queued once.
/// </summary>
public sealed class WebhookDeliveriesTable(AppStorage storage)
{
    /// <summary>How long deliveries are kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private const string Name = "WebhookDeliveries";
    private const int PageSize = 50;

    /// <returns>False when it is queued already, or was.</returns>
    public async Task<bool> TryQueueAsync(EndpointPlace place, Announcement news, string body, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var delivery = new WebhookDelivery(
            RowOf(news.At, news.Id), news.Id, news.Type, news.Subject, news.At, body, DeliveryState.Waiting, 0, null, null, null, 0);
        return await table.TrySubmitAsync(
            [
                new(TableTransactionActionType.Add, ToEntity(place, delivery)),
                new(TableTransactionActionType.Add, Waiting(place, delivery, news.At)),
            ],
            cancellation);
    }

    /// <summary>What waits of one subject, the first to be sent first.</summary>
    public async Task<IReadOnlyList<WaitingDelivery>> WaitingAsync(EndpointPlace place, string subject, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var rows = await table.StartingWith(place.Partition, WaitingPrefix(subject), cancellation).ToListAsync(cancellation);
        return
        [
            .. rows.Select(r => new WaitingDelivery(
                r.RowKey, r.GetString("Row"), r.GetString("Event"), r.GetDateTimeOffset("Due")!.Value)),
        ];
    }

    public async Task<Stored<WebhookDelivery>?> FindAsync(EndpointPlace place, string row, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        return await table.FindAsync(place.Partition, row, cancellation) is { } found ? Read(found) : null;
    }

    /// <summary>The newest deliveries.</summary>
    public async Task<Page<WebhookDelivery>> ListAsync(EndpointPlace place, string? continuation, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var from = continuation is { Length: > 2 and < 200 } && continuation.StartsWith("E|", StringComparison.Ordinal)
            ? continuation + "\u0001"
            : "E|";
        var rows = new List<WebhookDelivery>();
        await foreach (var row in table.Between(place.Partition, from, "E}", cancellation))
        {
            if (rows.Count == PageSize)
            {
                return new Page<WebhookDelivery>(rows, rows[^1].Row);
            }

            rows.Add(Read(row).Value);
        }

        return new Page<WebhookDelivery>(rows, null);
    }

    /// <summary>Writes down a try, and what waits then.</summary>
    /// <param name="due">When it is tried again; null when it waits no more.</param>
    /// <returns>False when another run was faster.</returns>
    public async Task<bool> TryNoteAsync(
        EndpointPlace place, Stored<WebhookDelivery> read, WebhookDelivery tried, DateTimeOffset? due, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var entity = ToEntity(place, tried);
        return await table.TrySubmitAsync(
            [
                new(TableTransactionActionType.UpdateReplace, entity, read.ETag),
                due is { } at
                    ? new(TableTransactionActionType.UpsertReplace, Waiting(place, tried, at))
                    : new(TableTransactionActionType.Delete, Waiting(place, tried, tried.At), ETag.All),
            ],
            cancellation);
    }

    /// <summary>Nothing waits where its delivery is kept no more.</summary>
    public async Task DropAsync(EndpointPlace place, WaitingDelivery waiting, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        await table.TryDeleteAsync(place.Partition, waiting.Key, ETag.All, cancellation);
    }

    /// <summary>Forgets all of an endpoint that is gone: whatever waits finds nothing to send.</summary>
    public async Task ForgetAsync(EndpointPlace place, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        await foreach (var row in table.StartingWith(place.Partition, "", cancellation))
        {
            await table.TryDeleteAsync(place.Partition, row.RowKey, ETag.All, cancellation);
        }
    }

    /// <summary>Forgets deliveries that were kept long enough, a hundred at most.</summary>
    public async Task PurgeAsync(EndpointPlace place, DateTimeOffset now, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var old = await table.Between(place.Partition, RowOf(now - Kept, ""), "E}", cancellation)
            .Take(TableAccess.BatchSize).ToListAsync(cancellation);
        // One that waits still is sent within three days: none of these does.
        if (old.Count > 0)
        {
            await table.TrySubmitAsync(
                [.. old.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All))], cancellation);
        }
    }

    /// <summary>The key of a delivery.</summary>
    public static string RowOf(DateTimeOffset at, string id) =>
        string.Create(CultureInfo.InvariantCulture, $"E|{DateTimeOffset.MaxValue.UtcTicks - at.UtcTicks:D19}|{id}");

    private static string WaitingPrefix(string subject) =>
        $"W|{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(subject)).AsSpan(0, 8))}|";

    private static TableEntity Waiting(EndpointPlace place, WebhookDelivery delivery, DateTimeOffset due) => new(
        place.Partition,
        WaitingPrefix(delivery.Subject) + string.Create(CultureInfo.InvariantCulture, $"{delivery.At.UtcTicks:D19}|{delivery.Event}"))
    {
        ["Row"] = delivery.Row,
        ["Event"] = delivery.Event,
        ["Due"] = due,
    };

    private static TableEntity ToEntity(EndpointPlace place, WebhookDelivery delivery)
    {
        var entity = new TableEntity(place.Partition, delivery.Row)
        {
            ["Event"] = delivery.Event,
            ["Type"] = delivery.Type,
            ["Subject"] = delivery.Subject,
            ["At"] = delivery.At,
            ["Body"] = delivery.Body,
            ["State"] = delivery.State.ToString(),
            ["Tries"] = delivery.Tries,
            ["Replays"] = delivery.Replays,
        };
        entity.SetIfAny("Code", delivery.Code);
        if (delivery.Status is { } status)
        {
            entity["Status"] = status;
        }

        if (delivery.TriedAt is { } tried)
        {
            entity["TriedAt"] = tried;
        }

        return entity;
    }

    private static Stored<WebhookDelivery> Read(TableEntity row) => new(
        new WebhookDelivery(
            row.RowKey,
            row.GetString("Event"),
            row.GetString("Type"),
            row.GetString("Subject"),
            row.GetDateTimeOffset("At")!.Value,
            row.GetString("Body"),
            Enum.Parse<DeliveryState>(row.GetString("State")),
            row.GetInt32("Tries") ?? 0,
            row.GetInt32("Status"),
            row.GetString("Code"),
            row.GetDateTimeOffset("TriedAt"),
            row.GetInt32("Replays") ?? 0),
        row.ETag);
}
