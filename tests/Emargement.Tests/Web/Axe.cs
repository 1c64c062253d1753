using Emargement.Tests.House;
using Microsoft.Playwright;

namespace Emargement.Tests.Web;

/// <summary>axe-core as npm installs it beside the pages' scripts.</summary>
internal static class Axe
{
    private static readonly string Source = File.ReadAllText(
        Path.Combine(Repository.Root, "functions", "Emargement.Web", "node_modules", "axe-core", "axe.min.js"));

    /// <summary>Violations of WCAG 2.1 A and AA in what a page shows now.</summary>
    public static async Task<IReadOnlyList<string>> ViolationsAsync(IPage page)
    {
        // Half a megabyte: only where the page does not have it yet.
        if (!await page.EvaluateAsync<bool>("'axe' in globalThis"))
        {
            await page.EvaluateAsync(Source);
        }

        return await page.EvaluateAsync<string[]>(
            """
            async () => (await axe.run(document, {
              runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
              resultTypes: ["violations"],
            })).violations
              .flatMap(v => v.nodes.map(n => `${v.id}: ${n.html.slice(0, 160)} ${n.failureSummary ?? ""}`))
            """);
    }
}
