using System.Globalization;
using Azure.Data.Tables;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.People;

/// <summary>Table <c>Trainings</c>: PK <c>{org}</c>, RK the training's reference key.</summary>
public sealed class TrainingsTable(AppStorage storage) : ReferenceTable<Training>(storage, "Trainings")
{
    private protected override TableEntity ToEntity(string partition, Training t)
    {
        var entity = new TableEntity(partition, t.Ref.Key)
        {
            ["Ref"] = t.Ref.Value,
            ["Title"] = t.Title,
            ["FirstDay"] = Day(t.FirstDay),
            ["LastDay"] = Day(t.LastDay),
        };
        entity.SetIfAny("Certification", t.Certification);
        entity.SetIfAny("RegionNumber", t.RegionNumber);
        entity.SetIfAny("OrderNumber", t.OrderNumber);
        entity.SetIfAny("Site", t.Site);
        entity.SetIfAny("Address", t.Address);
        entity.SetIfAny("CentreHours", t.CentreHours?.ToString(CultureInfo.InvariantCulture));
        entity.SetIfAny("CompanyHours", t.CompanyHours?.ToString(CultureInfo.InvariantCulture));
        entity.SetIfAny("Methods", t.Methods is null ? null : string.Join(',', t.Methods));
        return entity;
    }

    private protected override Training FromEntity(TableEntity row) => new()
    {
        Ref = Reference.Parse(row.GetString("Ref")),
        Title = row.GetString("Title"),
        Certification = row.GetString("Certification"),
        RegionNumber = row.GetString("RegionNumber"),
        OrderNumber = row.GetString("OrderNumber"),
        Site = row.GetString("Site"),
        Address = row.GetString("Address"),
        FirstDay = Day(row.GetString("FirstDay")),
        LastDay = Day(row.GetString("LastDay")),
        CentreHours = Hours(row.GetString("CentreHours")),
        CompanyHours = Hours(row.GetString("CompanyHours")),
        Methods = row.GetString("Methods") is { } methods
            ? [.. methods.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<SigningMethod>)]
            : null,
    };

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static decimal? Hours(string? text) => text is null ? null : decimal.Parse(text, CultureInfo.InvariantCulture);
}
