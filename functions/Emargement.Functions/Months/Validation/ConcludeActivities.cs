using Emargement.Domain.Platform;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Months.Validation;

/// <summary>Activity: whether a validated month is sent, or open again.</summary>
public sealed class CheckValidationActivity(ConcludeValidation conclude)
{
    public const string Name = "CheckValidation";

    [Function(Name)]
    public Task<bool> RunAsync([ActivityTrigger] ConcludeRun input, CancellationToken cancellation) => conclude.CheckAsync(
        OrganisationId.Parse(input.Organisation), YearMonth.Parse(input.Month), input.Run, cancellation);
}

/// <summary>Activity: says that a month is sent.</summary>
public sealed class MarkSentActivity(ConcludeValidation conclude)
{
    public const string Name = "MarkMonthSent";

    [Function(Name)]
    public Task RunAsync([ActivityTrigger] SentRun input, CancellationToken cancellation) => conclude.SentAsync(
        OrganisationId.Parse(input.Organisation), YearMonth.Parse(input.Month), input.Run, input.Version, cancellation);
}
