using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Domain.Signing;
using Emargement.Tests.Placements;
using Emargement.Tests.Sessions;

namespace Emargement.Tests.Platform;

/// <summary>Whatever a person or a machine writes is kept in the one form of <see cref="PlainText"/>, or refused.</summary>
public sealed class TypedTextsTests
{
    private const string Written = " Le\r\n\u202EGoff\u200B\u3000Zoe\u0301 ";
    private const string Kept = "Le Goff Zoé";

    public static TheoryData<string, string> Refused => new()
    {
        { "", "nothing" },
        { "\u200B\u2800 \u202E", "nothing that can be seen" },
        { "Zo\uFFFD", "a letter that could not be read" },
        { new string('é', 501), "longer than any text may be" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void No_name_and_no_reason_is_such_a_text(string text, string why)
    {
        var scene = new PlacementScene(PlacementScene.Terms(), "2026-10-26 10:00");
        var terms = PlacementScene.Terms();

        OrganisationRules.Check(Example.Organisation with { Name = text })!.Code.ShouldBe("setting-invalid", why);
        (terms with { Company = text }).Check()!.Code.ShouldBe("placement-company-missing", why);
        (terms with { Tutors = [terms.Tutors[0] with { Name = text }] }).Check()!.Code.ShouldBe("placement-tutors-invalid", why);
        PlacementPlanning.Cancel(scene.State, 0, text, "manager:M1", scene.Now).Refusal!.Code.ShouldBe("reason-missing", why);
        DayDeclaration.Absent(terms.FirstDay, text).Check(isHoliday: false)!.Code.ShouldBe("declaration-absence-invalid", why);
        SignatureMark.Parse(null, text, wanted: true).Refusal!.Code.ShouldBe("typed-name-invalid", why);
        LoginName.TryParse(text, out _).ShouldBeFalse(why);
        Reference.TryParse(text, out _).ShouldBeFalse(why);
        EmailAddress.TryParse(text, out _).ShouldBeFalse(why);
    }

    [Fact]
    public void What_is_kept_has_one_form()
    {
        var scene = new PlacementScene(PlacementScene.Terms(), "2026-10-26 10:00");

        PlainText.Within(Written, 11).ShouldBe(Kept);
        PlainText.Within(Written, 10).ShouldBeNull();
        Statement.Tidy(Written).ShouldBe(Kept);
        PlacementPlanning.Cancel(scene.State, 0, Written, "manager:M1", scene.Now).Value!.Reason.ShouldBe(Kept);
        DayDeclaration.Absent(scene.Today, Written).AbsenceReason.ShouldBe(Kept);
        SignatureMark.Parse(null, Written, wanted: true).Value!.TypedName.ShouldBe(Kept);
        EmailAddress.Parse("\u200Bzoe@of.example\u00A0").Value.ShouldBe("zoe@of.example");
    }

    [Theory]
    [InlineData("S'1", "S\u20191")]
    [InlineData("zoe@of.example", "Zoe@\u200Bof.example")]
    [InlineData("GAR S1", "gar\u00A0s1\u2060")]
    public void A_login_is_found_however_a_keyboard_wrote_it(string known, string typed)
    {
        LoginName.TryParse(known, out var one).ShouldBeTrue();
        LoginName.TryParse(typed, out var other).ShouldBeTrue();

        other.ShouldBe(one);
    }
}
