using Emargement.Domain.Sessions;
using static Emargement.Tests.Region.RegionWorld;

namespace Emargement.Tests.Region;

/// <summary>Who is in the Région's month when people were added or taken off by hand, and which doubts that raises.</summary>
public sealed class ByHandTests
{
    [Theory]
    [InlineData("REGION", true)]
    [InlineData("OPCO", false)]
    public void Somebody_added_is_the_R_gion_s_when_the_fact_says_so_and_else_leaves_no_byte(string funder, bool written)
    {
        var world = new RegionWorld();
        world.Enrol("S1", "Cœurdoux").Enrol("S9", "Invité", "OPCO", "A2", "G2", new Domain.People.EnrolmentPeriod(
            "OPCO", null, null, new DateOnly(2026, 11, 2), new DateOnly(2026, 11, 3)));
        world.Session("SE1-M", s => s with { Roster = [Word("S9", true, funder)] }, Signs("S1"), Signs("S9"), Closes(2, 2));

        var month = world.Write();

        month.HalfDays.Select(h => h.Learner.Value).ShouldBe(written ? ["S1", "S9"] : ["S1"]);
        month.Codes().ShouldBe(written ? ["unplanned-learner"] : []);
        month.Text().Contains("Invité", StringComparison.Ordinal).ShouldBe(written);
    }

    [Fact]
    public void Somebody_whom_their_own_enrolment_says_the_R_gion_pays_is_in_whatever_was_said()
    {
        var world = new RegionWorld();
        world.Enrol("S1", "Cœurdoux").Enrol("S2", "Martin", "REGION", "A1", "G2").Enrol("S3", "Petit", "OPCO", "A1", "G3");
        world.Session(
            "SE1-M", s => s with { Roster = [Word("S2", true, null), Word("S3", true, null)] }, Signs("S1"), Signs("S2"), Signs("S3"),
            Closes(3, 3));

        world.Write().HalfDays.Select(h => h.Learner.Value).ShouldBe(["S1", "S2"]);
    }

    [Fact]
    public void Somebody_taken_off_owes_nothing()
    {
        var world = new RegionWorld();
        world.Enrol("S1", "Cœurdoux").Enrol("S2", "Martin");
        world.Session("SE1-M", s => s with { Roster = [Word("S2", false, null)] }, Signs("S1"), Closes());

        var month = world.Write();

        month.HalfDays.Select(h => h.Learner.Value).ShouldBe(["S1"]);
        month.Codes().ShouldBeEmpty();
    }

    [Fact]
    public void What_somebody_else_closed_is_a_doubt_until_the_planned_trainer_signs()
    {
        var closed = (Closed)Closes() with { By = "manager:M1" };
        var signed = new Countersigned { At = At(15, 0), By = "trainer:F1", TypedName = "Noël D'Angelo" };

        One(closed).ShouldBe(["closed-by-other"]);
        One(closed, signed).ShouldBeEmpty();
    }

    private static IEnumerable<string> One(params Fact[] facts)
    {
        var world = new RegionWorld();
        world.Enrol("S1", "Cœurdoux");
        world.Session("SE1-M", s => s, [Signs("S1"), .. facts]);
        return world.Write().Codes();
    }

    private static RosterChange Word(string learner, bool expected, string? funder) =>
        new(At(9, 0), "manager:M1", Ref(learner), expected, funder, "Rattrapage");
}
