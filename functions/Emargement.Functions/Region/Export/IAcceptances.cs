using Emargement.Domain.Platform;
using Emargement.Domain.Region;

namespace Emargement.Functions.Region.Export;

/// <summary>What people have accepted in a month, which its export says.</summary>
public interface IAcceptances
{
    Task<IReadOnlyList<Acceptance>> AcceptedAsync(OrganisationId organisation, YearMonth month, CancellationToken cancellation);
}
