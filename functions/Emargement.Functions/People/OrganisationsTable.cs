using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Platform.Calendar;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.People;

/// <summary>Table <c>Organisations</c>: one row each. PK <c>organisation</c>, RK its short name.</summary>
public sealed class OrganisationsTable(AppStorage storage)
{
    private const string Name = "Organisations";
    private const string Partition = "organisation";
    private const string TimeFormat = "HH:mm";

    private readonly RegionsTable _regions = new(storage);

    /// <summary>The organisation; where officers have their accounts, their Région, under its name and with nothing else.</summary>
    public async Task<Stored<Organisation>?> FindAsync(OrganisationId id, CancellationToken cancellation)
    {
        if (id.Region is { } region)
        {
            return await _regions.FindAsync(region, cancellation) is { } of ? new Stored<Organisation>(Of(of.Value), of.ETag) : null;
        }

        var table = await storage.TableAsync(Name);
        var row = await table.FindAsync(Partition, id.Value, cancellation);
        return row is null ? null : FromEntity(row);
    }

    /// <summary>The settings as they are now, with the ETag that a change must carry.</summary>
    /// <returns>The organisation, or <c>organisation-unknown</c>.</returns>
    public async Task<Result<Stored<Organisation>>> GetAsync(OrganisationId id, CancellationToken cancellation) =>
        await FindAsync(id, cancellation) is { } stored ? stored : Refusal.NotFound("organisation-unknown");

    /// <summary>Every organisation, in order of short name.</summary>
    public async IAsyncEnumerable<Stored<Organisation>> ListAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        await foreach (var row in table.StartingWith(Partition, string.Empty, cancellation))
        {
            yield return FromEntity(row);
        }
    }

    /// <returns>False when the short name is taken.</returns>
    public async Task<bool> TryInsertAsync(Organisation organisation, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        return await table.TryInsertAsync(ToEntity(organisation), cancellation);
    }

    /// <returns>False when another change was first.</returns>
    public async Task<bool> TryReplaceAsync(Stored<Organisation> read, Organisation changed, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var entity = ToEntity(changed);
        entity.ETag = read.ETag;
        return await table.TryReplaceAsync(entity, cancellation);
    }

    private static Organisation Of(RegionSettings region) => new()
    {
        Id = OrganisationId.OfRegion(region.Region),
        Name = region.Name,
        Nda = "",
        Siret = "",
        Region = region.Region.Value,
    };

    private static TableEntity ToEntity(Organisation o) => new(Partition, o.Id.Value)
    {
        ["Name"] = o.Name,
        ["Nda"] = o.Nda,
        ["Siret"] = o.Siret,
        ["Region"] = o.Region,
        ["Zone"] = o.Zone.Name,
        ["ImportAt"] = Time(o.ImportAt),
        ["LunchStart"] = Time(o.LunchStart),
        ["LunchEnd"] = Time(o.LunchEnd),
        ["WindowBeforeMinutes"] = o.WindowBeforeMinutes,
        ["WindowAfterMinutes"] = o.WindowAfterMinutes,
        ["LateAfterMinutes"] = o.LateAfterMinutes,
        ["Methods"] = string.Join(' ', o.Methods),
        ["DrawingWanted"] = o.DrawingWanted,
        ["DrawingWithToken"] = o.DrawingWithToken,
        ["TrainersMayTakeOver"] = o.TrainersMayTakeOver,
        ["LockedMonths"] = string.Join(' ', o.LockedMonths),
        ["FrozenMonths"] = string.Join(' ', o.FrozenMonths),
        ["Holidays"] = o.Holidays.ToString(),
        ["PlacementsMonthly"] = o.PlacementsMonthly,
        ["TrainersTakeSecondStep"] = o.TrainersTakeSecondStep,
        ["Reminders"] = string.Join(' ', o.Reminders),
        ["AbsenceDueAfterDays"] = o.AbsenceDueAfterDays,
    };

    private static Stored<Organisation> FromEntity(TableEntity row)
    {
        var organisation = new Organisation
        {
            Id = OrganisationId.Parse(row.RowKey),
            Name = row.GetString("Name"),
            Nda = row.GetString("Nda"),
            Siret = row.GetString("Siret"),
            Region = row.GetString("Region"),
            Zone = SiteZone.Parse(row.GetString("Zone")),
            ImportAt = Time(row.GetString("ImportAt")),
            LunchStart = Time(row.GetString("LunchStart")),
            LunchEnd = Time(row.GetString("LunchEnd")),
            WindowBeforeMinutes = row.GetInt32("WindowBeforeMinutes")!.Value,
            WindowAfterMinutes = row.GetInt32("WindowAfterMinutes")!.Value,
            LateAfterMinutes = row.GetInt32("LateAfterMinutes")!.Value,
            Methods = [.. Words(row.GetString("Methods")).Select(Enum.Parse<SigningMethod>)],
            DrawingWanted = row.GetBoolean("DrawingWanted")!.Value,
            DrawingWithToken = row.GetBoolean("DrawingWithToken")!.Value,
            TrainersMayTakeOver = row.GetBoolean("TrainersMayTakeOver") ?? true,
            LockedMonths = [.. Words(row.GetString("LockedMonths")).Select(Month)],
            FrozenMonths = [.. Words(row.GetString("FrozenMonths") ?? "").Select(Month)],
            Holidays = Enum.Parse<HolidayCalendar>(row.GetString("Holidays")),
            PlacementsMonthly = row.GetBoolean("PlacementsMonthly") ?? false,
            TrainersTakeSecondStep = row.GetBoolean("TrainersTakeSecondStep") ?? false,
        };
        organisation = organisation with
        {
            Reminders = row.GetString("Reminders") is { } kinds
                ? [.. Words(kinds).Select(Enum.Parse<ReminderKind>)]
                : organisation.Reminders,
            AbsenceDueAfterDays = row.GetInt32("AbsenceDueAfterDays") ?? organisation.AbsenceDueAfterDays,
        };
        return new Stored<Organisation>(organisation, row.ETag);
    }

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static YearMonth Month(string text) =>
        YearMonth.TryParse(text, out var month) ? month : throw new FormatException($"'{text}' in {Name} is not a month.");

    private static string Time(TimeOnly time) => time.ToString(TimeFormat, CultureInfo.InvariantCulture);

    private static TimeOnly Time(string text) => TimeOnly.ParseExact(text, TimeFormat, CultureInfo.InvariantCulture);
}
