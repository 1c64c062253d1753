using System.Text;
using CsCheck;
using Emargement.Domain.Platform;

namespace Emargement.Tests.Platform;

public sealed class PlainTextTests
{
    [Theory]
    [InlineData("Zoé", "Zoé", "as it is")]
    [InlineData("Zoe\u0301", "Zoé", "composed")]
    [InlineData(" \t Le\u00A0 \u202FGoff\u3000", "Le Goff", "spaces of every kind are one")]
    [InlineData("A\r\nB", "A B", "a line end is a space")]
    [InlineData("G1\uFEFF", "G1", "a mark inside")]
    [InlineData("A\u200B1\u00AD\u2060", "A1", "marks that nobody sees")]
    [InlineData("\u202Eimda\u202C", "imda", "a text that would run backwards")]
    [InlineData("\u200B\u200C\u2800\u3164", "", "a name that nobody sees is none")]
    [InlineData("a\u0000b\u0007", "ab", "controls")]
    [InlineData("e\u200B\u0301", "é", "a mark between a letter and its accent")]
    [InlineData("N’Guessan", "N’Guessan", "a name keeps its apostrophe")]
    [InlineData("", "", "nothing")]
    public void A_name_has_one_form(string written, string plain, string why) => PlainText.Of(written).ShouldBe(plain, why);

    [Fact]
    public void A_lone_half_of_a_character_is_unreadable()
    {
        PlainText.IsUndecodable(PlainText.Of("a" + (char)0xD800 + "b")).ShouldBeTrue();
        Reference.TryParse("a\uFFFDb", out _).ShouldBeFalse();
    }

    [Fact]
    public void What_is_plain_stays_so() => Gen.String.Sample(text =>
    {
        var plain = PlainText.Of(text);
        PlainText.Of(plain).ShouldBe(plain);
        plain.IsNormalized(NormalizationForm.FormC).ShouldBeTrue();
        plain.ShouldBe(plain.Trim());
        plain.Any(char.IsControl).ShouldBeFalse();
    });

    [Theory]
    [InlineData("S’1", "S'1")]
    [InlineData("S\u02BC1", "S'1")]
    [InlineData("A\u00A01 ", "A 1")]
    [InlineData("E\u0301te\u0301", "Été")]
    [InlineData("a\nb", "a b")]
    public void A_reference_has_one_form(string written, string plain) => Reference.Parse(written).Value.ShouldBe(plain);

    [Theory]
    [InlineData("=1+1", true, "a formula")]
    [InlineData("+33 6", true, "a sum")]
    [InlineData("-1", true, "a difference")]
    [InlineData("@cmd", true, "an old function")]
    [InlineData("＝1+1", true, "a full-width sign")]
    [InlineData("＋1", true, "a full-width sign")]
    [InlineData("－1", true, "a full-width sign")]
    [InlineData("＠x", true, "a full-width sign")]
    [InlineData("﹦1", true, "a small sign")]
    [InlineData("\u22121", true, "a true minus")]
    [InlineData("  =1", true, "spaces before it")]
    [InlineData("\u200B=1", true, "a mark that nobody sees before it")]
    [InlineData("\t=1", true, "a tab")]
    [InlineData("\rx", true, "a line end")]
    [InlineData("a=1", false, "a sign inside")]
    [InlineData("'=1", false, "text already")]
    [InlineData("Zoé", false, "a name")]
    [InlineData("", false, "nothing")]
    public void A_cell_is_never_run(string text, bool quoted, string why) => CsvCell.Of(text).ShouldBe(quoted ? "'" + text : text, why);
}
