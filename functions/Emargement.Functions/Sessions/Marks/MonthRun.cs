using Emargement.Domain.Platform;

namespace Emargement.Functions.Sessions.Marks;

/// <summary>Input of a month's run.</summary>
/// <param name="Month">yyyy-MM.</param>
public sealed record MonthRun(string Organisation, string Month)
{
    /// <summary>Name of the activity that calculates a month: whoever changes many half-days asks for it at the end.</summary>
    public const string Activity = "WriteMonthSummary";

    public static MonthRun Of(OrganisationId organisation, YearMonth month) => new(organisation.Value, month.ToString());

    /// <summary>One run of a month at a time.</summary>
    internal string Id => $"month-{Organisation}-{Month}";
}
