using Emargement.Functions.Pages.Sessions.Hand;
using Emargement.Functions.Sessions;
using Emargement.Functions.Sessions.Hand;
using Emargement.Functions.Sessions.Marks;
using Emargement.Tests.Signing;

namespace Emargement.Tests.Web.Hand;

/// <summary>How many storage calls the pages and acts of a planning changed by hand make, access aside, once the short memory is
/// warm.</summary>
public sealed class CallsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_page_and_each_act_keeps_its_number_of_calls()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.KnowAsync(9);
        await world.LiveAsync();
        await world.Get<MonthMarksTable>().ListAsync(Cancellation);
        await world.Get<ShowTakeovers>().RunAsync(world.Organisation, world.Trainer("F2"), Cancellation);

        await CountAsync(world, 4, "the form: its row, the trainers, the days around it, its day", async () =>
            (await world.Get<ShowPlanningForms>().EditAsync(world.Organisation, world.Id, null, null, Cancellation)).ShouldBeOk());
        await CountAsync(world, 2, "the people: its facts, the training's enrolments", async () =>
        {
            var people = world.Get<ShowSessionPeople>();
            (await people.RunAsync(world.Organisation, world.Id, world.Trainer(), null, Cancellation)).ShouldBeOk();
        });
        await CountAsync(world, 1, "a week", async () =>
            (await world.Get<ShowWeekOfTrainer>().RunAsync(world.Organisation, "2026-11-23", world.Trainer(), Cancellation)).ShouldBeOk());
        await CountAsync(world, 2, "a week in which a month ends", async () =>
            (await world.Get<ShowWeekOfTrainer>().RunAsync(world.Organisation, "2026-11-30", world.Trainer(), Cancellation)).ShouldBeOk());
        await CountAsync(world, 2, "what is left open: a range a month", async () =>
            (await world.Get<ShowUnclosed>().RunAsync(world.Organisation, world.Trainer(), Cancellation)).ShouldBeOk());
        await CountAsync(world, 2, "what may be taken over: the day, a name", async () =>
            (await world.Get<ShowTakeovers>().RunAsync(world.Organisation, world.Trainer("F2"), Cancellation)).ShouldBeOk()
                .Rows.Count.ShouldBe(1));

        var version = (await world.Get<SessionsTable>().FindAsync(world.Org, world.Id, Cancellation))!.ETag;
        await CountAsync(world, 5, "an edit: read, replaced, its fact, the mark of its month; the days around it", async () =>
            (await world.Get<EditSession>().RunAsync(
                world.Org, world.Id, new SessionPatch(Room: "Salle 9", Reason: "Panne"), version, world.Manager(), Cancellation))
            .ShouldBeOk());
        await CountAsync(world, 7, "somebody added: read, its facts, the person, their enrolments, replaced, a fact, the mark", async () =>
            (await world.Get<ChangeRoster>().RunAsync(
                world.Org, world.Id, new RosterRequest("Rattrapage", new AddedPerson(HalfDayWorld.Ref(9), "OPCO")), world.Manager(),
                Cancellation)).ShouldBeOk());
        await world.LiveAsync();
        await CountAsync(world, 1, "the live view, as ever", async () => (await world.LiveAsync()).Expected.ShouldBe(4));
    }

    private static async Task CountAsync(HalfDayWorld world, int calls, string what, Func<Task> act)
    {
        world.Calls.Reset();
        await act();
        world.Calls.Made.Count.ShouldBe(calls, $"{what}\n{string.Join('\n', world.Calls.Made)}");
    }
}
