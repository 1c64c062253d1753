using System.Globalization;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Region;
using Emargement.Functions.Portal;
using Emargement.Web.Platform;
using Emargement.Web.Portal;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Pages.Portal;

/// <summary>Makes what an officer's pages of lines show: what two versions say differently, what an inspector would ask.</summary>
public sealed class ShowPortalLines(CompareVersions compare, ListPortalAnomalies anomalies)
{
    public async Task<Result<PortalLinesModel>> DifferencesAsync(
        Organisation holder, PortalPlace place, IQueryCollection query, Texts texts, CancellationToken cancellation)
    {
        var pair = VersionPair.Of(query["from"].FirstOrDefault(), query["to"].FirstOrDefault());
        var found = await pair.ThenAsync(p => compare.RunAsync(place, p, cancellation));
        return found.Then(all => new PortalLinesModel(
            ShowPortalPlacePage.Back(holder, place),
            place.Nda,
            place.Month,
            texts["portal.differences", ("version", all.From)],
            all.Count,
            null)
        {
            Lines = [.. all.Rows.Select(r => new PortalFileLine(
                DayOf(r.Date), $"{r.HalfDay} · {r.Session}", r.Learner, Said(r.Before), Said(r.After)))],
        });
    }

    public async Task<Result<PortalLinesModel>> AnomaliesAsync(
        Organisation holder, PortalPlace place, IQueryCollection query, Texts texts, CancellationToken cancellation)
    {
        var found = await anomalies.RunAsync(place, query["code"].FirstOrDefault(), cancellation);
        return found.Then(all => new PortalLinesModel(
            ShowPortalPlacePage.Back(holder, place),
            place.Nda,
            place.Month,
            texts["portal.anomalies"],
            all.Count,
            $"/api/region/{place.Region}/exports/{place.Month}/{place.Nda}/v{all.Version}/{RegionFiles.AnomaliesName}")
        {
            Lines = [.. all.Items.Select(a => new PortalFileLine(DayOf(a.Date), a.Session, a.Learner, null, a.Text))],
        });
    }

    private static string Said(IReadOnlyDictionary<string, string>? columns) =>
        columns is null ? "–" : string.Join(", ", columns.Where(c => c.Value.Length is > 0 and < 60).Select(c => $"{c.Key} = {c.Value}"));

    // As the files write it; what cannot be read is shown without a day.
    private static DateOnly? DayOf(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
