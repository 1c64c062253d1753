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

        (await CountAsync(new PushBatch(Sessions: [Slot(1, "Salle 2")]))).ShouldBe(19, "a change");
        (await CountAsync(new PushBatch(Sessions: [Slot(1, "Salle 2")]))).ShouldBeLessThanOrEqualTo(14, "the same again");
        (await CountAsync(new PushBatch(Sessions: [.. Enumerable.Range(1, 20).Select(n => Slot(n, "Salle 3"))])))
            .ShouldBeLessThanOrEqualTo(46, "twenty things");
    }

    private static PushedSession Slot(int number, string room) => new(
        Reference.Parse($"P{number}"), null, "A1", $"2026-11-{number + 2:D2}", "09:00", "12:00", Group: "G1", Trainer: "F1", Room: room);

    private async Task<int> CountAsync(PushBatch batch)
    {
        _driver.Calls.Reset();
        await PushAsync(batch);
        return _driver.Calls.Count;
    }

    private async Task PushAsync(PushBatch batch)
    {
        var pushed = (await _driver.Push.RunAsync(_driver.Organisation, batch, Wish, Cancellation)).Value.ShouldNotBeNull();
        pushed.Answer.Items.ShouldAllBe(i => i.Outcome != PushOutcome.Rejected);
    }
}
