using Emargement.Domain.Platform;
using Emargement.Functions.Months.Records;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Months;

/// <summary>The month, or a group's month, that an address names.</summary>
public static class MonthRoute
{
    /// <summary>Where the months of an organisation are.</summary>
    public const string All = "api/organisations/{org}/months";

    /// <summary>Where one month is.</summary>
    public const string Address = All + "/{month}";

    /// <summary>Where one group's month is.</summary>
    public const string Group = Address + "/groups/{training}/{group}";

    private const string Csv = ".csv";

    /// <returns>The month, or <c>month-invalid</c>.</returns>
    public static Result<YearMonth> Of(HttpRequest request) => Of(request.RouteText("month"));

    /// <returns>The month, or <c>month-invalid</c>; and whether the address asks for a table, by <c>.csv</c> behind the month.</returns>
    public static (Result<YearMonth> Month, bool AsTable) OfTable(HttpRequest request)
    {
        var text = request.RouteText("month");
        var asTable = text.EndsWith(Csv, StringComparison.Ordinal);
        return (Of(asTable ? text[..^Csv.Length] : text), asTable);
    }

    /// <returns>The group, or <c>group-unknown</c>.</returns>
    public static Result<GroupKey> GroupOf(HttpRequest request) =>
        GroupKey.TryParse(request.RouteText("training"), request.RouteText("group"), out var group)
            ? group
            : Refusal.NotFound("group-unknown");

    private static Result<YearMonth> Of(string text) =>
        YearMonth.TryParse(text, out var month) ? month : Refusal.BadInput("month-invalid");
}
