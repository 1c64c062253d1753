using Emargement.Domain.Platform;
using Emargement.Functions.Absences.Records;
using Emargement.Functions.Region.Export;

namespace Emargement.Functions.Months;

/// <summary>Finds them where accepted absences are, for as long as these are kept.</summary>
public sealed class HealthCodes(AbsencesTable absences) : IHealthCodes
{
    public async Task<IReadOnlyDictionary<string, string>> HealthCodesAsync(
        OrganisationId organisation, YearMonth month, CancellationToken cancellation) =>
        (await absences.JustifiedAsync(organisation, month.FirstDay, month.LastDay, cancellation))
            .Where(h => h.Reason is { Health: true, FunderCode: not null })
            .DistinctBy(h => h.Absence)
            .ToDictionary(h => h.Absence.Value, h => h.Reason!.FunderCode!, StringComparer.Ordinal);
}
