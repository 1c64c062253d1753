using Emargement.Domain.Platform;
using Emargement.Functions.Planning.Push;

namespace Emargement.Tests.Planning.Push;

/// <summary>What a push costs the storage: a system sends every change of its planning by itself.</summary>
public sealed class PushCostTests
{
    private static readonly PushWish Wish = new("erp", null, null, "machine:K1");

    private readonly ImportDriver _driver = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_change_one_unchanged_and_a_batch_keep_their_number_of_calls()
    {
        await PushAsync(new PushBatch(
            Trainings: [new(Reference.Parse("A1"), Title: "Accueil", FirstDay: "2026-10-01", LastDay: "2026-12-18")],
            Trainers: [new(Reference.Parse("F1"), LastName: "Le Goff", FirstName: "Chloé")],
            Learners: [new(Reference.Parse("S1"), LastName: "Un", FirstName: "Sam")],
            Enrolments: [new([new PushedPeriod("REGION", Entry: "2026-11-02")], Reference.Parse("I1"), null, "S1", "A1", "G1")],
            Sessions: [Slot(1, "Salle 1")]));

        // The tables are known to the process from its first change on.
        await PushAsync(Slot(1, "Salle 2"));
        (await CountAsync(() => PushAsync(Slot(1, "Salle 3")))).ShouldBe(18, "a change");
        (await CountAsync(() => PushAsync(Slot(1, "Salle 3")))).ShouldBeLessThanOrEqualTo(14, "the same again");
        (await CountAsync(() => PushAsync(new PushBatch(Sessions: [.. Enumerable.Range(1, 20).Select(n => Slot(n, "Salle 4"))]))))
            .ShouldBeLessThanOrEqualTo(46, "twenty things, and their report");
    }

    private static PushedSession Slot(int number, string room) => new(
        Reference.Parse($"P{number}"), null, "A1", $"2026-11-{number + 2:D2}", "09:00", "12:00", Group: "G1", Trainer: "F1", Room: room);

    private async Task<int> CountAsync(Func<Task> push)
    {
        _driver.Calls.Reset();
        await push();
        return _driver.Calls.Count;
    }

    private async Task PushAsync(PushedSession slot) => Check(
        await _driver.Push.RunAsync(_driver.Organisation, PushItem.Of(slot, slot.Ref!.Value).Value!, Wish, Cancellation));

    private async Task PushAsync(PushBatch batch) => Check(await _driver.Push.RunAsync(_driver.Organisation, batch, Wish, Cancellation));

    private static void Check(Result<Pushed> pushed) =>
        pushed.Value.ShouldNotBeNull().Answer.Items.ShouldAllBe(i => i.Outcome != PushOutcome.Rejected);
}
