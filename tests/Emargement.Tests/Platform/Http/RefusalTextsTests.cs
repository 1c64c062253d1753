using System.Text.RegularExpressions;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Http;
using Emargement.Tests.House;
using Emargement.Web.Platform;

namespace Emargement.Tests.Platform.Http;

/// <summary>Whoever is refused reads a sentence, in their language, that says what to do.</summary>
public sealed partial class RefusalTextsTests
{
    public static TheoryData<string> Codes() => [.. UsedCodes()];

    [Theory]
    [MemberData(nameof(Codes), DisableDiscoveryEnumeration = true)]
    public void Every_refusal_in_the_code_has_its_sentence_in_every_language(string code)
    {
        foreach (var language in Texts.Languages)
        {
            Texts.For(language).Has($"refusal.{code}").ShouldBeTrue($"refusal.{code} is missing in {language}.json");
        }
    }

    [Fact]
    public void Every_sort_of_refusal_has_its_title_in_every_language()
    {
        foreach (var kind in Enum.GetValues<RefusalKind>())
        {
            Texts.Languages.ShouldAllBe(l => Texts.For(l).Has($"refused.{Problem.StatusOf(kind)}"));
        }
    }

    [Fact]
    public void A_value_that_looks_like_a_placeholder_is_written_as_it_is()
    {
        var french = Texts.For("fr");

        french["mail.activate.body", ("name", "{organisation}"), ("organisation", "{name}")]
            .ShouldBe(french["mail.activate.body", ("name", "<1>"), ("organisation", "<2>")]
                .Replace("<1>", "{organisation}", StringComparison.Ordinal).Replace("<2>", "{name}", StringComparison.Ordinal));
        french.Refusal(
            "rights-invalid", new Dictionary<string, string> { ["rights"] = "{rights}", ["right"] = "people" }).ShouldContain("{rights}");
    }

    [Fact]
    public void The_code_is_searched_as_it_is_written() => UsedCodes().Count().ShouldBeGreaterThan(30);

    private static IEnumerable<string> UsedCodes()
    {
        string[] projects = ["Emargement.Domain", "Emargement.Functions"];
        return projects
            .SelectMany(p => Directory.EnumerateFiles(Path.Combine(Repository.Root, "functions", p), "*.cs", SearchOption.AllDirectories))
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(f => Made().Matches(File.ReadAllText(f)))
            .Select(m => m.Groups[1].Value)
            .Distinct()
            .Order(StringComparer.Ordinal);
    }

    // Refusal.Of("code", …), Refusal.NotFound("code") and their kin, and new Refusal("code", …), wherever the line breaks.
    [GeneratedRegex("""(?:Refusal\s*\.\s*(?:Of|BadInput|NotFound|Forbidden|Conflict)|new\s+Refusal)\s*\(\s*"([a-z0-9-]+)"(?=\s*[,)])""")]
    private static partial Regex Made();
}
