using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.People;

/// <summary>Settings of Régions, kept for half a minute in this process: their pages read them, and they hardly change.</summary>
public sealed class KnownRegions(RegionsTable table, TimeProvider time)
{
    private readonly ShortMemory<RegionCode, RegionSettings> _known = new(time);

    /// <returns>The Région; one that has no officers yet has no settings either.</returns>
    public async Task<RegionSettings> OfAsync(RegionCode region, CancellationToken cancellation) =>
        await _known.ReadAsync(region, async token => (await table.FindAsync(region, token))?.Value, cancellation)
            ?? new RegionSettings(region, region.Value);

    internal void Forget(RegionCode region) => _known.Forget(region);
}
