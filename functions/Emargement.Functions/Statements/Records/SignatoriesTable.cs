using Azure.Data.Tables;
using Emargement.Domain.Platform;
using Emargement.Domain.Statements;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Statements.Records;

/// <summary>Table <c>Signatories</c>: who signs an organisation's certificates. PK <c>{org}</c>, RK <c>certificates</c>.</summary>
public sealed class SignatoriesTable(AppStorage storage)
{
    private const string Name = "Signatories";
    private const string Row = "certificates";
    private const int Part = 32_000;

    public async Task<Stored<Signatory>?> FindAsync(OrganisationId organisation, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        return await table.FindAsync(organisation.Value, Row, cancellation) is { } row
            ? new Stored<Signatory>(
                new Signatory(
                    row.GetString("Account"), row.GetString("Name"), row.GetString("Capacity"), row.GetString("Place"),
                    Join(row), row.GetString("TypedName")),
                row.ETag)
            : null;
    }

    /// <param name="read">As read before; null when there was none.</param>
    /// <returns>False when another writer was faster.</returns>
    public async Task<bool> TryWriteAsync(
        OrganisationId organisation, Stored<Signatory>? read, Signatory changed, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var entity = new TableEntity(organisation.Value, Row)
        {
            ["Account"] = changed.Account,
            ["Name"] = changed.Name,
            ["Capacity"] = changed.Capacity,
            ["Place"] = changed.Place,
        };

        entity.SetIfAny("TypedName", changed.TypedName);

        // A property holds 32,768 characters at most; a drawing is up to twice that.
        foreach (var (index, part) in (changed.Drawing ?? "").Chunk(Part).Index())
        {
            entity[$"Drawing{index}"] = new string(part);
        }

        if (read is null)
        {
            return await table.TryInsertAsync(entity, cancellation);
        }

        entity.ETag = read.ETag;
        return await table.TryReplaceAsync(entity, cancellation);
    }

    /// <summary>Forgets who signs when that is this person: nobody does, until somebody else is named.</summary>
    /// <param name="account">As in <c>Fact.By</c>.</param>
    public async Task ForgetAsync(OrganisationId organisation, string account, CancellationToken cancellation)
    {
        if (await FindAsync(organisation, cancellation) is { } found && found.Value.Account == account)
        {
            var table = await storage.TableAsync(Name);
            await table.TryDeleteAsync(organisation.Value, Row, found.ETag, cancellation);
        }
    }

    private static string? Join(TableEntity row)
    {
        var drawing = string.Concat(Enumerable.Range(0, 3).Select(i => row.GetString($"Drawing{i}")));
        return drawing.Length == 0 ? null : drawing;
    }
}
