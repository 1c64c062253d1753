using Emargement.Domain.Months;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Months.Records;
using Emargement.Functions.Months.Settling;
using Emargement.Functions.Months.Validation;
using Emargement.Functions.Pages.Months;
using Emargement.Functions.Pages.Planning;
using Emargement.Functions.Pages.Sessions.Hand;
using Emargement.Functions.Platform.Storage;
using Emargement.Functions.Sessions;
using Emargement.Functions.Sessions.Following;
using Emargement.Functions.Sessions.Hand;
using Emargement.Functions.Sessions.Marks;
using Emargement.Functions.Sessions.Unknown;
using Emargement.Tests.Signing;
using Emargement.Web.Platform;

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

    [Fact]
    public async Task Each_act_of_the_planning_and_each_page_where_it_is_settled_keeps_its_number_of_calls()
    {
        await using var world = await HalfDayWorld.StartAsync();
        var (org, id, manager, trainer) = (world.Org, world.Id, world.Manager(), world.Trainer("F2"));
        var texts = Texts.For("fr");
        await world.LiveAsync();
        string[] tables = ["MonthMarks", "Months", "Pending", "GroupMonths", "Placements", "PlanningSources", "ImportRuns", "Trainers"];
        foreach (var name in tables)
        {
            await world.Get<AppStorage>().TableAsync(name);
        }

        await world.Get<AppStorage>().ContainerAsync("imports");
        var session = world.Session with { Asked = new AskedByFile(world.Time.GetUtcNow(), "v", [PlannedSide.Of(world.Session)]) };
        List<string> counted = [];
        await ActAsync("taken over", async () =>
            (await world.Get<TakeOverSession>().RunAsync(org, id, trainer, Cancellation)).ShouldBeOk());
        await ActAsync("confirmed", async () =>
            (await world.Get<ConfirmTakeover>().RunAsync(world.Organisation, id, manager, Cancellation)).ShouldBeOk());
        await ActAsync("told of", async () => (await world.Get<TellOfUnknown>().RunAsync(
            org, id, new UnknownPeopleRequest([new UnknownName("Inconnu", "Sam")]), trainer, Cancellation)).ShouldBeOk());
        await ActAsync("created", async () => (await world.Get<CreateSession>().RunAsync(
            org,
            new NewSession(
                session.TrainingRef, "G1", new DateOnly(2026, 11, 24), new TimeOnly(9, 0), new TimeOnly(12, 0), Modality.Centre,
                Reason: "Rattrapage"),
            manager, Cancellation)).ShouldBeOk());
        await ActAsync("cancelled", async () => (await world.Get<CancelSession>().RunAsync(
            org, id, new HandRequest("Formatrice malade"), await TagAsync(), manager, Cancellation)).ShouldBeOk(), tagged: true);
        await ActAsync("restored", async () => (await world.Get<RestoreSession>().RunAsync(
            org, id, new HandRequest("Elle est revenue"), await TagAsync(), manager, Cancellation)).ShouldBeOk(), tagged: true);
        await AskAsync();
        await ActAsync("« À régler » with both versions", async () => (await world.Get<ShowSettlePage>().RunAsync(
            world.Organisation, new PendingQuestion(null, null, null), false, texts, Cancellation)).ShouldBeOk());
        await ActAsync("kept", async () => (await world.Get<KeepByHand>().RunAsync(
            org, id, new KeepRequest("v"), await TagAsync(), manager, Cancellation)).ShouldBeOk(), tagged: true);
        await ActAsync("followed", async () => (await world.Get<FollowFile>().RunAsync(
            org, id, new HandRequest("Le fichier est juste"), await TagAsync(), manager, Cancellation)).ShouldBeOk(), tagged: true);
        await ActAsync("split", async () => (await world.Get<SplitSession>().RunAsync(
            org, id, new SplitRequest(new TimeOnly(10, 30), null, "Une pause"), await TagAsync(), manager, Cancellation)).ShouldBeOk(),
            tagged: true);
        await ActAsync("imports and sources", async () => (await world.Get<ShowImports>().RunAsync(
            world.Organisation, null, null, texts, Cancellation)).ShouldBeOk());

        counted.ShouldBe(
        [
            "taken over: 5", "confirmed: 9", "told of: 3", "created: 7", "cancelled: 6", "restored: 18",
            "« À régler » with both versions: 6", "kept: 4", "followed: 7", "split: 9", "imports and sources: 6",
        ]);

        async Task<Azure.ETag> TagAsync() => (await world.Get<SessionsTable>().FindAsync(org, id, Cancellation))!.ETag;

        async Task AskAsync()
        {
            var stored = (await world.Get<SessionsTable>().FindAsync(org, id, Cancellation))!;
            (await world.Get<SessionsTable>().TryReplaceAsync(stored, stored.Value with { Asked = session.Asked }, Cancellation))
                .ShouldBeTrue();
            var line = new PendingItem(
                PendingKind.Conflict, null, id, null, session.TrainingRef, "G1", null, world.Time.GetUtcNow(), Funded: false);
            await world.Get<PendingTable>().ReplaceAsync(org, id.Month, [line], Cancellation);
        }

        // Whatever reads the version beforehand is not the act's.
        async Task ActAsync(string what, Func<Task> act, bool tagged = false)
        {
            world.Calls.Reset();
            await act();
            counted.Add($"{what}: {world.Calls.Made.Count - (tagged ? 1 : 0)}");
        }
    }

    private static async Task CountAsync(HalfDayWorld world, int calls, string what, Func<Task> act)
    {
        world.Calls.Reset();
        await act();
        world.Calls.Made.Count.ShouldBe(calls, $"{what}\n{string.Join('\n', world.Calls.Made)}");
    }
}
