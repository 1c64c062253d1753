using Emargement.Domain.Accounts;
using Emargement.Tests.Platform.Access;

namespace Emargement.Tests.Accounts;

public sealed class AccountRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("Quatre chevaux verts", null)]
    [InlineData("onze lettre", "password-too-short")] // 11 characters
    [InlineData("🐎🐎🐎🐎🐎🐎", "password-too-short")] // six characters, whatever they take to store
    [InlineData("123456789012", "password-too-common")]
    [InlineData("motdepasse2026", "password-too-common")] // a common word and a year
    [InlineData("Formation-2026!", "password-too-common")]
    [InlineData("aaaaaaaaaaaaaa", "password-too-common")]
    [InlineData("Inès.Roche.26", "password-too-personal")]
    [InlineData("ines-roche-1987", "password-too-personal")] // accents hide nothing
    [InlineData("FORM-0042-2026", "password-too-personal")] // the reference
    [InlineData("ines.roche@exemple.test", "password-too-personal")]
    [InlineData("La Roche tarpéienne est haute", null)] // holds a name and much else
    public void A_password_is_long_and_not_what_anyone_would_try(string password, string? code) =>
        PasswordRules.Check(password, ["Roche", "Inès", "FORM-0042", "ines.roche@exemple.test"])?.Code.ShouldBe(code);

    [Fact]
    public void A_password_has_an_end() =>
        PasswordRules.Check(string.Concat(Enumerable.Repeat("vert ", 26)), []).ShouldNotBeNull().Code.ShouldBe("password-too-long");

    [Theory]
    [InlineData("ines@exemple.test", " INES@exemple.test ", true)]
    [InlineData("Élève 1", "élève 1", true)]
    [InlineData("E\u0301le\u0300ve", "\u00C9l\u00E8ve", true)] // the same letters, composed or not
    [InlineData("L1", "L2", false)]
    public void A_login_is_the_same_whatever_its_case(string one, string other, bool same)
    {
        LoginName.TryParse(one, out var a).ShouldBeTrue();
        LoginName.TryParse(other, out var b).ShouldBeTrue();

        (a == b).ShouldBe(same);
        a.Key.Length.ShouldBe(64);
    }

    [Theory]
    [InlineData("trainer:T1", "trainer:T1")]
    [InlineData("learner:L~201", "learner:L 1")]
    public void An_account_is_named_in_keys_and_in_facts(string key, string text)
    {
        AccountId.TryParseKey(key, out var id).ShouldBeTrue();

        id.Key.ShouldBe(key);
        id.ToString().ShouldBe(text);
    }

    [Theory]
    [InlineData("tutor:T1")] // tutors have no account
    [InlineData("Trainer:T1")]
    [InlineData("trainer:")]
    [InlineData("trainer")]
    [InlineData("trainer:a b")] // not a key
    [InlineData(null)]
    public void Anything_else_names_no_account(string? key) => AccountId.TryParseKey(key, out _).ShouldBeFalse();
}
