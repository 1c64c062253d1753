using Emargement.Functions.Sealing.Pdf;

namespace Emargement.Tests.Sealing;

public sealed class SvgPathTests
{
    [Theory]
    [InlineData("M1 2L3,4", "m1,2 l3,4", "absolute")]
    [InlineData("m1 2 2 2", "m1,2 l3,4", "more points after a move are lines")]
    [InlineData("M1-2.5.5 3", "m1,-2.5 l0.5,3", "signs and points separate numbers")]
    [InlineData("M0 0h5v5H1V2", "m0,0 l5,0 l5,5 l1,5 l1,2", "horizontal and vertical")]
    [InlineData("M0 0l5 5zl1 1", "m0,0 l5,5 l0,0 l1,1", "closing goes back to the start")]
    [InlineData("M0 0C1 1 2 2 3 3S5 5 6 6", "m0,0 c1,1,2,2,3,3 c4,4,5,5,6,6", "a smooth curve mirrors the control before")]
    [InlineData("M0 0Q3 3 6 0", "m0,0 c2,2,4,2,6,0", "a quadratic curve becomes a cubic one")]
    [InlineData("M0 0L1e1 1E-1", "m0,0 l10,0.1", "exponents")]
    [InlineData("M0 0L5 5Lx", "m0,0 l5,5", "what cannot be read ends the path")]
    [InlineData("L5 5", "", "a path starts with a move")]
    [InlineData("M0 0L9e99 0", "m0,0", "a number out of any page ends the path")]
    public void Path_data_are_read_as_the_specification_says(string data, string expected, string because) =>
        string.Join(' ', SvgPath.Parse(data).Select(segment =>
            segment.Kind + string.Join(
                ',',
                segment.Points.Select(
                    point => FormattableString.Invariant($"{point.X:0.##},{point.Y:0.##}"))))).ShouldBe(expected, because);
}
