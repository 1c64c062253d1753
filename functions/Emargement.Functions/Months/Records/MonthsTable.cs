using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Emargement.Domain.Months;
using Emargement.Domain.Platform;
using Emargement.Domain.Region;
using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Storage;
using Emargement.Functions.Region.Export;

namespace Emargement.Functions.Months.Records;

/// <summary>
/// Table <c>Months</c>: PK <c>{org}</c>, RK <c>S|{yyyy-MM}</c> where the month stands, <c>F|{yyyy-MM}|{n}</c> what happened to it, and
/// <c>A|{yyyy-MM}|{code}|{session}|{learner}</c> what was accepted in it, <c>R|{yyyy-MM}|{number}</c> what was asked to amend in it once
/// closed. A change of the first adds one of the second in one transaction.
/// </summary>
public sealed class MonthsTable(AppStorage storage) : IAcceptances
{
    private const string Name = "Months";

    /// <summary>Acceptances that one transaction takes, beside the month, the fact and an amendment.</summary>
    public const int MostAccepted = TableAccess.BatchSize - 3;

    /// <summary>Where the month stands: open, and read as no row, while nothing happened to it.</summary>
    public async Task<Stored<MonthLife>> FindAsync(OrganisationId organisation, YearMonth month, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        return await table.FindAsync(organisation.Value, State(month), cancellation) is { } row
            ? new Stored<MonthLife>(LifeOf(month, row), row.ETag)
            : new Stored<MonthLife>(new MonthLife(month, MonthState.Open), default);
    }

    /// <summary>Every month to which something happened, in order: one range.</summary>
    public async IAsyncEnumerable<MonthLife> ListAsync(
        OrganisationId organisation, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        await foreach (var row in table.StartingWith(organisation.Value, "S|", cancellation))
        {
            yield return LifeOf(YearMonth.Parse(row.RowKey[2..]), row);
        }
    }

    /// <summary>What happened to a month, the first first: one range.</summary>
    public async Task<IReadOnlyList<MonthFact>> FactsAsync(OrganisationId organisation, YearMonth month, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var facts = new List<MonthFact>();
        await foreach (var row in table.StartingWith(organisation.Value, $"F|{month}|", cancellation))
        {
            facts.Add(new MonthFact(
                int.Parse(row.RowKey.Split('|')[2], CultureInfo.InvariantCulture),
                Enum.Parse<MonthEvent>(row.GetString("Event")),
                row.GetString("By"),
                row.GetDateTimeOffset("At")!.Value,
                row.GetString("Reason"),
                row.GetString("Code"),
                row.GetInt32("Count"),
                row.GetInt32("Version")));
        }

        return facts;
    }

    /// <summary>Takes the names typed by those who validated from months before one: their term is that of the audit.</summary>
    public async Task ForgetNamesAsync(OrganisationId organisation, YearMonth before, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        await foreach (var row in table.Between(organisation.Value, "F|", $"F|{before}", cancellation))
        {
            if (row.GetString("Event") == nameof(MonthEvent.Validated) && row.Remove("Reason"))
            {
                await table.TryReplaceAsync(row, cancellation);
            }
        }
    }

    /// <summary>What was accepted in a month: one range.</summary>
    public async Task<IReadOnlyList<Acceptance>> AcceptedAsync(
        OrganisationId organisation, YearMonth month, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var accepted = new List<Acceptance>();
        await foreach (var row in table.StartingWith(organisation.Value, $"A|{month}|", cancellation))
        {
            var parts = row.RowKey.Split('|', 5);
            accepted.Add(new Acceptance(
                parts[2],
                SessionId.Parse(parts[3]),
                Reference.TryParseKey(parts[4], out var learner) ? learner : null,
                row.GetString("Reason"),
                row.GetString("By"),
                row.GetDateTimeOffset("At")!.Value));
        }

        return accepted;
    }

    /// <summary>An amendment of a month; null when there is none of that number.</summary>
    public async Task<Amendment?> AmendmentAsync(
        OrganisationId organisation, YearMonth month, int number, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        return await table.FindAsync(organisation.Value, AmendmentRows.KeyOf(month, number), cancellation) is { } row
            ? AmendmentRows.FromEntity(row)
            : null;
    }

    /// <summary>What was asked to amend in a month, the first first: one range.</summary>
    public async Task<IReadOnlyList<Amendment>> AmendmentsAsync(
        OrganisationId organisation, YearMonth month, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        return await table.StartingWith(organisation.Value, AmendmentRows.PrefixOf(month), cancellation)
            .Select(AmendmentRows.FromEntity).ToListAsync(cancellation);
    }

    /// <summary>Changes where a month stands and says what happened, with up to <see cref="MostAccepted"/> acceptances.</summary>
    /// <param name="read">As it was read.</param>
    /// <param name="fact">Of the number that the changed month counts to.</param>
    /// <param name="amendment">As it becomes; null when it is about none. What it says of the month stands in the month's own row, so
    /// that row alone decides who was first.</param>
    /// <returns>False when somebody else was faster; nothing was written then.</returns>
    public async Task<bool> TryMoveAsync(
        OrganisationId organisation,
        Stored<MonthLife> read,
        MonthLife changed,
        MonthFact fact,
        IReadOnlyCollection<Acceptance> accepted,
        CancellationToken cancellation,
        Amendment? amendment = null)
    {
        var table = await storage.TableAsync(Name);
        var state = StateEntity(organisation, changed);
        return await table.TrySubmitAsync(
            [
                read.ETag == default
                    ? new TableTransactionAction(TableTransactionActionType.Add, state)
                    : new TableTransactionAction(TableTransactionActionType.UpdateReplace, state, read.ETag),
                new TableTransactionAction(TableTransactionActionType.Add, FactEntity(organisation, changed.Month, fact)),
                .. accepted.Select(a => new TableTransactionAction(
                    TableTransactionActionType.UpsertReplace, AcceptanceEntity(organisation, changed.Month, a))),
                .. amendment is null
                    ? (IEnumerable<TableTransactionAction>)[]
                    : [new(TableTransactionActionType.UpsertReplace, AmendmentRows.ToEntity(organisation, amendment))],
            ],
            cancellation);
    }

    private static string State(YearMonth month) => $"S|{month}";

    private static MonthLife LifeOf(YearMonth month, TableEntity row) => new(
        month,
        Enum.Parse<MonthState>(row.GetString("State")),
        row.GetInt32("Facts")!.Value,
        row.GetInt32("Version"),
        row.GetString("Run"))
    {
        Amendments = row.GetInt32("Amendments") ?? 0,
        Amending = row.GetString("Amending") is { } amending ? Enum.Parse<AmendmentState>(amending) : null,
    };

    private static TableEntity StateEntity(OrganisationId organisation, MonthLife life)
    {
        var entity = new TableEntity(organisation.Value, State(life.Month))
        {
            ["State"] = life.State.ToString(),
            ["Facts"] = life.Facts,
        };
        entity.SetIfAny("Version", life.Version);
        entity.SetIfAny("Run", life.Run);
        entity.SetIfAny("Amendments", life.Amendments == 0 ? (int?)null : life.Amendments);
        entity.SetIfAny("Amending", life.Amending?.ToString());
        return entity;
    }

    private static TableEntity FactEntity(OrganisationId organisation, YearMonth month, MonthFact fact)
    {
        var row = $"F|{month}|{fact.N.ToString("D4", CultureInfo.InvariantCulture)}";
        var entity = new TableEntity(organisation.Value, row)
        {
            ["Event"] = fact.Event.ToString(),
            ["By"] = fact.By,
            ["At"] = fact.At,
        };
        entity.SetIfAny("Reason", fact.Reason);
        entity.SetIfAny("Code", fact.Code);
        entity.SetIfAny("Count", fact.Count);
        entity.SetIfAny("Version", fact.Version);
        return entity;
    }

    private static TableEntity AcceptanceEntity(OrganisationId organisation, YearMonth month, Acceptance accepted) =>
        new(organisation.Value, $"A|{month}|{accepted.Code}|{accepted.Session}|{accepted.Learner?.Key}")
        {
            ["Reason"] = accepted.Reason,
            ["By"] = accepted.By,
            ["At"] = accepted.At,
        };
}
