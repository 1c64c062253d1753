using Emargement.Domain.Sessions;
using Emargement.Tests.Sessions;

namespace Emargement.Tests.Signing;

public sealed class RaceTests
{
    [Fact]
    public async Task Sixty_people_sign_one_session_at_once()
    {
        await using var world = await HalfDayWorld.StartAsync(learners: 60);
        await world.OpenAsync();

        var signed = await Task.WhenAll(Enumerable.Range(0, 60).Select(world.SignAsync));

        signed.ShouldAllBe(s => !s.Repeated);
        var live = await world.LiveAsync();
        (live.SignedCount, live.Expected).ShouldBe((60, 60));
        live.Learners.ShouldAllBe(l => l.Status == AttendanceStatus.Present);
    }

    [Fact]
    public async Task One_person_signs_twenty_times_at_once_and_has_signed_once()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();
        var tickets = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => world.TicketAsync(1)));

        var answers = await Task.WhenAll(tickets.Select((t, i) => world.SignAsync(t, world.Learner(1), $"M0 0 L{i + 10} 10 L40 5 L60 30")));

        answers.ShouldAllBe(a => a.IsOk);
        answers.Count(a => !a.Value!.Repeated).ShouldBe(1);
        answers.Select(a => a.Value!.SignedAt).Distinct().ShouldHaveSingleItem();
        (await world.FactsAsync()).OfType<Signed>().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Openings_at_once_give_one_key()
    {
        await using var world = await HalfDayWorld.StartAsync();

        var opened = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ =>
            world.Get<Functions.Sessions.OpenSession>().RunAsync(world.Org, world.Id, world.Trainer(), HalfDayWorld.Cancellation)));

        opened.Select(o => Convert.ToHexString(o.ShouldBeOk().Session.Key.Span)).Distinct().ShouldHaveSingleItem();
        (await world.FactsAsync()).OfType<Opened>().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Closings_at_once_are_one_closing()
    {
        await using var world = await HalfDayWorld.StartAsync(learners: 5);
        await world.OpenAsync();
        await world.SignAsync(2);

        var closed = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(i => world.CloseAsync(i % 2 == 0 ? world.Trainer() : world.Manager())));

        closed.Select(c => c.ShouldBeOk()).Distinct().ShouldHaveSingleItem();
        var facts = await world.FactsAsync();
        facts.OfType<Closed>().ShouldHaveSingleItem();
        facts.OfType<NotSigned>().Count().ShouldBe(4);
        world.Starts.Started.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Signing_against_closing_keeps_every_acknowledged_signature_and_nobody_is_both()
    {
        const int learners = 40;
        await using var world = await HalfDayWorld.StartAsync(learners);
        await world.OpenAsync();
        world.Time.SetUtcNow(Example.At("11:30:00"));
        var tickets = await Task.WhenAll(Enumerable.Range(0, learners).Select(world.TicketAsync));

        var signing = tickets.Select((t, i) => world.SignAsync(t, world.Learner(i))).ToList();
        var closing = new[] { world.CloseAsync(), world.CloseAsync(world.Manager()) };
        var answers = await Task.WhenAll(signing);
        var closed = (await Task.WhenAll(closing)).Select(c => c.ShouldBeOk()).Distinct().ShouldHaveSingleItem();

        var facts = await world.FactsAsync();
        var acknowledged = answers.Where(a => a.IsOk).Select(a => a.Value!.Learner).ToHashSet();
        facts.OfType<Signed>().Select(s => s.Learner).ToHashSet().SetEquals(acknowledged).ShouldBeTrue();
        answers.Where(a => !a.IsOk).ShouldAllBe(a => a.Refusal!.Code == "session-closed");
        (facts.OfType<Signed>().Count() + facts.OfType<NotSigned>().Count()).ShouldBe(learners);
        facts.OfType<Signed>().Select(s => s.Learner).Intersect(facts.OfType<NotSigned>().Select(n => n.Learner)).ShouldBeEmpty();
        (closed.Expected, closed.SignedCount).ShouldBe((learners, facts.OfType<Signed>().Count()));
    }

    [Fact]
    public async Task A_large_group_closes_whole_while_people_sign()
    {
        const int learners = 250;
        await using var world = await HalfDayWorld.StartAsync(learners);
        await world.OpenAsync();
        var tickets = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => world.TicketAsync(i * 12)));

        var signing = tickets.Select((t, i) => world.SignAsync(t, world.Learner(i * 12))).ToList();
        var closed = (await world.CloseAsync()).ShouldBeOk();
        var acknowledged = (await Task.WhenAll(signing)).Count(a => a.IsOk);

        var facts = await world.FactsAsync();
        facts.OfType<Signed>().Count().ShouldBe(acknowledged);
        facts.Count(f => f is Signed or NotSigned).ShouldBe(learners);
        closed.SignedCount.ShouldBe(acknowledged);
    }
}
