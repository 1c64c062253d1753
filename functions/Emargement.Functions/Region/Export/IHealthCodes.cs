using Emargement.Domain.Platform;

namespace Emargement.Functions.Region.Export;

/// <summary>What a Région's files call reasons of health, which no fact holds.</summary>
public interface IHealthCodes
{
    /// <summary>By accepted absence, of those that a month's half-days name: one range.</summary>
    Task<IReadOnlyDictionary<string, string>> HealthCodesAsync(
        OrganisationId organisation, YearMonth month, CancellationToken cancellation);
}
