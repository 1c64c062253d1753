using Emargement.Domain.Sessions;
using Emargement.Functions.Sessions;
using Emargement.Functions.Sessions.Marks;
using Emargement.Functions.Sessions.Unknown;
using Emargement.Tests.Signing;

namespace Emargement.Tests.Sessions;

/// <summary>A trainer tells of somebody in the room who is on no list.</summary>
public sealed class UnknownPeopleTests
{
    private static readonly UnknownName Sam = new("Inconnu", "Sam");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_managers_know_until_one_has_dealt_with_it_and_nobody_is_present_by_it()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();

        (await TellAsync(world, world.Trainer(), Sam)).ShouldBe([Sam]);
        (await TellAsync(world, world.Trainer(), new UnknownName(" INCONNU ", "sam"), new UnknownName("Autre", "Lou"))).Count.ShouldBe(2);
        (await world.Get<MonthMarksTable>().FindAsync(world.Org, world.Id.Month, Cancellation)).ShouldNotBeNull("« À régler » has a line");
        var live = await world.LiveAsync();
        live.Expected.ShouldBe(3);
        live.Unknown.Select(u => u.FirstName).ShouldBe(["Sam", "Lou"]);
        (await world.FactsAsync()).ShouldAllBe(f => f is Opened, "it is no evidence");

        (await RunAsync(world, world.Trainer())).ShouldBeRefused("unknown-people-missing");
        (await RunAsync(world, world.Manager())).ShouldBeOk().People.ShouldBeEmpty();
        (await world.LiveAsync()).Unknown.ShouldBeEmpty("their names are gone");
    }

    [Fact]
    public async Task Who_may_not_or_says_too_much_is_told_so()
    {
        await using var world = await HalfDayWorld.StartAsync();

        (await RunAsync(world, world.Trainer("F2"), Sam)).ShouldBeRefused("not-your-session");
        (await RunAsync(world, world.Trainer(), new UnknownName("", "Sam"))).ShouldBeRefused("unknown-name-missing");
        (await RunAsync(world, world.Trainer(), [null!])).ShouldBeRefused("unknown-name-missing");
        (await RunAsync(world, world.Trainer(), Many(11))).ShouldBeRefused("unknown-people-too-many");
        (await RunAsync(world, world.Trainer(), Many(9))).ShouldBeOk();
        (await RunAsync(world, world.Trainer(), Sam, new UnknownName("Un", "De trop"))).ShouldBeRefused("unknown-people-too-many");
    }

    private static UnknownName[] Many(int count) => [.. Enumerable.Range(0, count).Select(i => new UnknownName($"Nom{i}", "Ada"))];

    private static async Task<IReadOnlyList<UnknownName>> TellAsync(
        HalfDayWorld world, Functions.Platform.Access.Caller caller, params UnknownName[] people) =>
        (await RunAsync(world, caller, people)).ShouldBeOk().People;

    private static Task<Domain.Platform.Result<UnknownPeopleTold>> RunAsync(
        HalfDayWorld world, Functions.Platform.Access.Caller caller, params UnknownName[] people) =>
        world.Get<TellOfUnknown>().RunAsync(world.Org, world.Id, new UnknownPeopleRequest(people), caller, Cancellation);
}
