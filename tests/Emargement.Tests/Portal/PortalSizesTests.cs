using System.Diagnostics;
using System.Text.Json.Nodes;
using Emargement.Domain.Months;
using Emargement.Domain.Platform;
using Emargement.Domain.Region;
using Emargement.Functions.Months.Records;
using Emargement.Tests.Platform.Access;
using Microsoft.Extensions.DependencyInjection;
using static Emargement.Tests.Portal.PortalScene;

namespace Emargement.Tests.Portal;

/// <summary>A Région's month of three hundred organisations.</summary>
public sealed class PortalSizesTests(ITestOutputHelper output)
{
    private const int Organisations = 300;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Three_hundred_organisations_are_three_pages_the_least_complete_first()
    {
        await using var scene = await PortalScene.StartAsync();
        var rows = scene.Host.Services.GetRequiredService<RegionMonthsTable>();
        await Task.WhenAll(Enumerable.Range(0, Organisations).Select(async n => (await rows.TryWriteAsync(
            RegionCode.Parse("occitanie"), new YearMonth(2026, 11), null, RowOf(n), Cancellation)).ShouldBeTrue()));

        var shown = new List<JsonObject>();
        string? continuation = null;
        do
        {
            var clock = Stopwatch.StartNew();
            var page = await GetAsync(scene.Region, Address + (continuation is null ? "" : "?continuation=" + continuation));
            output.WriteLine($"{page["organisations"]!.AsArray().Count} organisations in {clock.ElapsedMilliseconds} ms");
            shown.AddRange(page["organisations"]!.AsArray().Select(o => o!.AsObject()));
            continuation = page["continuation"]?.GetValue<string>();
            page["states"]!["sent"]!.GetValue<int>().ShouldBe(Organisations / 3);
        }
        while (continuation is not null);

        await scene.Host.CreateOfficerAsync("occitanie", "Vidal", "camille@region.example");
        var officer = await scene.Host.SignedInAsync("region:occitanie", "camille@region.example");
        for (var turn = 0; turn < 2; turn++)
        {
            var clock = Stopwatch.StartNew();
            using var page = await officer.GetAsync("/r/occitanie/months/2026-11", Cancellation);
            var html = await page.Content.ReadAsStringAsync(Cancellation);
            output.WriteLine($"the page in {clock.ElapsedMilliseconds} ms, {html.Length} characters");
            html.ShouldContain("continuation=");
        }

        shown.Select(o => o["nda"]!.GetValue<string>()).ShouldBeUnique();
        shown.Count.ShouldBe(Organisations);
        shown.Select(o => o["completeness"]!.GetValue<int>()).ShouldBeInOrder();
        (await GetAsync(scene.Region, Address + "?state=received"))["organisations"]!.AsArray().Count.ShouldBe(Organisations / 3);
    }

    [Fact]
    public async Task Two_establishments_of_one_number_are_told_apart_by_their_short_names()
    {
        await using var scene = await PortalScene.StartAsync();
        var rows = scene.Host.Services.GetRequiredService<RegionMonthsTable>();
        foreach (var name in new[] { "nord", "sud" })
        {
            (await rows.TryWriteAsync(
                RegionCode.Parse("occitanie"), new YearMonth(2026, 11), null,
                RowOf(7) with { Organisation = OrganisationId.Parse(name), Name = name }, Cancellation)).ShouldBeTrue();
        }

        using var unsaid = await scene.Region.GetAsync($"{Address}/{RowOf(7).Nda}", Cancellation);
        (await AccessHost.CodeAsync(unsaid)).ShouldBe("organisation-unknown");
        var south = await GetAsync(scene.Region, $"{Address}/{RowOf(7).Nda}?organisation=sud");
        south["summary"]!["name"]!.GetValue<string>().ShouldBe("sud");
    }

    private static RegionMonthRow RowOf(int n)
    {
        MonthState[] states = [MonthState.Open, MonthState.Sent, MonthState.Received];
        var (state, at) = (states[n % 3], new DateTimeOffset(2026, 12, 1, 8, 0, 0, TimeSpan.Zero));
        var due = 40 + n;
        return new RegionMonthRow(
            (76310000100 + n).ToString(System.Globalization.CultureInfo.InvariantCulture),
            OrganisationId.Parse($"of-{n}"),
            $"Organisme {n}",
            state,
            1,
            state == MonthState.Open ? ExportStates.Provisional : ExportStates.Validated,
            at,
            new RegionCounts(new SessionFigures(due, due, due, due), new MonthFigures(due, due * (n * 7 % 101) / 100), 10, n % 4),
            state == MonthState.Open ? null : 1,
            state == MonthState.Open ? null : at,
            state == MonthState.Received ? at : null,
            null,
            null);
    }
}
