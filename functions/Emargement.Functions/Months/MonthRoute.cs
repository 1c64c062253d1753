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

    /// <returns>The month, or <c>month-invalid</c>.</returns>
    public static Result<YearMonth> Of(HttpRequest request) =>
        YearMonth.TryParse(request.RouteText("month"), out var month) ? month : Refusal.BadInput("month-invalid");

    /// <returns>The group, or <c>group-unknown</c>.</returns>
    public static Result<GroupKey> GroupOf(HttpRequest request) =>
        GroupKey.TryParse(request.RouteText("training"), request.RouteText("group"), out var group)
            ? group
            : Refusal.NotFound("group-unknown");
}
