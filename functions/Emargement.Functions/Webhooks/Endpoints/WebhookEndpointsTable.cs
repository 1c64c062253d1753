using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Emargement.Domain.Platform;
using Emargement.Domain.Webhooks;
using Emargement.Functions.Platform.Protection;
using Emargement.Functions.Platform.Storage;
using Microsoft.AspNetCore.DataProtection;

namespace Emargement.Functions.Webhooks.Endpoints;

/// <summary>
/// Table <c>WebhookEndpoints</c>: PK <c>{org}</c>, RK endpoint id. Addresses and secrets are encrypted by the system's keys.
/// </summary>
public sealed class WebhookEndpointsTable(AppStorage storage, IDataProtectionProvider protection, TimeProvider time)
{
    private const string Name = "WebhookEndpoints";

    private readonly IDataProtector _protector = protection.CreateProtector("webhook-endpoint", "1");
    private readonly ShortMemory<OrganisationId, IReadOnlyList<WebhookEndpoint>> _known = new(time);

    /// <summary>Those that are told of news: kept for half a minute, since nearly every organisation has none.</summary>
    public async Task<IReadOnlyList<WebhookEndpoint>> ActiveAsync(OrganisationId organisation, CancellationToken cancellation) =>
        await _known.ReadAsync(
            organisation,
            async token => [.. (await ListAsync(organisation, token)).Select(e => e.Value).Where(e => e.State == EndpointState.Active)],
            cancellation) ?? [];

    /// <returns>It, or <c>webhook-unknown</c>.</returns>
    public async Task<Result<Stored<WebhookEndpoint>>> GetAsync(OrganisationId organisation, string id, CancellationToken cancellation)
    {
        if (id.Length != 8 || !id.All(char.IsAsciiHexDigitLower))
        {
            return Refusal.NotFound("webhook-unknown");
        }

        var table = await storage.TableAsync(Name);
        return await table.FindAsync(organisation.Value, id, cancellation) is { } row ? Read(row) : Refusal.NotFound("webhook-unknown");
    }

    /// <summary>All of them, the first made first.</summary>
    public async Task<IReadOnlyList<Stored<WebhookEndpoint>>> ListAsync(OrganisationId organisation, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        return [.. (await table.StartingWith(organisation.Value, "", cancellation).ToListAsync(cancellation))
            .Select(Read)
            .OrderBy(e => e.Value.CreatedAt)];
    }

    /// <returns>False when there is one under this id.</returns>
    public async Task<bool> TryInsertAsync(OrganisationId organisation, WebhookEndpoint endpoint, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        _known.Forget(organisation);
        return await table.TryInsertAsync(ToEntity(organisation, endpoint), cancellation);
    }

    /// <returns>The new ETag; null when another writer was faster.</returns>
    public async Task<ETag?> ReplaceAsync(
        OrganisationId organisation, WebhookEndpoint changed, ETag read, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var entity = ToEntity(organisation, changed);
        entity.ETag = read;

        // What was sealed with keys that this process does not have stays as it is.
        var isWhole = changed.Address is not null && changed.Secret is not null;
        var written = isWhole ? await table.ReplaceAsync(entity, cancellation)
            : await table.TryMergeAsync(entity, cancellation) ? (await GetAsync(organisation, changed.Id, cancellation)).Value?.ETag
            : null;
        _known.Forget(organisation);
        return written;
    }

    /// <returns>False when it is gone or had changed.</returns>
    public async Task<bool> TryDeleteAsync(OrganisationId organisation, string id, ETag read, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var deleted = await table.TryDeleteAsync(organisation.Value, id, read, cancellation);
        _known.Forget(organisation);
        return deleted;
    }

    private TableEntity ToEntity(OrganisationId organisation, WebhookEndpoint endpoint)
    {
        var entity = new TableEntity(organisation.Value, endpoint.Id)
        {
            ["Host"] = endpoint.Host,
            ["Events"] = JsonSerializer.Serialize(endpoint.Events),
            ["State"] = endpoint.State.ToString(),
            ["GivenUp"] = endpoint.GivenUp,
            ["By"] = endpoint.By,
            ["CreatedAt"] = endpoint.CreatedAt,
        };
        entity.SetIfAny("Address", _protector.Seal(endpoint.Address?.AbsoluteUri));
        entity.SetIfAny("Secret", _protector.Seal(endpoint.Secret?.ToString()));
        entity.SetIfAny("Former", _protector.Seal(endpoint.Former?.ToString()));
        if (endpoint.FormerUntil is { } until)
        {
            entity["FormerUntil"] = until;
        }

        return entity;
    }

    private Stored<WebhookEndpoint> Read(TableEntity row) => new(
        new WebhookEndpoint(
            row.RowKey,
            _protector.Open(row.GetBinary("Address")) is { } address ? new Uri(address) : null,
            row.GetString("Host"),
            JsonSerializer.Deserialize<string[]>(row.GetString("Events"))!,
            _protector.Open(row.GetBinary("Secret")) is { } secret ? WebhookSecret.Parse(secret) : null,
            _protector.Open(row.GetBinary("Former")) is { } former ? WebhookSecret.Parse(former) : null,
            row.GetDateTimeOffset("FormerUntil"),
            Enum.Parse<EndpointState>(row.GetString("State")),
            row.GetInt32("GivenUp") ?? 0,
            row.GetString("By"),
            row.GetDateTimeOffset("CreatedAt")!.Value),
        row.ETag);
}
