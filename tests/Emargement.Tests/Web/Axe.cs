using Emargement.Tests.House;

namespace Emargement.Tests.Web;

internal static class Axe
{
    /// <summary>axe-core as npm installs it beside the pages' scripts.</summary>
    public static string Source { get; } = File.ReadAllText(
        Path.Combine(Repository.Root, "functions", "Emargement.Web", "node_modules", "axe-core", "axe.min.js"));
}
