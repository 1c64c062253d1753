using System.Text;
using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Functions.Placements.Paper;
using Emargement.Functions.Placements.Weeks;
using Emargement.Functions.Platform.Http.Bodies;

namespace Emargement.Tests.Placements;

/// <summary>What clients send of a placement, read before any rule sees it.</summary>
public sealed class PlacementInputsTests
{
    private static readonly DateOnly Day = new(2026, 11, 12);

    public static TheoryData<DayRequest, DayDeclaration?, string> Days => new()
    {
        { new DayRequest(Day, Minutes: 420), DayDeclaration.Worked(Day, 420), "hours alone" },
        { new DayRequest(Day, "08:30", "16:30", 60), DayDeclaration.Between(Day, new(8, 30), new(16, 30), 60), "times and a break" },
        { new DayRequest(Day, "08:30", "12:00"), DayDeclaration.Between(Day, new(8, 30), new(12, 0), 0), "no break is a break of none" },
        { new DayRequest(Day, Absence: "Grève", Minutes: 0), DayDeclaration.Absent(Day, "Grève"), "no hours on a day of absence" },
        { new DayRequest(Day, Minutes: 420, HolidayConfirmed: true), DayDeclaration.Worked(Day, 420) with { HolidayConfirmed = true }, "" },
        { new DayRequest(Day), null, "nothing said" },
        { new DayRequest(Day, "08:30"), null, "a start without its end" },
        { new DayRequest(Day, "8h30", "16h30"), null, "not HH:mm" },
        { new DayRequest(Day, "08:30", "16:30", Minutes: 420), null, "times and hours: which?" },
        { new DayRequest(Day, Minutes: 420, BreakMinutes: 60), null, "a break taken off what?" },
        { new DayRequest(Day, Absence: "Grève", Minutes: 60), null, "absent and at work" },
        { new DayRequest(Day, "08:30", "16:30", Absence: "Grève"), null, "absent and at work" },
    };

    [Theory]
    [MemberData(nameof(Days))]
    public void A_day_is_said_in_one_way(DayRequest said, DayDeclaration? declared, string why)
    {
        var read = said.ToDeclaration();

        read.Value.ShouldBe(declared, why);
        read.Refusal?.Code.ShouldBe("declaration-times-incomplete", why);
        read.IsOk.ShouldBe(declared is not null, why);
    }

    [Theory]
    [InlineData("%PDF-1.7", "application/pdf")]
    [InlineData("\u00ff\u00d8\u00ff\u00e0", "image/jpeg")]
    [InlineData("\u0089PNG\r\n", "image/png")]
    [InlineData(" %PDF-1.7", null)]
    [InlineData("<svg", null)]
    [InlineData("", null)]
    public void A_scan_is_what_its_first_bytes_say(string bytes, string? type) =>
        ScanType.Of(Encoding.Latin1.GetBytes(bytes)).ShouldBe(type);

    [Fact]
    public void A_tutor_s_address_changes_and_the_name_only_when_one_is_given()
    {
        var terms = PlacementScene.Terms();
        var (key, address) = (terms.Tutors[0].Key, EmailAddress.Parse("paul@chez-ruiz.example"));

        terms.WithAddress(key, address, null).Value!.Tutors.ShouldBe([terms.Tutors[0] with { Email = address }]);
        terms.WithAddress(key, address, "M. Paul").Value!.Tutors.ShouldBe([terms.Tutors[0] with { Email = address, Name = "M. Paul" }]);
        terms.WithAddress("t9", address, null).Refusal!.Code.ShouldBe("tutor-unknown");
    }
}
