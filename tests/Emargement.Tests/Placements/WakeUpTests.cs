using CsCheck;
using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Placements;
using Emargement.Functions.Placements.Terms;
using Emargement.Functions.Placements.Workflow;
using Emargement.Functions.Platform.Durable;
using Emargement.Functions.Platform.Mail;
using Emargement.Tests.Signing;
using Microsoft.DurableTask.Client;

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
        var placement = await CreateAsync(host);
        var look = await LookAsync(host, placement);
        look.Due.ShouldBeEmpty();

        host.Clock.SetUtcNow(new DateTimeOffset(look.Step!.WakeAt!.Value).AddSeconds(-1));

        (await LookAsync(host, placement)).Due.ShouldHaveSingleItem().Slot.ShouldStartWith("declare.2026-W45");
    }

    /// <summary>The budget of a whole act: a learner's reminder, from the workflow's timer until the mail has left.</summary>
    [Fact]
    public async Task A_reminder_reads_its_facts_once_and_leaves_with_the_look()
    {
        await using var host = await PlacementHost.StartAsync("2026-11-02 08:00");
        var placement = await CreateAsync(host);
        await host.Get<PlacementWaker>().WakeAsync(
            host.Get<DurableTaskClient>(), PlacementScene.Organisation, placement, PlacementHost.Cancellation);
        await host.UntilAsync("2026-11-06 15:30");
        await host.Get<MailsTable>().PaceAsync(PlacementHost.Cancellation);
        host.Calls.Reset();

        await host.UntilAsync("2026-11-06 16:30");

        host.Mails.To("zoe@of.example").ShouldHaveSingleItem();
        host.Calls.Made.Count.ShouldBe(StorageBudget.Reminder, string.Join('\n', host.Calls.Made));
        host.Calls.Of("PlacementFacts").ShouldBe(2, "to decide and to write, and to note the mail");
    }

    /// <summary>The budget of a whole act: a placement created, until its workflow sleeps.</summary>
    [Fact]
    public async Task A_placement_is_created_without_a_look_and_looked_at_when_something_is_due()
    {
        await using var host = await PlacementHost.StartAsync("2026-11-02 08:00");
        await host.Get<OrganisationSettings>().GetAsync(PlacementScene.Organisation, PlacementHost.Cancellation);
        host.Calls.Reset();

        await host.Get<PlacementWaker>().WakeAsync(
            host.Get<DurableTaskClient>(), await CreatedAsync(host), PlacementHost.Cancellation);
        await host.IdleAsync();

        // Tables that there were not yet are made once.
        host.Calls.Made.Count(c => !c.EndsWith("/Tables", StringComparison.Ordinal))
            .ShouldBe(StorageBudget.CreatePlacement, string.Join('\n', host.Calls.Made));
        await host.UntilAsync("2026-11-06 16:30");
        host.Mails.To("zoe@of.example").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_mail_that_left_before_a_cut_leaves_once()
    {
        await using var host = await PlacementHost.StartAsync("2026-11-02 08:00");
        var placement = await CreateAsync(host);
        host.Clock.SetUtcNow(PlacementScene.At("2026-11-06 16:30"));

        // Cut after the mail had left, before it was noted.
        (await LookAsync(host, placement)).Due.ShouldHaveSingleItem();
        var again = await host.Get<PlacementLooker>().LookAsync(
            host.Get<DurableTaskClient>(), PlacementScene.Organisation.Value, placement.Value, PlacementHost.Cancellation);
        await host.IdleAsync();

        again.Actions.ShouldBeEmpty();
        host.Mails.To("zoe@of.example").ShouldHaveSingleItem();
        (await LookAsync(host, placement)).Due.ShouldBeEmpty();
    }

    private static async Task<LookUnderWay> LookAsync(PlacementHost host, PlacementId placement) =>
        (await host.Get<LookAtPlacement>().RunAsync(PlacementScene.Organisation, placement, null, PlacementHost.Cancellation))!;

    private static async Task<PlacementId> CreateAsync(PlacementHost host) => (await CreatedAsync(host)).Id;

    private static async Task<PlacementFile> CreatedAsync(PlacementHost host)
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
        return created.ShouldBeOk();
    }
}
