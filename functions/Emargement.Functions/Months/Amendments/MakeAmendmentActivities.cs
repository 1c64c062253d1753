using Emargement.Domain.Platform;
using Emargement.Functions.Months.Telling;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Months.Amendments;

/// <summary>Activity: writes the corrections of an amendment. Answers with the half-days that they are about.</summary>
public sealed class WriteAmendmentActivity(MakeAmendment make)
{
    public const string Name = "WriteAmendment";

    [Function(Name)]
    public async Task<string[]> RunAsync([ActivityTrigger] AmendmentRun input, CancellationToken cancellation) =>
    [
        .. (await make.WriteAsync(
            OrganisationId.Parse(input.Organisation), YearMonth.Parse(input.Month), input.Number, cancellation)).Select(s => s.ToString()),
    ];
}

/// <summary>Activity: says that an amendment is made, and tells it outside.</summary>
public sealed class EndAmendmentActivity(MakeAmendment make, MonthAnnouncer announcer)
{
    public const string Name = "EndAmendment";

    [Function(Name)]
    public async Task RunAsync(
        [ActivityTrigger] EndedAmendment input, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var (organisation, month) = (OrganisationId.Parse(input.Organisation), YearMonth.Parse(input.Month));
        await make.EndAsync(organisation, month, input.Number, input.Version, cancellation);
        await announcer.TellAsync(client, organisation, month, cancellation);
    }
}
