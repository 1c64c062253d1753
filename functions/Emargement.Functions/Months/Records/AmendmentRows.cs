using System.Globalization;
using Azure.Data.Tables;
using Emargement.Domain.Months;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Storage;
using Emargement.Functions.Region.Export;

namespace Emargement.Functions.Months.Records;

/// <summary>Amendments as rows of <c>Months</c>, RK <c>R|{yyyy-MM}|{number}</c>.</summary>
internal static class AmendmentRows
{
    public static string PrefixOf(YearMonth month) => $"R|{month}|";

    public static string KeyOf(YearMonth month, int number) => PrefixOf(month) + number.ToString("D4", CultureInfo.InvariantCulture);

    public static TableEntity ToEntity(OrganisationId organisation, Amendment amendment)
    {
        var entity = new TableEntity(organisation.Value, KeyOf(amendment.Month, amendment.Number))
        {
            ["State"] = amendment.State.ToString(),
            ["By"] = amendment.By,
            ["At"] = amendment.At,
            ["Reason"] = amendment.Reason,
            ["Items"] = FiguresText.Write(amendment.Items),
        };
        entity.SetIfAny("Answer", amendment.Answer);
        entity.SetIfAny("AnsweredBy", amendment.AnsweredBy);
        entity.SetIfAny("AnsweredAt", amendment.AnsweredAt);
        entity.SetIfAny("Version", amendment.Version);
        return entity;
    }

    public static Amendment FromEntity(TableEntity row)
    {
        var key = row.RowKey.Split('|');
        return new Amendment(
            YearMonth.Parse(key[1]),
            int.Parse(key[2], CultureInfo.InvariantCulture),
            Enum.Parse<AmendmentState>(row.GetString("State")),
            row.GetString("By"),
            row.GetDateTimeOffset("At")!.Value,
            row.GetString("Reason"),
            FiguresText.Read<AmendmentItem[]>(row.GetBinary("Items"))!)
        {
            Answer = row.GetString("Answer"),
            AnsweredBy = row.GetString("AnsweredBy"),
            AnsweredAt = row.GetDateTimeOffset("AnsweredAt"),
            Version = row.GetInt32("Version"),
        };
    }
}
