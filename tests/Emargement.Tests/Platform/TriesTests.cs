using CsCheck;
using Emargement.Domain.Platform;
using Emargement.Domain.Signing;

namespace Emargement.Tests.Platform;

public sealed class TriesTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(4, false)]
    [InlineData(5, true)]
    public void Five_wrong_ones_lock(int wrong, bool locked) =>
        (Wrong(wrong).LockedUntil(Start.AddMinutes(1)) is not null).ShouldBe(locked);

    [Fact]
    public void A_lock_lasts_a_quarter_of_an_hour_from_the_fifth()
    {
        Wrong(5).LockedUntil(Start.AddMinutes(1)).ShouldBe(Start.AddSeconds(4).AddMinutes(15));
        Wrong(5).LockedUntil(Start.AddSeconds(4).AddMinutes(15)).ShouldBeNull();
    }

    [Fact]
    public void What_comes_after_the_lock_counts_as_the_first() => Wrong(5).Next(right: false, Start.AddMinutes(20)).Told.ShouldBe(1);

    [Fact]
    public void A_quarter_of_an_hour_without_a_try_forgets_the_earlier_ones() =>
        Wrong(4).Next(right: false, Start.AddMinutes(16)).Told.ShouldBe(1);

    [Fact]
    public void A_right_one_forgets_those_before_it_once_others_sent_with_it_have_arrived()
    {
        var right = Wrong(4).Next(right: true, Start.AddSeconds(10));

        right.LockedUntil(Start.AddSeconds(10)).ShouldBe(Start.AddSeconds(12));
        right.LockedUntil(Start.AddSeconds(12)).ShouldBeNull();
        right.Next(right: false, Start.AddSeconds(12)).Left.ShouldBe(4);
    }

    [Fact]
    public void Whatever_is_sent_at_once_no_more_than_five_are_told() => Gen.Bool.Array[0, 200].Sample(burst =>
    {
        var (state, told) = (Tries.None, 0);
        foreach (var right in burst.Where(_ => state.LockedUntil(Start) is null))
        {
            state = state.Next(right, Start);
            told++;
        }

        told.ShouldBeLessThanOrEqualTo(Tries.Most);
    });

    [Fact]
    public void A_token_counts_its_learner_and_each_network_apart_and_few_networks_at_once()
    {
        var tries = TokenTries.None;
        for (var i = 0; i < Tries.Most; i++)
        {
            tries = TokenTries.Parse(tries.Next("203.0.113.0/24", right: false, Start).Text);
        }

        tries.LockedUntil("203.0.113.0/24", Start).ShouldBe(Start + Tries.LockedFor);
        tries.LockedUntil("198.51.100.0/24", Start).ShouldBeNull();
        for (var i = 1; i < TokenTries.MostNetworks; i++)
        {
            tries = tries.Next($"198.51.{i}.0/24", right: false, Start.AddMinutes(1));
        }

        tries.LockedUntil("192.0.2.0/24", Start.AddMinutes(2)).ShouldBe(Start + Tries.LockedFor);
        tries.LockedUntil(TokenTries.Own, Start.AddMinutes(2)).ShouldBeNull("who is signed in waits for nobody");
        TokenTries.Parse(TokenTries.None.Text).Text.ShouldBeEmpty();
    }

    private static Tries Wrong(int tries) =>
        Enumerable.Range(0, tries).Aggregate(Tries.None, (state, i) => state.Next(right: false, Start.AddSeconds(i)));
}
