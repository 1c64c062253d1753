using Emargement.Domain.Platform;
using Emargement.Domain.Region.Usage;

namespace Emargement.Web.Portal;

/// <summary>What a Région is charged for in a month, by organisation.</summary>
/// <param name="Pages">Where the Région's pages are.</param>
/// <param name="File">Address of the same as a table.</param>
/// <param name="IsLast">Whether the month after it has not begun.</param>
public sealed record PortalUsageModel(string Pages, string File, YearMonth Month, bool IsLast, IReadOnlyList<PortalUsageRow> Rows);

/// <param name="Final">Whether the organisation validated its month.</param>
public sealed record PortalUsageRow(string Name, string Nda, UsageCounts Counts, bool Final);
