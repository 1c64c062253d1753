using Azure;
using Azure.Data.Tables;
using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Planning.Runs;

/// <summary>Which run of an organisation may write, and until when unless it says that it goes on.</summary>
/// <param name="Holder">Names one try of the run: another try of the same run is another holder.</param>
public sealed record ImportLeaseRow(ImportRunId Run, string Holder, DateTimeOffset Until);

/// <summary>Table <c>ImportLeases</c>: PK <c>{org}</c>, RK <c>import</c>, one row while an import runs or after one died.</summary>
public sealed class ImportLeasesTable(AppStorage storage)
{
    private const string Name = "ImportLeases";
    private const string Row = "import";

    public async Task<Stored<ImportLeaseRow>?> FindAsync(OrganisationId organisation, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var row = await table.FindAsync(organisation.Value, Row, cancellation);
        if (row is null || !ImportRunId.TryParse(row.GetString("Run"), out var run))
        {
            return null;
        }

        return new Stored<ImportLeaseRow>(
            new ImportLeaseRow(run, row.GetString("Holder"), row.GetDateTimeOffset("Until")!.Value), row.ETag);
    }

    /// <param name="read">The row as it was read; null when there was none.</param>
    /// <param name="lease">What it becomes.</param>
    /// <returns>False when another writer was faster.</returns>
    public async Task<bool> TryWriteAsync(
        OrganisationId organisation, Stored<ImportLeaseRow>? read, ImportLeaseRow lease, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var entity = new TableEntity(organisation.Value, Row)
        {
            ["Run"] = lease.Run.ToString(),
            ["Holder"] = lease.Holder,
            ["Until"] = lease.Until,
        };
        if (read is null)
        {
            return await table.TryInsertAsync(entity, cancellation);
        }

        entity.ETag = read.ETag;
        return await table.TryReplaceAsync(entity, cancellation);
    }

    public async Task DeleteAsync(OrganisationId organisation, ETag etag, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        await table.TryDeleteAsync(organisation.Value, Row, etag, cancellation);
    }
}
