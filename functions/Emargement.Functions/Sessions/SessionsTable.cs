using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Sessions;

/// <summary>Table <c>Sessions</c>: one row a half-day. PK <c>{org}|{yyyy-MM}</c>, RK <c>{yyyyMMdd}|{halfDay}|{reference}</c>.</summary>
public sealed class SessionsTable(AppStorage storage)
{
    private const string Name = "Sessions";

    /// <summary>Told of each Session that this process has changed.</summary>
    public event Action<OrganisationId, SessionId>? Changed;

    public async Task<Stored<Session>?> FindAsync(OrganisationId organisation, SessionId id, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var row = await table.FindAsync(Partition(organisation, id.Month), Row(id), cancellation);
        return row is null ? null : FromEntity(organisation, row);
    }

    /// <summary>Sessions from a local day to another, both inclusive, in order; one range query a month.</summary>
    public async IAsyncEnumerable<Stored<Session>> BetweenAsync(
        OrganisationId organisation, DateOnly first, DateOnly last, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        foreach (var month in YearMonth.Between(first, last))
        {
            var from = first > month.FirstDay ? first : month.FirstDay;
            var to = last < month.LastDay ? last : month.LastDay;
            var rows = table.Between(Partition(organisation, month), Day(from), TableAccess.AfterPrefix(Day(to) + "|"), cancellation);
            await foreach (var row in rows.AheadAsync(cancellation))
            {
                yield return FromEntity(organisation, row);
            }
        }
    }

    /// <summary>Sessions that are open, from a local day to another, both inclusive; one range query a month, which gives no
    /// others.</summary>
    public async IAsyncEnumerable<Session> OpenBetweenAsync(
        OrganisationId organisation, DateOnly first, DateOnly last, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var open = nameof(SessionState.Open);
        foreach (var month in YearMonth.Between(first, last))
        {
            var partition = Partition(organisation, month);
            var (from, before) = (Day(first), TableAccess.AfterPrefix(Day(last) + "|"));
            var rows = table.QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter(
                    $"PartitionKey eq {partition} and RowKey ge {from} and RowKey lt {before} and State eq {open}"),
                maxPerPage: 1000,
                cancellationToken: cancellation);
            await foreach (var row in rows)
            {
                yield return FromEntity(organisation, row).Value;
            }
        }
    }

    /// <summary>Sessions of one training from a local day to another, both inclusive; one range query a month.</summary>
    public async IAsyncEnumerable<Session> OfTrainingAsync(
        OrganisationId organisation,
        Reference training,
        DateOnly first,
        DateOnly last,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        foreach (var month in YearMonth.Between(first, last))
        {
            var partition = Partition(organisation, month);
            var rows = table.QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"PartitionKey eq {partition} and TrainingRef eq {training.Value}"),
                maxPerPage: 1000,
                cancellationToken: cancellation);
            await foreach (var row in rows)
            {
                yield return FromEntity(organisation, row).Value;
            }
        }
    }

    /// <summary>Writes a changed Session if nobody changed it since it was read.</summary>
    public async Task<bool> TryReplaceAsync(Stored<Session> read, Session changed, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var entity = ToEntity(changed);
        entity.ETag = read.ETag;
        return await TellAsync([changed], table.TryReplaceAsync(entity, cancellation));
    }

    /// <summary>As <see cref="TryReplaceAsync"/>, for whoever says the new version.</summary>
    /// <returns>Its ETag; null when somebody changed it.</returns>
    public async Task<ETag?> ReplaceAsync(Stored<Session> read, Session changed, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var entity = ToEntity(changed);
        entity.ETag = read.ETag;
        return await TellAsync([changed], table.ReplaceAsync(entity, cancellation));
    }

    public async Task<bool> TryInsertAsync(Session session, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        return await table.TryInsertAsync(ToEntity(session), cancellation);
    }

    /// <summary>Inserts and replaces Sessions of one organisation and month, up to 100, all or none.</summary>
    /// <param name="inserts">New Sessions.</param>
    /// <param name="replacements">Sessions as read, each with what it becomes.</param>
    /// <returns>False when any row was taken or had changed; nothing was written then.</returns>
    public async Task<bool> TryWriteAsync(
        IEnumerable<Session> inserts, IEnumerable<Replacement<Session>> replacements, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var changes = replacements.ToList();
        var actions = inserts
            .Select(s => new TableTransactionAction(TableTransactionActionType.Add, ToEntity(s)))
            .Concat(
                changes.Select(
                    r => new TableTransactionAction(TableTransactionActionType.UpdateReplace, ToEntity(r.Changed), r.Read.ETag)))
            .ToList();
        return await TellAsync(changes.Select(c => c.Changed).ToList(), table.TrySubmitAsync(actions, cancellation));
    }

    private async Task<T> TellAsync<T>(IReadOnlyCollection<Session> sessions, Task<T> writing)
    {
        try
        {
            return await writing;
        }
        finally
        {
            foreach (var session in sessions)
            {
                Changed?.Invoke(session.Organisation, session.Id);
            }
        }
    }

    private static string Partition(OrganisationId organisation, YearMonth month) => $"{organisation}|{month}";

    private static string Day(DateOnly date) => date.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    private static string Row(SessionId id) => $"{Day(id.Date)}|{(int)id.HalfDay}|{id.Reference.Key}";

    private static TableEntity ToEntity(Session s)
    {
        var entity = new TableEntity(Partition(s.Organisation, s.Id.Month), Row(s.Id))
        {
            ["Ref"] = s.Id.Reference.Value,
            ["SlotRef"] = s.SlotRef.Value,
            ["TrainingRef"] = s.TrainingRef.Value,
            ["Group"] = s.Group,
            ["Modality"] = ((char)s.Modality).ToString(),
            ["Start"] = s.Start,
            ["End"] = s.End,
            ["Source"] = s.Source,
            ["ContentHash"] = s.ContentHash,
            ["EditedByHand"] = s.EditedByHand,
            ["LatePlanning"] = s.LatePlanning,
            ["State"] = s.State.ToString(),
        };
        if (s.Groups.Count > 1)
        {
            entity["Groups"] = JsonSerializer.Serialize(s.Groups);
        }

        entity.SetIfAny("TrainerRef", s.TrainerRef?.Value);
        if (s.CoTrainerRefs.Count > 0)
        {
            entity["CoTrainerRefs"] = JsonSerializer.Serialize(s.CoTrainerRefs.Select(t => t.Value));
        }

        entity.SetIfAny("Module", s.Module);
        entity.SetIfAny("Site", s.Site);
        entity.SetIfAny("Room", s.Room);
        entity.SetIfAny("MovedTo", s.MovedTo?.ToString());
        entity.SetIfAny("MergedInto", s.MergedInto?.ToString());
        entity.SetIfAny("Edits", TraceJson.Write(s.Edits));
        entity.SetIfAny("Roster", TraceJson.Write(s.Roster));
        entity.SetIfAny("KeptOver", s.KeptOver);
        entity.SetIfAny("Asked", TraceJson.Write<AskedByFile>(s.Asked is { } asked ? [asked] : []));
        entity.SetIfAny("Unknown", TraceJson.Write(s.Unknown));
        entity.SetIfAny("OpenedAt", s.OpenedAt);
        entity.SetIfAny("ClosedAt", s.ClosedAt);
        if (!s.Key.IsEmpty)
        {
            entity["Key"] = s.Key.ToArray();
        }

        return entity;
    }

    private static Stored<Session> FromEntity(OrganisationId organisation, TableEntity row)
    {
        var parts = row.RowKey.Split('|', 3);
        var id = new SessionId(
            DateOnly.ParseExact(parts[0], "yyyyMMdd", CultureInfo.InvariantCulture),
            (HalfDay)int.Parse(parts[1], CultureInfo.InvariantCulture),
            Reference.Parse(row.GetString("Ref")));
        var session = new Session
        {
            Organisation = organisation,
            Id = id,
            SlotRef = Reference.Parse(row.GetString("SlotRef")),
            TrainingRef = Reference.Parse(row.GetString("TrainingRef")),
            Group = row.GetString("Group"),
            Groups = Texts(row, "Groups"),
            TrainerRef = Reference.TryParse(row.GetString("TrainerRef"), out var trainer) ? trainer : null,
            CoTrainerRefs = row.ContainsKey("CoTrainerRefs") ? [.. Texts(row, "CoTrainerRefs").Select(Reference.Parse)] : [],
            Module = row.GetString("Module"),
            Site = row.GetString("Site"),
            Room = row.GetString("Room"),
            Modality = (Modality)row.GetString("Modality")[0],
            Start = row.GetDateTimeOffset("Start")!.Value,
            End = row.GetDateTimeOffset("End")!.Value,
            Source = row.GetString("Source"),
            ContentHash = row.GetString("ContentHash"),
            EditedByHand = row.GetBoolean("EditedByHand") ?? false,
            LatePlanning = row.GetBoolean("LatePlanning") ?? false,
            State = Enum.Parse<SessionState>(row.GetString("State")),
            Edits = TraceJson.Read<SessionEdit>(row.GetString("Edits")),
            Roster = TraceJson.Read<RosterChange>(row.GetString("Roster")),
            KeptOver = row.GetString("KeptOver"),
            Asked = TraceJson.Read<AskedByFile>(row.GetString("Asked")) is [var asked, ..] ? asked : null,
            Unknown = TraceJson.Read<UnknownPerson>(row.GetString("Unknown")),
            MovedTo = SessionId.TryParse(row.GetString("MovedTo"), out var moved) ? moved : null,
            MergedInto = SessionId.TryParse(row.GetString("MergedInto"), out var merged) ? merged : null,
            OpenedAt = row.GetDateTimeOffset("OpenedAt"),
            ClosedAt = row.GetDateTimeOffset("ClosedAt"),
            Key = row.GetBinary("Key") ?? [],
        };
        return new Stored<Session>(session, row.ETag);
    }

    private static string[] Texts(TableEntity row, string name) =>
        row.GetString(name) is { } json ? JsonSerializer.Deserialize<string[]>(json)! : [];
}

/// <summary>Reads which Session a fact's key names. Keys come in order, so a Session's come together, and each name is read once.</summary>
internal sealed class SessionKeys
{
    // yyyyMMdd|h| before the reference, which holds no bar.
    private const int DayAndHalf = 11;

    private string _prefix = "|";
    private SessionId _session;

    public SessionId Next(string rowKey)
    {
        if (!rowKey.StartsWith(_prefix, StringComparison.Ordinal))
        {
            (_prefix, _session) = (rowKey[..(rowKey.IndexOf('|', DayAndHalf) + 1)], Of(rowKey));
        }

        return _session;
    }

    public static SessionId Of(string rowKey)
    {
        var parts = rowKey.Split('|', 4);
        if (!Reference.TryParseKey(parts[2], out var reference))
        {
            throw new FormatException($"Row {rowKey} names no Session.");
        }

        var day = DateOnly.ParseExact(parts[0], "yyyyMMdd", CultureInfo.InvariantCulture);
        return new SessionId(day, (HalfDay)int.Parse(parts[1], CultureInfo.InvariantCulture), reference);
    }
}
