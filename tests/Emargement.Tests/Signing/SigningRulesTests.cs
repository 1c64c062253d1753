using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Domain.Signing;
using Emargement.Tests.Sessions;

namespace Emargement.Tests.Signing;

public sealed class SigningRulesTests
{
    private static readonly Training Training = new()
    {
        Ref = Reference.Parse("AF1"),
        Title = "Soudure",
        FirstDay = new DateOnly(2026, 9, 1),
        LastDay = new DateOnly(2027, 6, 30),
    };

    [Fact]
    public void A_training_says_which_methods_it_allows_else_the_organisation_does()
    {
        var tokenOnly = Training with { Methods = [SigningMethod.Token] };

        AllowedMethods.Check(SigningMethod.Qr, Example.Morning, Training, Example.Organisation).ShouldBeNull();
        AllowedMethods.Check(SigningMethod.Qr, Example.Morning, tokenOnly, Example.Organisation)!.Code.ShouldBe("method-not-allowed");
        AllowedMethods.Check(SigningMethod.Qr, Example.Morning, null, Example.Organisation with { Methods = [] })!.Code
            .ShouldBe("method-not-allowed");
    }

    [Fact]
    public void Remote_is_for_distance_sessions_and_paper_for_corrections()
    {
        var distance = Example.Morning with { Modality = Modality.Distance };

        AllowedMethods.Of(distance, Training, Example.Organisation).ShouldContain(SigningMethod.Remote);
        AllowedMethods.Of(Example.Morning, Training, Example.Organisation).ShouldNotContain(SigningMethod.Remote);
        AllowedMethods.Of(distance, Training with { Methods = [SigningMethod.Paper] }, Example.Organisation).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(SigningMethod.Qr, true)]
    [InlineData(SigningMethod.Tablet, true)]
    [InlineData(SigningMethod.Token, false)]
    public void A_token_needs_no_drawing_unless_the_organisation_asks(SigningMethod method, bool drawing)
    {
        AllowedMethods.WantsDrawing(method, Example.Organisation).ShouldBe(drawing);
        AllowedMethods.WantsDrawing(method, Example.Organisation with { DrawingWithToken = true, DrawingWanted = false })
            .ShouldBe(!drawing);
    }

    [Fact]
    public void A_step_of_a_token_serves_once_and_never_after_a_later_one()
    {
        var after = TokenMemory.Fresh.Judge(100, clock: 100).After;

        after.Judge(100, clock: 100).Verdict.ShouldBe(TokenVerdict.Used);
        after.Judge(99, clock: 100).Verdict.ShouldBe(TokenVerdict.Used);
        after.Judge(101, clock: 100).After.LastStep.ShouldBe(101);
    }

    [Theory]
    [InlineData(10, 1, 10, TokenVerdict.Accepted)]
    [InlineData(-7, 1, -7, TokenVerdict.Accepted)]
    [InlineData(-7, 2, -7, TokenVerdict.Accepted)] // the next one was missed
    [InlineData(-7, 2, -8, TokenVerdict.Accepted)] // typed slowly
    [InlineData(-7, 3, -7, TokenVerdict.OneMore)] // not in a row
    [InlineData(5, 1, 8, TokenVerdict.OneMore)] // not the same clock
    [InlineData(10, 1, 12, TokenVerdict.Wrong)] // further than any clock is off
    public void Two_codes_in_a_row_by_the_same_wrong_clock_tell_that_it_is_the_clock(
        int first, int later, int second, TokenVerdict verdict)
    {
        var (one, seen) = TokenMemory.Fresh.Judge(100 + first, clock: 100);
        one.ShouldBe(TokenVerdict.OneMore);

        var (two, after) = seen.Judge(100 + later + second, clock: 100 + later);

        two.ShouldBe(verdict);
        after.Drift.ShouldBe(verdict == TokenVerdict.Accepted ? second : 0);
    }

    [Fact]
    public void Every_code_of_a_card_serves_once_in_any_order()
    {
        var memory = TokenMemory.Fresh;
        foreach (var index in Enumerable.Range(0, TokenMemory.CardCodes).Reverse())
        {
            (var verdict, memory) = memory.JudgeCard(index);
            verdict.ShouldBe(TokenVerdict.Accepted);
            memory.JudgeCard(index).Verdict.ShouldBe(TokenVerdict.Used);
        }
    }
}
