using CsCheck;
using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Functions.Placements;
using Emargement.Functions.Placements.Terms;
using Emargement.Functions.Placements.Workflow;
using Emargement.Functions.Platform.Durable;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Tests.Placements;

/// <summary>The queue behind a durable timer counts whole seconds: it fires up to one early.
/// Whoever it wakes finds due what it was set for.</summary>
public sealed class WakeUpTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 6, 15, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_wake_up_is_a_whole_second_and_a_second_early_is_not_before_the_instant() =>
        Gen.Long[0, TimeSpan.TicksPerMinute].Sample(ticks =>
        {
            var due = Start.AddTicks(ticks);
            var wake = WakeUp.For(due);
            (wake.Ticks % TimeSpan.TicksPerSecond).ShouldBe(0);
            (wake - TimeSpan.FromSeconds(1)).ShouldBeGreaterThanOrEqualTo(due);
            (wake - due).ShouldBeLessThan(TimeSpan.FromSeconds(2));
            WakeUp.For(TimeSpan.FromTicks(ticks)).ShouldBe(WakeUp.For(Start.AddTicks(ticks)) - Start);
        });

    [Fact]
    public async Task A_reminder_s_timer_that_fires_a_second_early_finds_it_due()
    {
        await using var host = await PlacementHost.StartAsync("2026-11-02 08:00");
        var run = await CreateAsync(host);
        var decide = ActivatorUtilities.CreateInstance<DecidePlacementActivity>(host.Services);
        var step = await decide.Run(run, PlacementHost.Cancellation);
        step.Actions.ShouldBeEmpty();

        host.Clock.SetUtcNow(new DateTimeOffset(step.WakeAt!.Value).AddSeconds(-1));

        (await decide.Run(run, PlacementHost.Cancellation)).Actions.ShouldHaveSingleItem().ShouldContain("declare.2026-W45");
    }

    private static async Task<PlacementRun> CreateAsync(PlacementHost host)
    {
        var (learner, training) = (Reference.Parse("S1"), Reference.Parse("A1"));
        var (first, last) = (new DateOnly(2026, 11, 2), new DateOnly(2026, 11, 13));
        var tutors = new[] { new TutorRequest("Mme Ruiz", EmailAddress.Parse("ruiz@chez-ruiz.example")) };
        var created = await host.Get<CreatePlacement>().RunAsync(
            PlacementScene.Organisation,
            new CreatePlacementRequest(learner, training, "G1", "Chez Ruiz", tutors, first, last, 420),
            "manager:M1",
            "https://emargement.example",
            PlacementHost.Cancellation);
        created.Refusal.ShouldBeNull();
        var id = PlacementId.Of(PlacementScene.Organisation, learner, training, "G1", "Chez Ruiz", first);
        return new PlacementRun(PlacementScene.Organisation.Value, id.Value, PlacementOrchestrator.Shape, null);
    }
}
