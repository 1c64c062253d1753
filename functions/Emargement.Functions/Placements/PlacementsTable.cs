using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Placements;

/// <summary>What the list of placements shows, as it was when the workflow last looked. The facts are the truth.</summary>
/// <param name="Facts">How many facts it was made from: an older view never replaces a newer one.</param>
/// <param name="FileHash">What the last planning import asked for, so that the same file again reads nothing more;
/// null when none did.</param>
/// <param name="Address">The public address under which it was last used, for the links of its mails.</param>
public sealed record PlacementRow(
    OrganisationId Organisation,
    PlacementId Id,
    Reference Learner,
    Reference Training,
    string Group,
    string Company,
    DateOnly FirstDay,
    DateOnly LastDay,
    PlacementProgress Progress,
    int Facts,
    string? FileHash,
    string? Address);

public sealed record StoredPlacement(PlacementRow Row, ETag ETag);

/// <summary>Table <c>Placements</c>. PK org; two rows a placement in one batch: RK <c>P|{placement}</c> holds it, RK
/// <c>L|{learner}|{placement}</c> only says that the learner has it.</summary>
public sealed class PlacementsTable(AppStorage storage)
{
    public const int MaxPage = 200;

    private const string Name = "Placements";
    private const string DayFormat = "yyyy-MM-dd";

    public async Task<Stored<PlacementRow>?> FindAsync(OrganisationId organisation, PlacementId id, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var row = await table.FindAsync(organisation.Value, Row(id), cancellation);
        return row is null ? null : FromEntity(row);
    }

    /// <returns>False when it exists.</returns>
    public async Task<bool> TryInsertAsync(PlacementRow placement, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        return await table.TrySubmitAsync(
            [
                new TableTransactionAction(TableTransactionActionType.Add, ToEntity(placement)),
                new TableTransactionAction(
                    TableTransactionActionType.Add,
                    new TableEntity(placement.Organisation.Value, LearnerRow(placement.Learner) + placement.Id)),
            ],
            cancellation);
    }

    /// <returns>False when another change was first.</returns>
    public async Task<bool> TryReplaceAsync(Stored<PlacementRow> read, PlacementRow changed, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var entity = ToEntity(changed);
        entity.ETag = read.ETag;
        return await table.TryReplaceAsync(entity, cancellation);
    }

    /// <summary>A page of an organisation's placements.</summary>
    public async Task<(IReadOnlyList<PlacementRow> Items, string? Continuation)> ListAsync(
        OrganisationId organisation, string? continuation, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var pages = table.StartingWith(organisation.Value, "P|", cancellation).AsPages(continuation, MaxPage);
        await foreach (var page in pages)
        {
            return ([.. page.Values.Select(r => FromEntity(r).Value)], page.ContinuationToken);
        }

        return ([], null);
    }

    /// <summary>Every placement that has a day from one day to another, both inclusive.</summary>
    public async IAsyncEnumerable<PlacementRow> BetweenAsync(
        OrganisationId organisation, DateOnly first, DateOnly last, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var (from, to) = (Day(first), Day(last));
        var rows = table.QueryAsync<TableEntity>(
            $"{Rows(organisation)} and {TableClient.CreateQueryFilter($"FirstDay le {to} and LastDay ge {from}")}",
            maxPerPage: 1000,
            cancellationToken: cancellation);
        await foreach (var row in rows)
        {
            yield return FromEntity(row).Value;
        }
    }

    /// <summary>How many placements of an organisation are in some states: one query.</summary>
    public async Task<int> CountAsync(
        OrganisationId organisation, IEnumerable<PlacementProgressState> states, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var any = string.Join(" or ", states.Select(s => TableClient.CreateQueryFilter($"State eq {s.ToString()}")));
        return await table.QueryAsync<TableEntity>(
            $"{Rows(organisation)} and ({any})", maxPerPage: 1000, select: ["RowKey"], cancellationToken: cancellation)
            .CountAsync(cancellation);
    }

    /// <summary>A learner's placements, by first day.</summary>
    public async Task<IReadOnlyList<PlacementRow>> OfLearnerAsync(
        OrganisationId organisation, Reference learner, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var found = new List<PlacementRow>();
        await foreach (var pointer in table.StartingWith(organisation.Value, LearnerRow(learner), cancellation))
        {
            if (PlacementId.TryParse(pointer.RowKey[(pointer.RowKey.LastIndexOf('|') + 1)..], out var id)
                && await FindAsync(organisation, id, cancellation) is { } stored)
            {
                found.Add(stored.Value);
            }
        }

        return [.. found.OrderBy(p => p.FirstDay)];
    }

    // The placements themselves, without the rows that only point to them.
    private static string Rows(OrganisationId organisation) =>
        TableClient.CreateQueryFilter($"PartitionKey eq {organisation.Value} and RowKey ge {"P|"} and RowKey lt {"P}"}");

    private static string Row(PlacementId id) => $"P|{id}";

    private static string LearnerRow(Reference learner) => $"L|{learner.Key}|";

    private static string Day(DateOnly day) => day.ToString(DayFormat, CultureInfo.InvariantCulture);

    private static TableEntity ToEntity(PlacementRow p)
    {
        var entity = new TableEntity(p.Organisation.Value, Row(p.Id))
        {
            ["Learner"] = p.Learner.Value,
            ["Training"] = p.Training.Value,
            ["Group"] = p.Group,
            ["Company"] = p.Company,
            ["FirstDay"] = Day(p.FirstDay),
            ["LastDay"] = Day(p.LastDay),
            ["State"] = p.Progress.State.ToString(),
            ["WeeksExpected"] = p.Progress.WeeksExpected,
            ["WeeksDeclared"] = p.Progress.WeeksDeclared,
            ["WeeksValidated"] = p.Progress.WeeksValidated,
            ["WeeksLate"] = p.Progress.WeeksLate,
            ["Facts"] = p.Facts,
        };
        entity.SetIfAny("TutorAskedAt", p.Progress.TutorAskedAt);
        entity.SetIfAny("FileHash", p.FileHash);
        entity.SetIfAny("Address", p.Address);
        return entity;
    }

    private static Stored<PlacementRow> FromEntity(TableEntity row)
    {
        var progress = new PlacementProgress(
            Enum.Parse<PlacementProgressState>(row.GetString("State")),
            row.GetInt32("WeeksExpected")!.Value,
            row.GetInt32("WeeksDeclared")!.Value,
            row.GetInt32("WeeksValidated")!.Value,
            row.GetInt32("WeeksLate")!.Value,
            row.GetDateTimeOffset("TutorAskedAt"));
        var placement = new PlacementRow(
            OrganisationId.Parse(row.PartitionKey),
            PlacementId.Parse(row.RowKey[2..]),
            Reference.Parse(row.GetString("Learner")),
            Reference.Parse(row.GetString("Training")),
            row.GetString("Group"),
            row.GetString("Company"),
            DateOnly.ParseExact(row.GetString("FirstDay"), DayFormat, CultureInfo.InvariantCulture),
            DateOnly.ParseExact(row.GetString("LastDay"), DayFormat, CultureInfo.InvariantCulture),
            progress,
            row.GetInt32("Facts")!.Value,
            row.GetString("FileHash"),
            row.GetString("Address"));
        return new Stored<PlacementRow>(placement, row.ETag);
    }
}
