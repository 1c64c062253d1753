using Emargement.Domain.Signing;

namespace Emargement.Tests.Signing;

public sealed class DrawingTests
{
    [Theory]
    [InlineData("M10 10 L20 30 L40 10 L60 35", "lines")]
    [InlineData("M 10,10 C 12.5,14 -3,20 22,31 L 40 40 Z", "a curve, a line, closed")]
    [InlineData("M10 10L20 30M50 50Q60 70 80 20", "two strokes")]
    [InlineData("M10 10 20 30 40 10 60 35", "numbers that repeat the move")]
    [InlineData("M0 0 C1 2 3 4 5 6 7 8 9 10 11 12", "two curves under one letter")]
    public void Moves_lines_and_curves_are_a_signature(string path, string because)
    {
        var drawing = Drawing.Parse(path);
        drawing.IsOk.ShouldBeTrue(because);
        drawing.Value!.Path.ShouldBe(path);
        drawing.Value.Sha256.Length.ShouldBe(64);
    }

    [Theory]
    [InlineData("", "nothing")]
    [InlineData("M10 10", "a dot")]
    [InlineData("M10 10 L10 10 L10 10 L10 10 L10 10", "a point pressed many times")]
    [InlineData("M10 10 L11 11 L12 12 L13 13", "a slip of three units")]
    [InlineData("L10 10 L20 30 L40 10 L60 35", "no move first")]
    [InlineData("Z M10 10 L20 30 L40 10 L60 35", "closed before it starts")]
    [InlineData("m10 10 l20 30 l40 10 l60 35", "relative commands")]
    [InlineData("M10 10 A5 5 0 0 1 20 20 L40 10 L60 35", "an arc")]
    [InlineData("M10 10 H20 V30 H40 V60", "other commands")]
    [InlineData("M10 10 L20", "half a point")]
    [InlineData("M10 10 C12 14 3 20 L40 40 L60 60 L70 70", "a curve cut short")]
    [InlineData("M10 10 L20 30 L40 1e9 L60 35", "an exponent")]
    [InlineData("M10 10 L20 30 L40 999999 L60 35", "further than any screen")]
    [InlineData("M10 10 L20 30 L40 NaN L60 35", "not a number")]
    [InlineData("M10 10 L20 30 L4.0.0 10 L60 35", "two points in a number")]
    [InlineData("M10 10 L20 30 L40 10 L60 35\"/><script>alert(1)</script>", "markup")]
    [InlineData("M10 10 L20 30 L40 10 L60 35 url(http://a)", "a reference")]
    [InlineData("data:image/png;base64,AAAA", "an image")]
    [InlineData("M١٠ ١٠ L20 30 L40 10 L60 35", "digits of another script")]
    public void Anything_else_is_not(string path, string because) => Drawing.Parse(path).Refusal?.Code.ShouldBe("drawing-invalid", because);

    [Fact]
    public void More_than_64_kilobytes_are_too_large()
    {
        var path = "M0 0" + string.Concat(Enumerable.Range(0, 12_000).Select(i => $" L{i % 500} {i % 90}"));
        path.Length.ShouldBeGreaterThan(Drawing.MaxLength);

        Drawing.Parse(path).Refusal!.Code.ShouldBe("drawing-too-large");
        Drawing.Parse(path[..Drawing.MaxLength].TrimEnd('L', ' ')).IsOk.ShouldBeTrue();
    }
}
