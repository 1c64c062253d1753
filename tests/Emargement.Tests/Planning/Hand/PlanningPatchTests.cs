using Emargement.Domain.Planning.Hand;
using Emargement.Domain.Platform;
using Emargement.Domain.Platform.Calendar;
using Emargement.Domain.Sessions;
using Emargement.Tests.Signing;

namespace Emargement.Tests.Planning.Hand;

/// <summary>What a form that says everything again changes of a half-day's place.</summary>
public sealed class PlanningPatchTests
{
    private static readonly DateOnly Day = new(2026, 11, 3);

    // A file may plan what begins in the afternoon as a morning, and what begins between two minutes.
    private static readonly Session Late = new()
    {
        Organisation = OrganisationId.Parse("garonne"),
        Id = new SessionId(Day, HalfDay.Morning, Reference.Parse("X-1")),
        SlotRef = Reference.Parse("X-1"),
        TrainingRef = Reference.Parse("A1"),
        Group = "G1",
        Modality = Modality.Centre,
        Start = SiteZone.Paris.ToInstant(Day, new TimeOnly(13, 35)).AddMilliseconds(400),
        End = SiteZone.Paris.ToInstant(Day, new TimeOnly(16, 35)),
        Source = "import",
        ContentHash = "0",
        State = SessionState.Open,
    };

    [Fact]
    public void The_hours_said_again_leave_it_where_it_is()
    {
        var changed = new PlanningPatch(Day, new TimeOnly(13, 35), new TimeOnly(16, 35), Room: "B 14").ApplyTo(Late, SiteZone.Paris);

        changed.ShouldBeOk().ShouldSatisfyAllConditions(
            s => s.Id.ShouldBe(Late.Id), s => s.Start.ShouldBe(Late.Start), s => s.Room.ShouldBe("B 14"));
    }

    [Fact]
    public void Other_hours_give_it_their_half_day()
    {
        var changed = new PlanningPatch(Start: new TimeOnly(13, 40)).ApplyTo(Late, SiteZone.Paris);

        changed.ShouldBeOk().Id.HalfDay.ShouldBe(HalfDay.Afternoon);
    }
}
