using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Emargement.Domain.Platform;
using Emargement.Domain.Sealing;
using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Sheets.Records;

/// <summary>
/// Table <c>Sheets</c>: one row a version. PK <c>{org}|{yyyy-MM}</c>, RK <c>{session}|{version, four digits}</c>, so that a version is
/// recorded once.
/// </summary>
public sealed class SheetsTable(AppStorage storage)
{
    private const string Name = "Sheets";

    public async Task<Stored<SheetRecord>?> FindAsync(
        OrganisationId organisation, SessionId session, int version, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var row = await table.FindAsync(Partition(organisation, session.Month), Row(session, version), cancellation);
        return row is null ? null : FromEntity(row);
    }

    /// <summary>Every version of a Session's sheet, the first one first: one range query.</summary>
    public async Task<IReadOnlyList<Stored<SheetRecord>>> OfSessionAsync(
        OrganisationId organisation, SessionId session, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var sheets = new List<Stored<SheetRecord>>();
        await foreach (var row in table.StartingWith(Partition(organisation, session.Month), $"{session}|", cancellation))
        {
            sheets.Add(FromEntity(row));
        }

        return sheets;
    }

    /// <summary>Every version of every sheet of a month, Session by Session, versions in order, in pages of 1,000.</summary>
    public async IAsyncEnumerable<Stored<SheetRecord>> OfMonthAsync(
        OrganisationId organisation, YearMonth month, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        await foreach (var row in table.StartingWith(Partition(organisation, month), "", cancellation))
        {
            yield return FromEntity(row);
        }
    }

    /// <returns>False when this version is recorded already.</returns>
    public async Task<bool> TryInsertAsync(OrganisationId organisation, SheetRecord sheet, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        return await table.TryInsertAsync(ToEntity(organisation, sheet), cancellation);
    }

    /// <returns>False when another writer was faster.</returns>
    public async Task<bool> TryReplaceAsync(
        OrganisationId organisation, Stored<SheetRecord> read, SheetRecord changed, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var entity = ToEntity(organisation, changed);
        entity.ETag = read.ETag;
        return await table.TryReplaceAsync(entity, cancellation);
    }

    private static string Partition(OrganisationId organisation, YearMonth month) => $"{organisation}|{month}";

    private static string Row(SessionId session, int version) => $"{session}|{version.ToString("D4", CultureInfo.InvariantCulture)}";

    private static TableEntity ToEntity(OrganisationId organisation, SheetRecord s)
    {
        var entity = new TableEntity(Partition(organisation, s.Session.Month), Row(s.Session, s.Version))
        {
            ["Code"] = s.Code.Value,
            ["Sha256"] = s.Sha256,
            ["Root"] = s.Root,
            ["Facts"] = s.Facts,
            ["Signed"] = s.Signed,
            ["Expected"] = s.Expected,
            ["Level"] = s.Level,
            ["SealedBy"] = s.SealedBy,
            ["SealedAt"] = s.SealedAt,
            ["Development"] = s.Development,
        };
        entity.SetIfAny("Supersedes", s.Supersedes);
        entity.SetIfAny("TimestampedAt", s.TimestampedAt);
        entity.SetIfAny("TimestampFailure", s.TimestampFailure);
        entity.SetIfAny("StampedApartAt", s.StampedApartAt);
        entity.SetIfAny("Scan", s.Scan);
        return entity;
    }

    private static Stored<SheetRecord> FromEntity(TableEntity row)
    {
        var parts = row.RowKey.Split('|', 2);
        var sheet = new SheetRecord
        {
            Session = SessionId.Parse(parts[0]),
            Version = int.Parse(parts[1], CultureInfo.InvariantCulture),
            Code = VerificationCode.TryParse(row.GetString("Code"), out var code)
                ? code
                : throw new FormatException($"Row {row.RowKey} of {Name} has no code."),
            Sha256 = row.GetString("Sha256"),
            Supersedes = row.GetString("Supersedes"),
            Root = row.GetString("Root"),
            Facts = row.GetInt32("Facts")!.Value,
            Signed = row.GetInt32("Signed")!.Value,
            Expected = row.GetInt32("Expected")!.Value,
            Level = row.GetString("Level"),
            SealedBy = row.GetString("SealedBy"),
            SealedAt = row.GetDateTimeOffset("SealedAt")!.Value,
            TimestampedAt = row.GetDateTimeOffset("TimestampedAt"),
            TimestampFailure = row.GetString("TimestampFailure"),
            StampedApartAt = row.GetDateTimeOffset("StampedApartAt"),
            Development = row.GetBoolean("Development")!.Value,
            Scan = row.GetString("Scan"),
        };
        return new Stored<SheetRecord>(sheet, row.ETag);
    }
}
