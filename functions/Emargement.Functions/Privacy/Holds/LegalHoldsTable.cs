using System.Globalization;
using Azure.Data.Tables;
using Emargement.Domain.Platform;
using Emargement.Domain.Privacy;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Privacy.Holds;

/// <summary>Table <c>LegalHolds</c>: PK org, RK <c>{scope}|{reference's key}</c>. What was lifted is in the audit.</summary>
public sealed class LegalHoldsTable(AppStorage storage)
{
    private const string Name = "LegalHolds";
    private const string DayFormat = "yyyy-MM-dd";

    /// <summary>Every hold of an organisation, those whose day has passed too: one range.</summary>
    public async Task<IReadOnlyList<LegalHold>> AllAsync(OrganisationId organisation, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        return await table.StartingWith(organisation.Value, string.Empty, cancellation)
            .Select(row => FromEntity(row).Value)
            .ToListAsync(cancellation);
    }

    public async Task<Stored<LegalHold>?> FindAsync(OrganisationId organisation, HoldId id, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var row = await table.FindAsync(organisation.Value, Row(id), cancellation);
        return row is null ? null : FromEntity(row);
    }

    /// <summary>Writes a hold where there is none, or over one that was read.</summary>
    /// <returns>False when somebody was faster.</returns>
    public async Task<bool> TryWriteAsync(
        OrganisationId organisation, Stored<LegalHold>? read, LegalHold hold, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        return await table.TryWriteAsync(ToEntity(organisation, hold), read?.ETag ?? default, cancellation);
    }

    /// <returns>False when it had changed.</returns>
    public async Task<bool> TryDeleteAsync(OrganisationId organisation, Stored<LegalHold> read, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        return await table.TryDeleteAsync(organisation.Value, Row(read.Value.Id), read.ETag, cancellation);
    }

    private static string Row(HoldId id) => $"{id.Word}|{id.Target?.Key}";

    private static TableEntity ToEntity(OrganisationId organisation, LegalHold hold)
    {
        var entity = new TableEntity(organisation.Value, Row(hold.Id))
        {
            ["Hold"] = hold.Id.ToString(),
            ["Reason"] = hold.Reason,
            ["By"] = hold.By,
            ["At"] = hold.At,
        };
        entity.SetIfAny("Until", hold.Until?.ToString(DayFormat, CultureInfo.InvariantCulture));
        entity.SetIfAny("LiftAskedBy", hold.LiftAskedBy);
        entity.SetIfAny("LiftAskedAt", hold.LiftAskedAt);
        return entity;
    }

    private static Stored<LegalHold> FromEntity(TableEntity row) => HoldId.TryParse(row.GetString("Hold"), out var id)
        ? new Stored<LegalHold>(
            new LegalHold(
                id,
                row.GetString("Reason"),
                row.GetString("By"),
                row.GetDateTimeOffset("At")!.Value,
                row.GetString("Until") is { } until ? DateOnly.ParseExact(until, DayFormat, CultureInfo.InvariantCulture) : null,
                row.GetString("LiftAskedBy"),
                row.GetDateTimeOffset("LiftAskedAt")),
            row.ETag)
        : throw new FormatException($"A row of {Name} holds nothing.");
}
