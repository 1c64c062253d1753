using Emargement.Domain.Platform;
using Emargement.Domain.Region;
using Emargement.Functions.Region.Export;

namespace Emargement.Functions.Portal;

/// <summary>A line of <c>anomalies.csv</c>.</summary>
/// <param name="Learner">Null when it concerns the whole session.</param>
/// <param name="Text">In French, as in the file.</param>
public sealed record PortalAnomaly(string Date, string Session, string? Learner, string Code, string Text);

/// <param name="Count">How many there are; the list holds the first <see cref="ListPortalAnomalies.Most"/>.</param>
public sealed record PortalAnomalies(int Version, int Count, IReadOnlyList<PortalAnomaly> Items);

/// <summary>Lists what an inspector would ask about in the last version of an organisation's month.</summary>
public sealed class ListPortalAnomalies(PortalMonths months, ExportContainer container)
{
    /// <summary>Lines of an answer.</summary>
    internal const int Most = 500;

    /// <param name="code">Only those of this code; null for all.</param>
    /// <returns>The anomalies; or <c>organisation-unknown</c>, <c>export-not-found</c>.</returns>
    public async Task<Result<PortalAnomalies>> RunAsync(PortalPlace place, string? code, CancellationToken cancellation)
    {
        var found = await months.LastAsync(place, cancellation);
        if (!found.IsOk)
        {
            return found.Refusal;
        }

        var (items, count) = (new List<PortalAnomaly>(), 0);
        await foreach (var row in ExportRows.ReadAsync(container, found.Value, RegionFiles.AnomaliesName, cancellation))
        {
            if (string.IsNullOrEmpty(code) || row["code"] == code)
            {
                count++;
                if (items.Count < Most)
                {
                    items.Add(new PortalAnomaly(
                        row["date"], row["seance_ref"], row.OrNull("stagiaire_ref"), row["code"], row["texte"]));
                }
            }
        }

        return new PortalAnomalies(found.Value.Version, count, items);
    }
}
