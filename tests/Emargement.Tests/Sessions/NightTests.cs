using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Domain.Signing;
using Emargement.Functions.Pages.Sessions;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Sessions;
using Emargement.Functions.Signing;
using Emargement.Tests.Signing;

namespace Emargement.Tests.Sessions;

/// <summary>Around midnight, lists and the search by code look at what is open, not at the date. Paris is an hour ahead of UTC.</summary>
public sealed class NightTests
{
    private static readonly DateTimeOffset SevenPastMidnight = Example.At("23:07:00");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task At_seven_past_midnight_the_session_that_ended_at_one_to_midnight_is_listed_and_signed_by_code()
    {
        await using var world = await HalfDayWorld.StartAsync(change: Evening);
        world.Time.SetUtcNow(Example.At("20:50:00"));
        await world.OpenAsync();
        world.Time.SetUtcNow(SevenPastMidnight);

        foreach (var caller in new[] { world.Trainer(), world.Manager(), world.Learner(1) })
        {
            (await ListedAsync(world, caller)).ShouldBe([world.Id]);
        }

        var today = (await world.Get<ShowToday>().RunAsync(world.Organisation, null, world.Trainer(), Cancellation)).ShouldBeOk();
        (today.Date, today.Sessions.ShouldHaveSingleItem().Id).ShouldBe((new DateOnly(2026, 11, 24), world.Id));

        var shown = (await world.ShowAsync(world.Learner(1), new ProofRequest(ProofKind.Code, world.Code()))).ShouldBeOk();
        (await world.SignAsync(shown.Ticket!, world.Learner(1))).ShouldBeOk().Method.ShouldBe(SigningMethod.Code);
        (await ListedAsync(world, world.Trainer(), new DateOnly(2026, 11, 24))).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_session_of_midnight_is_listed_from_the_moment_at_which_it_may_be_opened()
    {
        await using var world = await HalfDayWorld.StartAsync(
            change: s => s with
            {
                Id = SessionId.Parse("20261124-3-S1"),
                Start = Example.At("23:00:00"),
                End = Example.At("23:00:00").AddHours(3),
            });

        world.Time.SetUtcNow(Example.At("22:44:59"));
        (await ListedAsync(world, world.Trainer())).ShouldBeEmpty();
        world.Time.SetUtcNow(Example.At("22:45:00"));
        (await ListedAsync(world, world.Trainer())).ShouldBe([world.Id]);
        (await ListedAsync(world, world.Learner(1))).ShouldBe([world.Id]);
    }

    [Fact]
    public async Task A_session_of_the_day_before_that_nobody_closed_waits_on_the_staffs_list_alone()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();
        world.Time.SetUtcNow(SevenPastMidnight);

        (await ListedAsync(world, world.Trainer())).ShouldBe([world.Id]);
        (await ListedAsync(world, world.Learner(1))).ShouldBeEmpty();
        (await world.ShowAsync(world.Learner(1), new ProofRequest(ProofKind.Code, world.Code()))).ShouldBeRefused("no-session-now");
    }

    [Theory]
    [InlineData("9999-12-31")]
    [InlineData("0001-01-01")]
    [InlineData("2100-01-01")]
    [InlineData("24/11/2026")]
    [InlineData("")]
    public async Task The_page_of_no_day_is_bad_input(string asked)
    {
        await using var world = await HalfDayWorld.StartAsync();

        (await world.Get<ShowToday>().RunAsync(world.Organisation, asked, world.Trainer(), Cancellation)).ShouldBeRefused("date-invalid");
    }

    private static Session Evening(Session session) => session with
    {
        Id = SessionId.Parse("20261123-3-S1"),
        Start = Example.At("21:00:00"),
        End = Example.At("22:59:00"),
    };

    private static async Task<IEnumerable<SessionId>> ListedAsync(HalfDayWorld world, Caller caller, DateOnly? day = null) =>
        (await world.Get<ListSessionsOfDay>().RunAsync(world.Org, day, caller, Cancellation)).ShouldBeOk().Select(s => s.Session.Session);
}
