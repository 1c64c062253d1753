using Emargement.Domain.Platform;
using Emargement.Functions.Months.Telling;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Months.Validation;

/// <summary>Activity: whether a validated month is sent, open again, or looked at once more.</summary>
public sealed class JudgeValidationActivity(ConcludeValidation conclude)
{
    public const string Name = "JudgeValidation";

    [Function(Name)]
    public Task<ValidationVerdict> RunAsync([ActivityTrigger] ConcludeRun input, CancellationToken cancellation) => conclude.JudgeAsync(
        OrganisationId.Parse(input.Organisation), YearMonth.Parse(input.Month), input.Run, input.Last, cancellation);
}

/// <summary>Activity: says that a month is sent, and tells it outside.</summary>
public sealed class MarkSentActivity(ConcludeValidation conclude, MonthAnnouncer announcer)
{
    public const string Name = "MarkMonthSent";

    [Function(Name)]
    public async Task RunAsync(
        [ActivityTrigger] SentRun input, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var (organisation, month) = (OrganisationId.Parse(input.Organisation), YearMonth.Parse(input.Month));
        await conclude.SentAsync(organisation, month, input.Run, input.Version, cancellation);
        await announcer.TellAsync(client, organisation, month, cancellation);
    }
}
