using Emargement.Domain.Absences;
using Emargement.Domain.Platform;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Absences.Runs;

/// <summary>The activity of <see cref="ApplyAbsence"/>.</summary>
public sealed class ApplyAbsenceActivity(ApplyAbsence apply)
{
    public const string Name = "ApplyAbsence";

    [Function(Name)]
    public async Task<string[]> RunAsync([ActivityTrigger] AbsenceRun input, CancellationToken cancellation)
    {
        var corrected = await apply.RunAsync(OrganisationId.Parse(input.Organisation), new AbsenceId(input.Absence), cancellation);
        return [.. corrected.Select(s => s.ToString())];
    }
}
