using System.Diagnostics;
using System.Net;
using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Telemetry;
using Emargement.Functions.Sheets.Records;
using Emargement.Tests.Sessions;

namespace Emargement.Tests.Platform.Outages;

/// <summary>
/// The storage goes away while people sign, and comes back: nothing that was acknowledged is lost, nobody waits for long, and all goes
/// on by itself. Measures how long people wait, so nothing else of the run may work meanwhile.
/// </summary>
[Collection("Alone")]
public sealed class StorageOutagesTests
{
    private const int Learners = 40;

    // Of the brief: five seconds. The rest is for a machine that does everything at once.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5.5);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [Trait(LongRun.Trait, "yes")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task V16_5_3_Nothing_acknowledged_is_lost_and_all_goes_on_by_itself(bool frozen)
    {
        for (var outage = 0; outage < LongRun.Times(1); outage++)
        {
            await GoesAwayAndComesBackAsync(frozen);
        }
    }

    private static async Task GoesAwayAndComesBackAsync(bool frozen)
    {
        using var storage = new OwnStorage();
        var world = await OutageWorld.StartAsync(storage.ConnectionString, Learners);
        var load = world.Sign();
        await load.UnderWayAsync();

        TakeAway(storage, frozen);
        await load.AllRefusedAsync();
        await PeopleReadWhyAsync(world);
        world.Time.Advance(TimeSpan.FromMinutes(2));
        storage.BringBack();
        load.Back();
        await load.DoneAsync();

        load.Slowest.ShouldBeLessThan(Patience);
        load.Refused.ShouldBeGreaterThanOrEqualTo(6);
        load.Acknowledged.ShouldBe(Learners);
        (await world.FactsAsync()).OfType<Signed>().Select(s => s.Learner).Distinct().Count().ShouldBe(Learners);
        await TimersRunAsync(world);
        await SheetsAreSealedAsync(world);

        TakeAway(storage, frozen);
        var since = Stopwatch.StartNew();
        await world.DisposeAsync();
        since.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(15), "it stops without its storage");
    }

    private static void TakeAway(OwnStorage storage, bool frozen)
    {
        if (frozen)
        {
            storage.Freeze();
        }
        else
        {
            storage.Stop();
        }
    }

    private static async Task PeopleReadWhyAsync(OutageWorld world)
    {
        // Somebody whose device this process does not remember: nobody is let in, and nobody is taken for signed out.
        world.Time.Advance(TimeSpan.FromSeconds(31));
        var (page, took) = await world.AskAsync(HttpMethod.Get, "/o/garonne/today?date=2026-11-23", OutageWorld.Trainer);
        page.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        page.Headers.RetryAfter.ShouldNotBeNull();
        page.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        var html = WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync(Cancellation));
        html.ShouldContain("Le service ne répond pas pour le moment.");
        html.ShouldContain("href=\"/o/garonne/today?date=2026-11-23\"");
        took.ShouldBeLessThan(Patience);
    }

    private static async Task TimersRunAsync(OutageWorld world)
    {
        // Two occurrences: what of the one before is still under way may end.
        world.Time.SetUtcNow(Example.At("08:20:01"));
        await world.IdleAsync();
        world.Time.SetUtcNow(Example.At("08:30:01"));
        await world.IdleAsync();
        var pulses = await world.Get<PulseTable>().AllAsync(Cancellation);
        pulses[Pulse.Watch].LookedAt.ShouldBe(Example.At("08:30:01"));
    }

    private static async Task SheetsAreSealedAsync(OutageWorld world)
    {
        var (closed, _) = await world.AskAsync(
            HttpMethod.Post, $"{OutageWorld.Session}/close", OutageWorld.Trainer, new { headCount = Learners, typedName = "Anne Roux" });
        closed.IsSuccessStatusCode.ShouldBeTrue(await closed.Content.ReadAsStringAsync(Cancellation));
        await world.IdleAsync();
        (await world.Get<SheetsTable>().OfSessionAsync(Example.Organisation.Id, Example.Morning.Id, Cancellation)).ShouldHaveSingleItem();
    }
}
