using CsCheck;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Mail;

namespace Emargement.Tests.Platform.Mails;

public sealed class MailPaceTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 8, 0, 20, TimeSpan.Zero);

    [Fact]
    public void Mails_within_the_limits_go_at_once() =>
        MailPace.None.Reserve(30, Now, 30, 100).Turns.ShouldBe([new MailTurn(Now, 30)]);

    [Fact]
    public void Those_over_the_minute_s_limit_go_in_the_next_minutes() =>
        MailPace.None.Reserve(75, Now, 30, 100).Turns.ShouldBe(
        [
            new MailTurn(Now, 30),
            new MailTurn(new DateTimeOffset(2026, 11, 23, 8, 1, 0, TimeSpan.Zero), 30),
            new MailTurn(new DateTimeOffset(2026, 11, 23, 8, 2, 0, TimeSpan.Zero), 15),
        ]);

    [Fact]
    public void Those_over_the_hour_s_limit_wait_for_the_next_hour() =>
        MailPace.None.Reserve(110, Now, 30, 100).Turns[^1].ShouldBe(
            new MailTurn(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero), 10));

    [Fact]
    public void The_last_of_a_class_of_15_is_written_to_an_hour_later_from_Azure_s_own_domain()
    {
        var (perMinute, perHour) = new MailOptions { Sender = "DoNotReply@11111111.AzureComm.net" }.Limits;

        MailPace.None.Reserve(15, Now, perMinute, perHour).Turns.ShouldBe(
        [
            new MailTurn(Now, 5),
            new MailTurn(new DateTimeOffset(2026, 11, 23, 8, 1, 0, TimeSpan.Zero), 5),
            new MailTurn(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero), 5),
        ]);
    }

    [Fact]
    public void What_is_set_holds_over_what_the_domain_gives() =>
        new MailOptions { Sender = "DoNotReply@11111111.azurecomm.net", PerHour = 500 }.Limits.ShouldBe((5, 500));

    [Theory]
    [InlineData(30, 0, 0)]
    [InlineData(75, 0, 45)]
    [InlineData(75, 1, 15)]
    [InlineData(75, 2, 0)]
    [InlineData(110, 10, 10)]
    [InlineData(310, 10, 210)]
    [InlineData(310, 70, 110)]
    [InlineData(310, 180, 0)]
    public void Mails_wait_until_their_minute_has_come(int asked, int minutes, int waiting) =>
        MailPace.None.Reserve(asked, Now, 30, 100).Next.WaitingAfter(Now.AddMinutes(minutes), 30, 100).ShouldBe(waiting);

    [Fact]
    public void Mails_that_may_wait_take_half_of_an_hour_and_no_place_that_another_waits_for()
    {
        var (pace, taken) = MailPace.None.ReserveSpare(80, Now, 30, 100);
        taken.ShouldBe(30, "the minute's limit");
        (pace, taken) = pace.ReserveSpare(50, Now.AddMinutes(1), 30, 100);
        taken.ShouldBe(20, "half of the hour");
        pace.ReserveSpare(1, Now.AddMinutes(2), 30, 100).Taken.ShouldBe(0);
        pace.Reserve(50, Now.AddMinutes(2), 30, 100).Turns.ShouldAllBe(t => t.At < Now.AddMinutes(4), "the other half is left");

        var waiting = pace.Reserve(60, Now.AddMinutes(2), 30, 100).Next;
        waiting.ReserveSpare(1, Now.AddMinutes(30), 30, 100).Taken.ShouldBe(0, "somebody waits for the next hour");
        waiting.ReserveSpare(80, Now.AddMinutes(61), 30, 100).Taken.ShouldBe(30, "whose half is free again");
        new MailPace(Now.AddSeconds(-20), 0, 90).ReserveSpare(80, Now, 30, 100).Taken.ShouldBe(10, "never more than is left");
    }

    [Fact]
    public void Two_runs_share_the_limits()
    {
        var (first, _) = MailPace.None.Reserve(20, Now, 30, 100);

        var (_, turns) = first.Reserve(20, Now.AddSeconds(5), 30, 100);

        turns.ShouldBe([new MailTurn(Now.AddSeconds(5), 10), new MailTurn(new DateTimeOffset(2026, 11, 23, 8, 1, 0, TimeSpan.Zero), 10)]);
    }

    [Fact]
    public void Whatever_is_asked_no_minute_and_no_hour_gets_more_than_its_limit() =>
        Gen.Select(
            Gen.Int[1, 60],
            Gen.Int[1, 200],
            Gen.Select(Gen.Int[1, 150], Gen.Int[0, 5_000]).List[1, 12]).Sample((perMinute, perHour, asked) =>
        {
            var (pace, now, sent) = (MailPace.None, Now, new List<MailTurn>());
            foreach (var (count, seconds) in asked)
            {
                now = now.AddSeconds(seconds);
                (pace, var turns) = pace.Reserve(count, now, perMinute, perHour);
                turns.Sum(t => t.Count).ShouldBe(count);
                turns.ShouldAllBe(t => t.At >= now);
                sent.AddRange(turns);
            }

            sent.GroupBy(t => (t.At.UtcTicks / TimeSpan.TicksPerMinute)).ShouldAllBe(g => g.Sum(t => t.Count) <= perMinute);
            sent.GroupBy(t => (t.At.UtcTicks / TimeSpan.TicksPerHour)).ShouldAllBe(g => g.Sum(t => t.Count) <= perHour);
        }, iter: 300);
}
