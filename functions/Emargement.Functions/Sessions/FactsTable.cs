using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Azure;
using Azure.Data.Tables;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Sessions;

/// <summary>A fact as stored: its exact bytes are what the sheet's Merkle tree hashes, so they are kept, never written again.</summary>
/// <param name="Json">Canonical JSON of the fact.</param>
/// <param name="Drawing">SVG path of the signature, if one was drawn.</param>
public sealed record StoredFact(SessionId Session, Fact Fact, byte[] Json, string? Drawing);

/// <summary>A fact to insert, with its drawing.</summary>
public sealed record NewFact(Fact Fact, string? Drawing = null);

/// <summary>What became of a fact that can only happen in an open Session.</summary>
public enum Addition
{
    Added,

    /// <summary>A fact with this key exists: somebody, perhaps an earlier try of the same call, was first.</summary>
    Taken,

    /// <summary>The Session is not open, or no longer: nothing was written.</summary>
    NotOpen,
}

/// <summary>The facts of a Session that is to be closed.</summary>
/// <param name="Door">The state of its door when they were read; null when there is none.</param>
public sealed record ClosingFacts(IReadOnlyList<Fact> Facts, ETag? Door);

/// <summary>
/// Table <c>Attendance</c>: facts, inserted and never changed; their term over, drawings and typed names leave them. PK
/// <c>{org}|{yyyy-MM}</c>, RK
/// <c>{yyyyMMdd}|{halfDay}|{reference}|{fact}</c>.
/// </summary>
/// <remarks>Beside the facts of an open Session stands its door, a row that holds nothing. What happens in an open Session is written in
/// one transaction with a touch of the door, and the closing takes the door away as it was when the closing read the facts. So nothing is
/// written between what a closing has read and the closing, and nothing after it, whoever acts and whatever a process remembers.</remarks>
public sealed class FactsTable(AppStorage storage)
{
    private const string Name = "Attendance";

    private const string Door = "0-open";

    /// <summary>Inserts the opening, and puts the door in: one call.</summary>
    /// <returns>False when it was opened before.</returns>
    public async Task<bool> TryOpenAsync(OrganisationId organisation, SessionId session, Opened opened, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        return await table.TrySubmitAsync(
            [
                new(TableTransactionActionType.Add, ToEntity(organisation, session, new NewFact(opened))),
                new(TableTransactionActionType.Add, DoorOf(organisation, session)),
            ],
            cancellation);
    }

    /// <summary>Inserts a fact if the Session is open: one call.</summary>
    public async Task<Addition> AddWhileOpenAsync(
        OrganisationId organisation, SessionId session, NewFact fact, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        TableTransactionAction[] actions =
        [
            new(TableTransactionActionType.Add, ToEntity(organisation, session, fact)),

            // Without an ETag of its own the client would put a door in where there is none.
            new(TableTransactionActionType.UpdateMerge, DoorOf(organisation, session), ETag.All),
        ];
        return await table.SubmitAsync(actions, cancellation) switch
        {
            null => Addition.Added,
            409 => Addition.Taken,
            _ => Addition.NotOpen,
        };
    }

    /// <summary>The facts, without drawings, that a closing starts from: one range query.</summary>
    public async Task<ClosingFacts> BeforeClosingAsync(OrganisationId organisation, SessionId session, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var (partition, prefix) = (Partition(organisation, session.Month), SessionPrefix(session));
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {partition} and RowKey ge {prefix} and RowKey lt {TableAccess.AfterPrefix(prefix)}");
        var facts = new List<Fact>();
        ETag? door = null;
        await foreach (var row in table.QueryAsync<TableEntity>(
            filter, maxPerPage: 1000, select: ["Json"], cancellationToken: cancellation))
        {
            if (row.GetString("Json") is { } json)
            {
                facts.Add(FactJson.Read(Encoding.UTF8.GetBytes(json)));
            }
            else
            {
                door = row.ETag;
            }
        }

        return new ClosingFacts(facts, door);
    }

    /// <summary>Inserts the last facts of a closing, up to 99, and takes the door away: all or nothing.</summary>
    /// <returns>False when anything happened in the Session since the door was read.</returns>
    public async Task<bool> TryCloseAsync(
        OrganisationId organisation, SessionId session, IEnumerable<NewFact> facts, ETag? door, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var actions = Additions(organisation, session, facts);
        if (door is { } read)
        {
            actions.Add(new(TableTransactionActionType.Delete, DoorOf(organisation, session), read));
        }

        return await table.TrySubmitAsync(actions, cancellation);
    }

    /// <summary>Inserts a fact: one call.</summary>
    /// <returns>False when a fact with this key exists.</returns>
    public async Task<bool> TryInsertAsync(OrganisationId organisation, SessionId session, NewFact fact, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        return await table.TryInsertAsync(ToEntity(organisation, session, fact), cancellation);
    }

    /// <summary>Inserts up to 100 facts of one Session, all or none.</summary>
    /// <returns>False when any of them exists; nothing was written then.</returns>
    public async Task<bool> TryInsertAllAsync(
        OrganisationId organisation, SessionId session, IEnumerable<NewFact> facts, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        return await table.TrySubmitAsync(Additions(organisation, session, facts), cancellation);
    }

    public async Task<StoredFact?> FindAsync(OrganisationId organisation, SessionId session, string factKey, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var row = await table.FindAsync(Partition(organisation, session.Month), SessionPrefix(session) + factKey, cancellation);
        return row is null ? null : FromEntity(row);
    }

    /// <summary>Every fact of a Session: one range query.</summary>
    public async Task<IReadOnlyList<StoredFact>> OfSessionAsync(
        OrganisationId organisation, SessionId session, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var facts = new List<StoredFact>();
        await foreach (var row in table.StartingWith(Partition(organisation, session.Month), SessionPrefix(session), cancellation))
        {
            if (IsFact(row))
            {
                facts.Add(FromEntity(row));
            }
        }

        return facts;
    }

    /// <summary>Every fact of a Session without the drawings, which are most of its bytes: one range query.</summary>
    public async Task<IReadOnlyList<Fact>> OfSessionWithoutDrawingsAsync(
        OrganisationId organisation, SessionId session, CancellationToken cancellation) =>
        (await BeforeClosingAsync(organisation, session, cancellation)).Facts;

    /// <summary>
    /// Every fact from a local day to another, both inclusive and of one month, in key order (so a Session's facts come together), in pages
    /// of 1,000.
    /// </summary>
    public async IAsyncEnumerable<StoredFact> BetweenAsync(
        OrganisationId organisation, DateOnly first, DateOnly last, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        foreach (var month in YearMonth.Between(first, last))
        {
            var from = first > month.FirstDay ? first : month.FirstDay;
            var to = last < month.LastDay ? last : month.LastDay;
            var rows = table.Between(Partition(organisation, month), Day(from), TableAccess.AfterPrefix(Day(to) + "|"), cancellation);
            await foreach (var row in rows)
            {
                if (IsFact(row))
                {
                    yield return FromEntity(row);
                }
            }
        }
    }

    /// <summary>Sessions that were opened or signed from a local day to another, both inclusive and of one month; only keys travel. What
    /// people changed of their planning does not count.</summary>
    public async Task<IReadOnlySet<SessionId>> SessionsWithFactsAsync(
        OrganisationId organisation, DateOnly first, DateOnly last, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var partition = Partition(organisation, YearMonth.Of(first));
        var (from, before) = (Day(first), TableAccess.AfterPrefix(Day(last) + "|"));
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {from} and RowKey lt {before}");
        var sessions = new HashSet<SessionId>();
        await foreach (var row in table.QueryAsync<TableEntity>(filter, 1000, ["RowKey"], cancellation))
        {
            if (!row.RowKey.Split('|', 4)[3].StartsWith(PlanningFacts.Prefix, StringComparison.Ordinal))
            {
                sessions.Add(SessionKeys.Of(row.RowKey));
            }
        }

        return sessions;
    }

    /// <summary>Every fact of a month, as <see cref="OfDaysAsync"/>.</summary>
    public IAsyncEnumerable<(SessionId Session, Fact Fact)> OfMonthAsync(
        OrganisationId organisation, YearMonth month, CancellationToken cancellation) =>
        OfDaysAsync(organisation, month.FirstDay, month.LastDay, cancellation);

    /// <summary>Every fact from a local day to another, both inclusive, in key order, in pages of 1,000, without the drawings: what a
    /// count or an export reads. One range a month.</summary>
    public async IAsyncEnumerable<(SessionId Session, Fact Fact)> OfDaysAsync(
        OrganisationId organisation, DateOnly first, DateOnly last, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        foreach (var month in YearMonth.Between(first, last))
        {
            var partition = Partition(organisation, month);
            var (from, before) = (Day(first), TableAccess.AfterPrefix(Day(last) + "|"));
            var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {from} and RowKey lt {before}");
            var rows = table.QueryAsync<TableEntity>(filter, 1000, ["RowKey", "Json"], cancellation);
            var sessions = new SessionKeys();
            await foreach (var row in rows.AheadAsync(cancellation))
            {
                if (row.GetString("Json") is { } json)
                {
                    yield return (sessions.Next(row.RowKey), FactJson.Read(json));
                }
            }
        }
    }

    /// <summary>Takes drawings and typed names out of a Session's facts when their term is over; each fact and each hash stays.</summary>
    public async Task ForgetMarksAsync(OrganisationId organisation, SessionId session, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        await foreach (var row in table.StartingWith(Partition(organisation, session.Month), SessionPrefix(session), cancellation))
        {
            if (IsFact(row) && row.CutMarks(FactJson.WithoutNames))
            {
                await table.TryReplaceAsync(row, cancellation);
            }
        }
    }

    private static List<TableTransactionAction> Additions(OrganisationId organisation, SessionId session, IEnumerable<NewFact> facts) =>
        [.. facts.Select(f => new TableTransactionAction(TableTransactionActionType.Add, ToEntity(organisation, session, f)))];

    // The door alone is none.
    private static bool IsFact(TableEntity row) => row.GetString("Json") is not null;

    private static TableEntity DoorOf(OrganisationId organisation, SessionId session) =>
        new(Partition(organisation, session.Month), SessionPrefix(session) + Door);

    private static string Partition(OrganisationId organisation, YearMonth month) => $"{organisation}|{month}";

    private static string Day(DateOnly date) => date.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    private static string SessionPrefix(SessionId id) => $"{Day(id.Date)}|{(int)id.HalfDay}|{id.Reference.Key}|";

    private static TableEntity ToEntity(OrganisationId organisation, SessionId session, NewFact fact)
    {
        var entity = new TableEntity(Partition(organisation, session.Month), SessionPrefix(session) + fact.Fact.Key)
        {
            ["Json"] = Encoding.UTF8.GetString(FactJson.Write(fact.Fact)),
        };
        if (fact.Drawing is not null)
        {
            entity["Drawing"] = DeflatedText.Write(fact.Drawing);
        }

        return entity;
    }

    private static StoredFact FromEntity(TableEntity row)
    {
        var json = Encoding.UTF8.GetBytes(row.GetString("Json"));
        var drawing = row.GetBinary("Drawing") is { } deflated ? DeflatedText.Read(deflated) : null;
        return new StoredFact(SessionKeys.Of(row.RowKey), FactJson.Read(json), json, drawing);
    }
}
