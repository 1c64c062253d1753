using Emargement.Functions.Health;
using Emargement.Functions.Platform.Mail;
using Emargement.Functions.Platform.Telemetry;
using Emargement.Tests.Platform.Access;
using Emargement.Tests.Signing;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Tests.Platform.Telemetry;

/// <summary>The figures of the domain, measured where they come about.</summary>
public sealed class MetricsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_signature_is_counted_by_its_method_and_once_however_often_it_is_sent()
    {
        await using var world = await HalfDayWorld.StartAsync();
        using var recorded = new Recorded().Listen(world.Get<Instruments>());
        await world.OpenAsync();
        var ticket = await world.TicketAsync(1);

        await world.SignAsync(ticket, world.Learner(1));
        await world.SignAsync(ticket, world.Learner(1));
        await world.SignAsync(2);

        recorded.Of("emargement.signatures", "Qr").ShouldBe([1, 1]);
        recorded.Of("emargement.signatures").Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_refusal_is_counted_by_its_reason_and_its_call_as_refused()
    {
        using var recorded = new Recorded();
        await using (var host = await AccessHost.StartAsync())
        {
            recorded.Listen(host.Services.GetRequiredService<Instruments>());
            using var answer = await host.Client().GetAsync("/api/organisations/garonne/me", Cancellation);
            using var page = await host.Client().GetAsync("/l/AAAAAAAAAAAAAAAAAAAAAA", Cancellation);
        }

        recorded.Of("emargement.refusals", "not-signed-in").ShouldBe([1]);
        recorded.Of("emargement.refusals").Count.ShouldBe(2, "a page that says no counts too");
        recorded.Of("emargement.function.duration", "Me").Count.ShouldBe(1);
        recorded.Of("emargement.function.duration", TelemetryMiddleware.Refused).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_sheet_s_delay_runs_from_the_closing()
    {
        using var recorded = new Recorded();
        await using (var day = await HalfDayScene.StartAsync(recorded))
        {
            recorded.Listen(day.Host.Services.GetRequiredService<Instruments>());
            await day.SignAndCloseAsync("00-4bf92f3577b34da6a3ce929d0e0e4737-00f067aa0ba902b7-01");
        }

        recorded.Of("emargement.seal.delay", "first").ShouldHaveSingleItem().ShouldBe(0, "the clock of this test stands still");
        recorded.Of("emargement.function.duration", "StoreSealedSheet").Count.ShouldBe(1);
    }

    [Fact]
    public async Task Imports_are_late_an_hour_after_their_time_and_their_age_runs_from_the_last_that_ended()
    {
        // Half past nine in Paris; nights begin at 21:00.
        await using var host = await AccessHost.StartAsync();
        using var recorded = new Recorded().Listen(host.Services.GetRequiredService<Instruments>());
        await host.RunTimerAsync("WatchPulses");
        recorded.Of("emargement.import.late").ShouldBeEmpty("no timer has looked yet");
        await host.CreateOrganisationAsync("garonne");
        await host.RunTimerAsync("NightlyImportTimer");
        await host.RunTimerAsync("WatchPulses");
        recorded.Of("emargement.import.late").ShouldBe([1], "yesterday's night, which this look has started");
        recorded.Of("emargement.import.age").ShouldBeEmpty();

        host.Time.Advance(TimeSpan.FromHours(1));
        await host.RunTimerAsync("NightlyImportTimer");
        host.Time.Advance(TimeSpan.FromMinutes(10));
        await host.RunTimerAsync("WatchPulses");
        recorded.Of("emargement.import.late")[^1].ShouldBe(0);
        recorded.Of("emargement.import.age")[^1].ShouldBe(70 * 60);

        // 21:10, then 22:10: due, then late.
        host.Time.SetUtcNow(new DateTimeOffset(2026, 11, 23, 20, 10, 0, TimeSpan.Zero));
        (await LookAsync(host)).Late.ShouldBe(0);
        host.Time.Advance(TimeSpan.FromHours(1));
        (await LookAsync(host)).Late.ShouldBe(1);
    }

    [Fact]
    public async Task Exports_are_late_on_the_2nd_and_their_age_runs_from_the_last_that_ended()
    {
        await using var host = await AccessHost.StartAsync();
        using var recorded = new Recorded().Listen(host.Services.GetRequiredService<Instruments>());
        await host.CreateOrganisationAsync("garonne");
        await host.RunTimerAsync("MonthlyExportTimer");
        await host.RunTimerAsync("WatchPulses");
        recorded.Of("emargement.export.late").ShouldBe([2], "two months that were over long ago");

        host.Time.Advance(TimeSpan.FromHours(1));
        await host.RunTimerAsync("MonthlyExportTimer");
        await host.RunTimerAsync("WatchPulses");
        recorded.Of("emargement.export.late")[^1].ShouldBe(0);
        recorded.Of("emargement.export.age").ShouldBe([3600]);

        // The 1st at noon in Paris: November is due, and late only tomorrow.
        host.Time.SetUtcNow(new DateTimeOffset(2026, 12, 1, 11, 0, 0, TimeSpan.Zero));
        await host.RunTimerAsync("MonthlyExportTimer");
        var pulses = await host.Services.GetRequiredService<PulseTable>().AllAsync(Cancellation);
        pulses[Pulse.MonthlyExport].Late.ShouldBe(0);
    }

    [Fact]
    public async Task Mails_wait_for_a_place_in_the_provider_s_limits()
    {
        await using var host = await AccessHost.StartAsync();
        using var recorded = new Recorded().Listen(host.Services.GetRequiredService<Instruments>());
        await host.RunTimerAsync("WatchPulses");
        await ActivatorUtilities.CreateInstance<ReserveMailTurnsActivity>(host.Services).Run(70, Cancellation);

        await host.RunTimerAsync("WatchPulses");
        host.Time.Advance(TimeSpan.FromMinutes(1));
        await host.RunTimerAsync("WatchPulses");
        host.Time.Advance(TimeSpan.FromMinutes(1));
        await host.RunTimerAsync("WatchPulses");

        recorded.Of("emargement.mails.waiting").ShouldBe([0, 40, 10, 0]);
    }

    private static async Task<Pulse> LookAsync(AccessHost host)
    {
        var look = await host.Services.GetRequiredService<Emargement.Functions.Planning.Nightly.FindDueNights>().RunAsync(Cancellation);
        return new Pulse(Pulse.NightlyImport, host.Time.GetUtcNow(), look.DoneAt, look.Late);
    }
}
