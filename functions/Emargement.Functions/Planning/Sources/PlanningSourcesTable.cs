using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Emargement.Domain.Planning.Sources;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Protection;
using Emargement.Functions.Platform.Storage;
using Microsoft.AspNetCore.DataProtection;

namespace Emargement.Functions.Planning.Sources;

/// <summary>
/// Table <c>PlanningSources</c>: PK <c>{org}</c>, RK source id. Addresses and secrets are encrypted by the system's keys.
/// </summary>
public sealed class PlanningSourcesTable(AppStorage storage, IDataProtectionProvider protection)
{
    private const string Name = "PlanningSources";

    private readonly IDataProtector _protector = protection.CreateProtector("planning-source", "1");

    public async Task<Result<Stored<PlanningSource>>> GetAsync(OrganisationId organisation, string id, CancellationToken cancellation) =>
        IsId(id) && await FindAsync(organisation, id, cancellation) is { } found ? found : Refusal.NotFound("source-unknown");

    public async Task<Stored<PlanningSource>?> FindAsync(OrganisationId organisation, string id, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        return await table.FindAsync(organisation.Value, id, cancellation) is { } row ? Read(row) : null;
    }

    public async Task<IReadOnlyList<Stored<PlanningSource>>> ListAsync(OrganisationId organisation, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        return [.. (await table.StartingWith(organisation.Value, "", cancellation).ToListAsync(cancellation))
            .Select(Read)
            .OrderBy(s => s.Value.CreatedAt)];
    }

    /// <returns>False when there is one under this id.</returns>
    public async Task<bool> TryInsertAsync(OrganisationId organisation, PlanningSource source, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        return await table.TryInsertAsync(ToEntity(organisation, source), cancellation);
    }

    /// <returns>The new ETag; null when another writer was faster.</returns>
    public async Task<ETag?> ReplaceAsync(
        OrganisationId organisation, PlanningSource changed, ETag read, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var entity = ToEntity(organisation, changed);
        entity.ETag = read;
        if (changed.Address is null)
        {
            // Written with keys that this process does not have: it stays as it is.
            return await table.TryMergeAsync(entity, cancellation)
                ? (await FindAsync(organisation, changed.Id, cancellation))?.ETag
                : null;
        }

        return await table.ReplaceAsync(entity, cancellation);
    }

    /// <returns>False when it is gone or had changed.</returns>
    public async Task<bool> TryDeleteAsync(OrganisationId organisation, string id, ETag read, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        return await table.TryDeleteAsync(organisation.Value, id, read, cancellation);
    }

    private static bool IsId(string id) => id.Length == 8 && id.All(char.IsAsciiHexDigitLower);

    private TableEntity ToEntity(OrganisationId organisation, PlanningSource source)
    {
        var entity = new TableEntity(organisation.Value, source.Id)
        {
            ["Kind"] = source.Kind.ToString(),
            ["Name"] = source.Name,
            ["Host"] = source.Host,
            ["Paused"] = source.Paused,
            ["By"] = source.By,
            ["CreatedAt"] = source.CreatedAt,
            ["Last"] = JsonSerializer.Serialize(source.Last),
        };
        entity.SetIfAny("Address", _protector.Seal(source.Address?.AbsoluteUri));
        entity.SetIfAny("Ypareo", _protector.Seal(source.Ypareo is null ? null : JsonSerializer.Serialize(source.Ypareo)));
        return entity;
    }

    private Stored<PlanningSource> Read(TableEntity row) => new(
        new PlanningSource(
            row.RowKey,
            Enum.Parse<SourceKind>(row.GetString("Kind")),
            row.GetString("Name"),
            _protector.Open(row.GetBinary("Address")) is { } address ? new Uri(address) : null,
            row.GetString("Host"),
            row.GetBoolean("Paused") == true,
            row.GetString("By"),
            row.GetDateTimeOffset("CreatedAt")!.Value,
            JsonSerializer.Deserialize<SourceOutcome>(row.GetString("Last"))!,
            _protector.Open(row.GetBinary("Ypareo")) is { } ypareo ? JsonSerializer.Deserialize<YpareoAccess>(ypareo) : null),
        row.ETag);
}
