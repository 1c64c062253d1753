using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Azure;
using Azure.Data.Tables;
using Emargement.Domain.Absences;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Absences.Records;

/// <summary>Where absences are looked for: a learner's, those that ended in a month, or else those that nobody has decided.</summary>
public sealed record AbsenceShelf(Reference? Learner, YearMonth? Month)
{
    /// <summary>Absences of a page.</summary>
    public const int Page = 100;
}

/// <summary>
/// Table <c>Absences</c>: PK <c>{org}</c>; RK <c>F|{id}</c> what was filed and decided, <c>L|{learner}|{id}</c> that it is the learner's,
/// <c>W|{id}</c> that it is undecided, <c>D|{yyyy-MM}|{id}</c> that it ended in that month, <c>X|{yyyyMMdd}|{id}</c> that it holds what
/// may be forgotten from that day on, <c>H|{yyyyMMdd}|{half-day}|{learner}|{id}</c> a half-day that it justifies. What changes together is
/// one transaction.
/// </summary>
public sealed class AbsencesTable(AppStorage storage)
{
    private const string Name = "Absences";
    private const int Parallelism = 16;

    // What is null is written too: a value is read back whole.
    private static readonly JsonSerializerOptions Options = new(ApiJson.Options)
    {
        IgnoreReadOnlyProperties = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
    };

    public async Task<Stored<Absence>?> FindAsync(OrganisationId organisation, AbsenceId id, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        return await table.FindAsync(organisation.Value, $"F|{id}", cancellation) is { } row ? FromEntity(row) : null;
    }

    /// <summary>Those that nobody has decided yet, the first to begin first: one range, and a point read each.</summary>
    public Task<IReadOnlyList<Absence>> UndecidedAsync(OrganisationId organisation, CancellationToken cancellation) =>
        OfAsync(organisation, "W|", cancellation);

    /// <summary>Those that ended in a month, as <see cref="UndecidedAsync"/>.</summary>
    public Task<IReadOnlyList<Absence>> EndedAsync(OrganisationId organisation, YearMonth month, CancellationToken cancellation) =>
        OfAsync(organisation, $"D|{month}|", cancellation);

    /// <summary>A learner's, as <see cref="UndecidedAsync"/>.</summary>
    public Task<IReadOnlyList<Absence>> OfLearnerAsync(OrganisationId organisation, Reference learner, CancellationToken cancellation) =>
        OfAsync(organisation, $"L|{learner.Key}|", cancellation);

    /// <summary>Those of which something may be to be forgotten on a day, as <see cref="UndecidedAsync"/>.</summary>
    public Task<IReadOnlyList<Absence>> DueAsync(OrganisationId organisation, DateOnly day, CancellationToken cancellation) =>
        BetweenAsync(organisation, "X|", TableAccess.AfterPrefix($"X|{Day(day)}|"), cancellation);

    /// <summary>Half-days justified from a day to another, both inclusive: one range.</summary>
    public async Task<IReadOnlyList<JustifiedHalfDay>> JustifiedAsync(
        OrganisationId organisation, DateOnly first, DateOnly last, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var (from, before) = ($"H|{Day(first)}", TableAccess.AfterPrefix($"H|{Day(last)}|"));
        return await table.Between(organisation.Value, from, before, cancellation)
            .Select(row => JsonSerializer.Deserialize<JustifiedHalfDay>(row.GetString("Json"), Options)!)
            .ToListAsync(cancellation);
    }

    /// <returns>False when it was filed before.</returns>
    public async Task<bool> TryInsertAsync(OrganisationId organisation, Absence absence, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        return await table.TrySubmitAsync(
            [
                new(TableTransactionActionType.Add, ToEntity(organisation, absence)),
                new(TableTransactionActionType.UpsertReplace, Row(organisation, $"L|{absence.Learner.Key}|{absence.Id}")),
                new(TableTransactionActionType.UpsertReplace, Row(organisation, $"W|{absence.Id}")),
                new(TableTransactionActionType.UpsertReplace, Row(organisation, TermKey(absence))),
            ],
            cancellation);
    }

    /// <summary>Those of a page: undecided, ended in a month, or a learner's, in order of id.</summary>
    /// <param name="after">The last id of the page before; null for the first.</param>
    /// <returns>As many as a page holds, or fewer at the end.</returns>
    public Task<IReadOnlyList<Absence>> PageAsync(
        OrganisationId organisation, AbsenceShelf shelf, string? after, CancellationToken cancellation)
    {
        var prefix = shelf switch
        {
            { Learner: { } learner } => $"L|{learner.Key}|",
            { Month: { } month } => $"D|{month}|",
            _ => "W|",
        };
        return BetweenAsync(
            organisation, after is null ? prefix : $"{prefix}{after}!", TableAccess.AfterPrefix(prefix), cancellation, AbsenceShelf.Page);
    }

    /// <summary>Writes what an absence has become, and with a decision the half-days that it justifies; those of an undone one go.
    /// </summary>
    /// <returns>False when somebody was faster.</returns>
    public async Task<bool> TryReplaceAsync(
        OrganisationId organisation, Stored<Absence> read, Absence changed, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var actions = new List<TableTransactionAction>
        {
            new(TableTransactionActionType.UpdateReplace, ToEntity(organisation, changed), read.ETag),
        };
        if (read.Value.Outcome != changed.Outcome || !ReferenceEquals(read.Value.Decision, changed.Decision))
        {
            var (before, after) = (KeysOf(read.Value), KeysOf(changed));
            actions.AddRange(before.Except(after).Select(key => new TableTransactionAction(
                TableTransactionActionType.Delete, Row(organisation, key), ETag.All)));
            actions.AddRange(after.Except(before).Select(key => new TableTransactionAction(
                TableTransactionActionType.UpsertReplace, Row(organisation, key))));
            var halfDays = Justified(changed).Select(h => HalfDayEntity(organisation, h)).ToList();
            actions.AddRange(halfDays.Select(h => new TableTransactionAction(TableTransactionActionType.UpsertReplace, h)));
            actions.AddRange(Justified(read.Value).Select(h => HalfDayEntity(organisation, h))
                .Where(h => halfDays.All(kept => kept.RowKey != h.RowKey))
                .Select(h => new TableTransactionAction(TableTransactionActionType.Delete, h, ETag.All)));
        }

        return await table.TrySubmitAsync(actions, cancellation);
    }

    /// <summary>Writes an absence as it stays when its term is over, and its half-days with it; one that stays so already is left.
    /// </summary>
    /// <returns>False when somebody was faster.</returns>
    public async Task<bool> TryForgetAsync(
        OrganisationId organisation, Stored<Absence> read, Absence forgotten, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var term = TermKey(read.Value);
        if (await table.FindAsync(organisation.Value, term, cancellation) is null)
        {
            return true;
        }

        List<TableTransactionAction> actions =
        [
            new(TableTransactionActionType.UpdateReplace, ToEntity(organisation, forgotten), read.ETag),
            new(TableTransactionActionType.Delete, Row(organisation, term), ETag.All),
            .. Justified(forgotten).Select(h => new TableTransactionAction(
                TableTransactionActionType.UpsertReplace, HalfDayEntity(organisation, h))),
        ];
        return await table.TrySubmitAsync(actions, cancellation);
    }

    // What says where it stands and until when it is kept. One whose term is over is decided no more.
    private static string[] KeysOf(Absence absence) =>
    [
        absence is { Outcome: not null, EndedAt: { } ended }
            ? $"D|{YearMonth.Of(DateOnly.FromDateTime(ended.UtcDateTime))}|{absence.Id}"
            : $"W|{absence.Id}",
        TermKey(absence),
    ];

    private static IEnumerable<JustifiedHalfDay> Justified(Absence absence) => absence.Decision is not { } decision
        ? []
        : decision.HalfDays.Select(AbsencePoint.Of).Distinct().Select(point => JustifiedHalfDay.Of(absence, decision, point));

    private Task<IReadOnlyList<Absence>> OfAsync(OrganisationId organisation, string prefix, CancellationToken cancellation) =>
        BetweenAsync(organisation, prefix, TableAccess.AfterPrefix(prefix), cancellation);

    private async Task<IReadOnlyList<Absence>> BetweenAsync(
        OrganisationId organisation, string from, string before, CancellationToken cancellation, int most = int.MaxValue)
    {
        var table = await storage.TableAsync(Name);
        var ids = await table.Between(organisation.Value, from, before, cancellation)
            .Take(most)
            .Select(row => new AbsenceId(row.RowKey[(row.RowKey.LastIndexOf('|') + 1)..]))
            .ToListAsync(cancellation);
        var found = new List<Absence>();
        foreach (var some in ids.Chunk(Parallelism))
        {
            var read = await Task.WhenAll(some.Select(id => FindAsync(organisation, id, cancellation)));
            found.AddRange(read.OfType<Stored<Absence>>().Select(f => f.Value));
        }

        return most == int.MaxValue ? [.. found.OrderBy(a => a.Span.First).ThenBy(a => a.Id.Value)] : found;
    }

    private static string TermKey(Absence absence) => $"X|{Day(AbsenceRules.LookedAtFrom(absence))}|{absence.Id}";

    private static TableEntity Row(OrganisationId organisation, string key) => new(organisation.Value, key);

    private static string Day(DateOnly day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    private static TableEntity HalfDayEntity(OrganisationId organisation, JustifiedHalfDay justified) => new(
        organisation.Value,
        $"H|{Day(justified.At.Date)}|{(int)justified.At.HalfDay}|{justified.Learner.Key}|{justified.Absence}")
    {
        ["Json"] = JsonSerializer.Serialize(justified, Options),
    };

    private static TableEntity ToEntity(OrganisationId organisation, Absence absence) => new(organisation.Value, $"F|{absence.Id}")
    {
        ["Json"] = JsonSerializer.Serialize(absence, Options),
    };

    private static Stored<Absence> FromEntity(TableEntity row) =>
        new(JsonSerializer.Deserialize<Absence>(row.GetString("Json"), Options)!, row.ETag);
}
