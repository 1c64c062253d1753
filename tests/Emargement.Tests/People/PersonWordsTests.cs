using Emargement.Domain.People;
using Emargement.Domain.Platform;

namespace Emargement.Tests.People;

/// <summary>The words by which people are found, and who may be one person.</summary>
public sealed class PersonWordsTests
{
    private static readonly IReadOnlyList<string> Zoe = PersonWords.Of(
        "LEFÈBVRE-d’Arc", "Zoë", Reference.Parse("GAR-2026-0042"), EmailAddress.Parse("zoe.lef@gmail.com"));

    [Fact]
    public void A_person_has_the_words_of_name_reference_and_the_address_before_its_at() =>
        Zoe.ShouldBe(["lefebvre", "d", "arc", "zoe", "gar", "2026", "0042", "lef"]);

    [Theory]
    [InlineData("lefe", true, "the start of a word")]
    [InlineData("Zoé LEF", true, "two starts in any order, with other accents")]
    [InlineData("gar-2026-0042", true, "a whole reference")]
    [InlineData("zoe.lef@gm", true, "an address: what stands behind the at is shared by too many")]
    [InlineData("gmail", false, "so it finds nobody by itself")]
    [InlineData("ebvre", false, "no middle of a word")]
    [InlineData("zoe martin", false, "each start must begin some word")]
    public void A_query_finds_by_the_starts_of_words(string query, bool found, string why) =>
        PersonWords.Match(Zoe, PersonWords.OfQuery(query)!).ShouldBe(found, why);

    [Theory]
    [InlineData("z")]
    [InlineData(" - ")]
    [InlineData("")]
    [InlineData(null)]
    public void One_letter_asks_for_nobody(string? query) => PersonWords.OfQuery(query).ShouldBeNull();

    [Theory]
    [InlineData("Lefèbvre Zoë", "LEFEBVRE zoe", true, "accents and case")]
    [InlineData("Zoé Lefebvre", "Lefebvre Zoé", true, "last and first name changed places")]
    [InlineData("Jean-Baptiste Cros", "Jean Baptiste Cros", true, "a dash")]
    [InlineData("Lefebvre Zoé", "Lefevre Zoé", true, "a letter left out")]
    [InlineData("Benali Amine", "Benali Samir", false, "another first name")]
    [InlineData("Martin Léa", "Martin Léo", true, "one letter may be a slip: a person looks")]
    public void Names_are_near_when_one_letter_at_most_tells_them_apart(string one, string other, bool near, string why) =>
        PersonWords.AreNear(one, other).ShouldBe(near, why);
}
