using System.Text.RegularExpressions;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Tests.House;
using Emargement.Web.Platform;

namespace Emargement.Tests.Web;

public sealed partial class TextsTests
{
    private static readonly Texts French = Texts.For("fr");
    private static readonly Texts English = Texts.For("en");

    [Fact]
    public void Every_language_says_the_same_sentences_with_the_same_placeholders()
    {
        foreach (var language in Texts.Languages)
        {
            var texts = Texts.For(language);
            texts.Keys.Except(French.Keys).ShouldBeEmpty($"only in {language}");
            French.Keys.Except(texts.Keys).ShouldBeEmpty($"missing from {language}");
            foreach (var key in texts.Keys)
            {
                Placeholders(texts[key]).ShouldBe(Placeholders(French[key]), $"{key} in {language}");
            }
        }
    }

    [Theory]
    [InlineData("en", "de", "en", "what the person chose goes first")]
    [InlineData("xx", "en", "en", "a choice we do not speak is no choice")]
    [InlineData(null, "nl-NL,en-GB;q=0.7,fr;q=0.6", "en", "the browser's order, among the languages we speak")]
    [InlineData(null, "fr;q=0.3,en;q=0.9", "en", "weights count, not positions")]
    [InlineData(null, "en;q=0", "fr", "q=0 means not that one")]
    [InlineData(null, "zz,;q=,,*", "fr", "anything else is French")]
    [InlineData(null, null, "fr", "no header is French")]
    public void Chooses_the_language(string? chosen, string? header, string expected, string because) =>
        Texts.Choose(chosen, header).ShouldBe(expected, because);

    [Fact]
    public void Writes_days_and_hours_as_people_say_them()
    {
        var monday = new DateOnly(2026, 11, 23);
        var instant = new DateTimeOffset(2026, 11, 23, 8, 2, 0, TimeSpan.Zero);

        French.HalfDay(monday, HalfDay.Morning).ShouldBe("lundi 23 novembre, matin");
        English.HalfDay(monday, HalfDay.Afternoon).ShouldBe("Monday 23 November, afternoon");
        French.Day(new DateOnly(2026, 11, 1)).ShouldBe("dimanche 1er novembre");
        French.Hour(instant, SiteZone.Paris).ShouldBe("9\u00a0h\u00a002");
        English.Hour(instant, SiteZone.Paris).ShouldBe("9:02");
        French.Moment(instant, SiteZone.Paris).ShouldBe("lundi 23 novembre 2026 à 9\u00a0h\u00a002");
    }

    [Fact]
    public void A_refusal_without_its_own_sentence_still_says_something() =>
        French.Refusal("no-such-code").ShouldBe(French["error.general"]);

    [Fact]
    public void A_refusal_fills_in_its_values() =>
        French.Refusal("window-not-open", new Dictionary<string, string> { ["opensAt"] = "8 h 45" }).ShouldBe("Vous pourrez signer à partir de 8 h 45.");

    [Fact]
    public void Sentences_are_calm_and_typeset()
    {
        foreach (var texts in Texts.Languages.Select(Texts.For))
        {
            foreach (var key in texts.Keys.Where(k => !k.StartsWith("format.", StringComparison.Ordinal)))
            {
                texts[key].ShouldNotContain("!", Case.Sensitive, key);
                texts[key].ShouldNotContain("'", Case.Sensitive, $"{key}: the apostrophe is ’");
            }
        }
    }

    /// <summary>A key is used when a source names it whole, or builds it from a prefix (<c>$"state.{…}"</c>), or hands a prefix to a script.</summary>
    [Fact]
    public void No_sentence_is_unused()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(Repository.Root, "functions"), "*", SearchOption.AllDirectories)
            .Where(f => Path.GetExtension(f) is ".cs" or ".razor" or ".ts" && !OutputFolder().IsMatch(f))
            .Select(File.ReadAllText)
            .ToList();
        var literals = sources.SelectMany(s => Literal().Matches(s).Select(m => m.Groups[1].Value)).ToHashSet(StringComparer.Ordinal);
        var prefixes = sources.SelectMany(s => Prefix().Matches(s).Select(m => m.Groups[1].Value)).ToHashSet(StringComparer.Ordinal);

        French.Keys
            .Where(key => !literals.Contains(key) && !literals.Contains(Singular().Replace(key, "")) && !prefixes.Any(p => key.StartsWith(p, StringComparison.Ordinal)))
            .ShouldBeEmpty();
    }

    private static string[] Placeholders(string sentence) =>
        [.. Placeholder().Matches(sentence).Select(m => m.Value).Distinct().Order(StringComparer.Ordinal)];

    [GeneratedRegex("\\{[a-zA-Z]+\\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex("[\"'`]([a-z0-9-]+(?:\\.[a-z0-9-]+)+)[\"'`]")]
    private static partial Regex Literal();

    [GeneratedRegex("(?:\\$\"|`|Under\\(\")((?:[a-z0-9-]+\\.)+)(?:\\{|\\$\\{|\")")]
    private static partial Regex Prefix();

    [GeneratedRegex("\\.(one|other)$")]
    private static partial Regex Singular();

    [GeneratedRegex("[/\\\\](bin|obj|node_modules)[/\\\\]")]
    private static partial Regex OutputFolder();
}
