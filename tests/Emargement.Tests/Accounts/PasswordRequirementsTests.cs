using Emargement.Domain.Accounts;

namespace Emargement.Tests.Accounts;

/// <summary>What a password may be, as OWASP ASVS 5.0 asks; each test bears the number of what it proves.</summary>
public sealed class PasswordRequirementsTests
{
    [Theory]
    [InlineData("onze signes", "password-too-short")]
    [InlineData("douze signes", null)]
    public void V6_2_1_A_password_has_twelve_characters_at_least(string password, string? code) => CodeOf(password).ShouldBe(code);

    // From the top and the middle of the leaked lists, and as people vary them.
    [Theory]
    [InlineData("123qweasdzxc")]
    [InlineData("1qaz2wsx3edc")]
    [InlineData("123456qwerty")]
    [InlineData("unbelievable")]
    [InlineData("justinbieber")]
    [InlineData("1Q2W3E4R5T6Y")] // capitals change nothing
    [InlineData("qwerty-123456")] // nor does what stands between
    [InlineData("Sunshine2026!")] // nor a year
    [InlineData("2026baseball")]
    [InlineData("iloveyou1234")]
    [InlineData("AzertyAzerty1")]
    [InlineData("Bienvenue2026")]
    [InlineData("ToulouseToulouse")] // nor the same again
    [InlineData("émargement émargement")]
    [InlineData("loulou-loulou-1")]
    [InlineData("Bonjour123456!")] // nor digits that count on
    [InlineData("987654321camille")]
    [InlineData("Toulouse31000")] // nor the same digit again
    [InlineData("Septembre2026")]
    [InlineData("qsdfghjklmwx")] // nor a row of this country's keyboards
    public void V6_2_4_and_V6_2_12_The_commonest_and_the_leaked_are_refused(string password) =>
        CodeOf(password).ShouldBe("password-too-common");

    [Fact]
    public void V6_2_4_More_than_three_thousand_of_our_length_are_known()
    {
        using var file = typeof(PasswordRules).Assembly.GetManifestResourceStream("common-passwords.bin").ShouldNotBeNull();
        var hashes = new byte[file.Length];
        file.ReadExactly(hashes);

        var each = hashes.Chunk(5).Select(Convert.ToHexString).ToList();
        (hashes.Length % 5).ShouldBe(0);
        each.ShouldBeUnique();
        each.ShouldBe(each.Order(StringComparer.Ordinal));
        // The tool says that 11,989 of them have 12 characters and more.
        each.Count.ShouldBeGreaterThan(25_000);
    }

    // Whoever draws words or signs at random is not told that everybody does.
    [Fact]
    public void V6_2_4_Hardly_any_password_drawn_at_random_is_taken_for_a_common_one()
    {
        var drawn = new Random(20261126);

        Enumerable.Range(0, 20_000)
            .Select(_ => string.Concat(Enumerable.Range(0, 12).Select(_ => (char)drawn.Next('!', '~' + 1))))
            .Count(p => PasswordRules.Check(p, []) is not null)
            .ShouldBe(0);
    }

    [Theory]
    [InlineData("toutenpetiteslettres")]
    [InlineData("TOUT EN CAPITALES")]
    [InlineData("482915730648")]
    [InlineData("trois petits chats 123")]
    [InlineData("un deux trois un deux trois")]
    [InlineData("$%&/()=?!§+*#")]
    [InlineData("🐎🌳🏠🚲🍞☂🎈🐟🌙⚓🔔🍋")]
    [InlineData("четыре лошади")]
    public void V6_2_5_Any_characters_make_a_password(string password) => CodeOf(password).ShouldBeNull();

    [Theory]
    [InlineData("Emargement 2026")]
    [InlineData("Stagiaire-2026")]
    [InlineData("Diallo-Awa-26")]
    public void V6_2_11_Nothing_of_this_product_or_of_its_owner_makes_a_password(string password) =>
        PasswordRules.Check(password, ["Diallo", "Awa"]).ShouldNotBeNull();

    private static string? CodeOf(string password) => PasswordRules.Check(password, [])?.Code;
}
