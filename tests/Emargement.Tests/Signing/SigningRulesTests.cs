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
        var after = TokenMemory.Fresh.Accept(100)!;

        after.Accept(100).ShouldBeNull();
        after.Accept(99).ShouldBeNull();
        after.Accept(101)!.LastStep.ShouldBe(101);
    }

    [Fact]
    public void Every_code_of_a_card_serves_once_in_any_order()
    {
        var memory = TokenMemory.Fresh;
        foreach (var index in Enumerable.Range(0, TokenMemory.CardCodes).Reverse())
        {
            memory = memory.AcceptCard(index).ShouldNotBeNull();
            memory.AcceptCard(index).ShouldBeNull();
        }
    }
}
