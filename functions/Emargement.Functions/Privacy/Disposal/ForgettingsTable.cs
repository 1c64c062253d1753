using System.Globalization;
using Azure.Data.Tables;
using Emargement.Domain.Platform;
using Emargement.Domain.Privacy;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Privacy.Disposal;

/// <summary>
/// Table <c>Forgettings</c>: PK org, RK the training's key. The report of what is to go, then how far it is gone, by which a run that was
/// cut short goes on. PK <c>done|month</c>, RK <c>{yyyy-MM}</c> says that every organisation was looked at; PK <c>done|day</c>
/// on which day documents of absences last were.
/// </summary>
public sealed class ForgettingsTable(AppStorage storage)
{
    private const string Name = "Forgettings";
    private const string MonthsDone = "done|month";
    private const string DayDone = "done|day";
    private const string Justifications = "justifications";
    private const string DayFormat = "yyyy-MM-dd";

    /// <summary>Every training whose term was found over, by reference: one range.</summary>
    public async Task<IReadOnlyDictionary<Reference, Stored<Forgetting>>> AllAsync(
        OrganisationId organisation, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        return await table.StartingWith(organisation.Value, string.Empty, cancellation)
            .Select(FromEntity)
            .ToDictionaryAsync(f => f.Value.Training, cancellationToken: cancellation);
    }

    public async Task<Stored<Forgetting>?> FindAsync(OrganisationId organisation, Reference training, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var row = await table.FindAsync(organisation.Value, training.Key, cancellation);
        return row is null ? null : FromEntity(row);
    }

    /// <summary>Whether every organisation was looked at this month: a point read.</summary>
    public async Task<bool> IsDoneAsync(YearMonth month, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        return await table.FindAsync(MonthsDone, month.ToString(), cancellation) is not null;
    }

    public async Task NoteDoneAsync(YearMonth month, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        await table.TryInsertAsync(new TableEntity(MonthsDone, month.ToString()), cancellation);
    }

    /// <summary>The day on which documents of absences were last looked at: a point read.</summary>
    public async Task<DateOnly?> LastDayAsync(CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var row = await table.FindAsync(DayDone, Justifications, cancellation);
        return row is null ? null : DateOnly.ParseExact(row.GetString("Day"), DayFormat, CultureInfo.InvariantCulture);
    }

    public async Task NoteDayAsync(DateOnly day, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var row = new TableEntity(DayDone, Justifications) { ["Day"] = day.ToString(DayFormat, CultureInfo.InvariantCulture) };
        await table.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellation);
    }

    /// <summary>Writes a report, or a step that was made.</summary>
    /// <param name="read">What it was made from; null for the first report.</param>
    /// <returns>What is stored now; null when another run was faster.</returns>
    public async Task<Stored<Forgetting>?> TryWriteAsync(
        OrganisationId organisation, Stored<Forgetting>? read, Forgetting forgetting, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        return await table.WriteAsync(ToEntity(organisation, forgetting), read?.ETag ?? default, cancellation) is { } etag
            ? new Stored<Forgetting>(forgetting, etag)
            : null;
    }

    private static TableEntity ToEntity(OrganisationId organisation, Forgetting f)
    {
        var entity = new TableEntity(organisation.Value, f.Training.Key)
        {
            ["Training"] = f.Training.Value,
            ["Announced"] = f.Announced.ToString(DayFormat, CultureInfo.InvariantCulture),
            ["Step"] = f.Step.ToString(),
            ["Sessions"] = f.Sessions,
            ["People"] = f.People,
            ["Documents"] = f.Documents,
            ["KeptByStore"] = f.KeptByStore,
        };
        entity.SetIfAny("Through", f.Through?.ToString());
        return entity;
    }

    private static Stored<Forgetting> FromEntity(TableEntity row) => new(
        new Forgetting(
            Reference.Parse(row.GetString("Training")),
            DateOnly.ParseExact(row.GetString("Announced"), DayFormat, CultureInfo.InvariantCulture),
            Enum.Parse<ForgettingStep>(row.GetString("Step")),
            YearMonth.TryParse(row.GetString("Through"), out var through) ? through : null,
            row.GetInt32("Sessions")!.Value,
            row.GetInt32("People")!.Value,
            row.GetInt32("Documents")!.Value,
            row.GetInt32("KeptByStore")!.Value),
        row.ETag);
}
