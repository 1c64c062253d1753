using Emargement.Domain.Platform;
using Emargement.Domain.Region;
using Emargement.Functions.People;
using Emargement.Functions.Region.Export;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Region;

/// <summary>A run of a Région's month that wrote every organisation.</summary>
/// <param name="At">When it began.</param>
public sealed record ExportedMonth(string Region, string Month, string Run, DateTimeOffset At);

/// <summary>Activity: notes that a month was exported after its end, so that the timer leaves it alone.</summary>
public sealed class MarkMonthExportedActivity(OrganisationsTable organisations, ExportsTable exports)
{
    public const string Name = "MarkMonthExported";

    [Function(Name)]
    public async Task Run([ActivityTrigger] ExportedMonth exported, FunctionContext context)
    {
        var region = RegionCode.Parse(exported.Region);
        var month = YearMonth.Parse(exported.Month);
        var all = await organisations.ListAsync(context.CancellationToken).Select(o => o.Value)
            .ToListAsync(context.CancellationToken);
        if (ExportSchedule.IsOver(month, region, all, exported.At))
        {
            await exports.MarkMonthDoneAsync(region, month, exported.Run, exported.At, context.CancellationToken);
        }
    }
}
