using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;

namespace Emargement.Tests.Sessions;

public sealed class ClosingTests
{
    private static readonly Closed Statement =
        new() { At = Example.At("11:30:00"), By = "trainer:F1", HeadCount = 2, Expected = 0, SignedCount = 0, TypedName = "Anne Roux" };

    [Fact]
    public void Those_who_did_not_sign_are_written_with_the_closing_and_counted()
    {
        var group = Closing.Plan(Statement, null, Learners(3), [Opening, Signature(1)], 100).ShouldHaveSingleItem();

        group.OfType<NotSigned>().Select(f => f.Learner.Value).ShouldBe(["L0", "L2"]);
        group[^1].ShouldBe(Statement with { Expected = 3, SignedCount = 1 });
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(99, 1)]
    [InlineData(100, 2)]
    [InlineData(250, 3)]
    public void A_large_group_is_written_in_parts_of_which_the_last_one_closes(int unsigned, int parts)
    {
        var plan = Closing.Plan(Statement, null, Learners(unsigned), [Opening], 100);

        plan.Count.ShouldBe(parts);
        plan.ShouldAllBe(p => p.Count <= 100);
        plan[^1][^1].ShouldBeOfType<Closed>();
        plan.SelectMany(p => p).OfType<Closed>().ShouldHaveSingleItem();
        plan.SelectMany(p => p).OfType<NotSigned>().Select(f => f.Learner).Distinct().Count().ShouldBe(unsigned);
    }

    [Fact]
    public void A_plan_made_again_leaves_out_what_was_written()
    {
        var written = Closing.Plan(Statement, null, Learners(150), [Opening], 100)[0];

        var again = Closing.Plan(Statement, null, Learners(150), [Opening, .. written], 100).ShouldHaveSingleItem();

        again.Count.ShouldBe(51);
    }

    [Fact]
    public void A_closing_is_never_before_what_it_closes()
    {
        var ahead = Signature(1) with { At = Statement.At.AddMilliseconds(200) };

        var group = Closing.Plan(Statement, null, Learners(2), [Opening, ahead], 100).ShouldHaveSingleItem();

        group.ShouldAllBe(f => f.At == ahead.At);
    }

    [Fact]
    public void An_opening_that_was_cut_short_is_written_with_the_closing()
    {
        var group = Closing.Plan(Statement, Opening.At, Learners(1), [], 100).ShouldHaveSingleItem();

        group.OfType<Opened>().ShouldHaveSingleItem().At.ShouldBe(Opening.At);
    }

    private static Opened Opening { get; } = new() { At = Example.At("07:50:00"), By = "trainer:F1" };

    private static Reference[] Learners(int count) => [.. Enumerable.Range(0, count).Select(i => Reference.Parse($"L{i}"))];

    private static Signed Signature(int learner) => new()
    {
        At = Example.At("08:00:00"),
        By = $"learner:L{learner}",
        Learner = Reference.Parse($"L{learner}"),
        Method = SigningMethod.Qr,
        LateMinutes = 0,
    };
}
