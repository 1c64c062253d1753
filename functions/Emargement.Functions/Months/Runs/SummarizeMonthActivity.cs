using Emargement.Domain.Platform;
using Emargement.Functions.Sessions.Marks;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Months.Runs;

/// <summary>The activity of <see cref="SummarizeMonth"/>.</summary>
public sealed class SummarizeMonthActivity(SummarizeMonth summarize)
{
    public const string Name = MonthRun.Activity;

    [Function(Name)]
    public async Task<string> RunAsync([ActivityTrigger] MonthRun input, CancellationToken cancellation)
    {
        var made = await summarize.RunAsync(OrganisationId.Parse(input.Organisation), YearMonth.Parse(input.Month), cancellation);
        return made.Match(summary => $"{summary.Groups.Count} groups", refusal => refusal.Code);
    }
}
