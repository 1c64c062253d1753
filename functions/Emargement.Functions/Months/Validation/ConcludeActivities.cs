using Emargement.Domain.Platform;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Months.Validation;

/// <summary>Activity: whether a validated month is sent, open again, or looked at once more.</summary>
public sealed class JudgeValidationActivity(ConcludeValidation conclude)
{
    public const string Name = "JudgeValidation";

    [Function(Name)]
    public Task<ValidationVerdict> RunAsync([ActivityTrigger] ConcludeRun input, CancellationToken cancellation) => conclude.JudgeAsync(
        OrganisationId.Parse(input.Organisation), YearMonth.Parse(input.Month), input.Run, input.Last, cancellation);
}

/// <summary>Activity: says that a month is sent.</summary>
public sealed class MarkSentActivity(ConcludeValidation conclude)
{
    public const string Name = "MarkMonthSent";

    [Function(Name)]
    public Task RunAsync([ActivityTrigger] SentRun input, CancellationToken cancellation) => conclude.SentAsync(
        OrganisationId.Parse(input.Organisation), YearMonth.Parse(input.Month), input.Run, input.Version, cancellation);
}
