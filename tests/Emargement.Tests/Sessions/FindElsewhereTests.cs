using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Pages.Sessions;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Sessions;
using Emargement.Tests.Signing;
using Emargement.Web.Platform;

namespace Emargement.Tests.Sessions;

/// <summary>A learner in two groups at once is seen when a session's page opens, before and after the session does.</summary>
public sealed class FindElsewhereTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_page_says_who_is_expected_in_another_session_at_the_same_time_and_where()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await EnrolAsync(world, 1, "G2");
        await OtherAsync(world, "20261123-1-S2", s => s with { Group = "G2", Start = s.Start.AddHours(1) });

        foreach (var open in new[] { false, true })
        {
            if (open)
            {
                await world.OpenAsync();
            }

            var page = (await world.Get<ShowSession>().RunAsync(
                new Route<SessionId>(world.Org, world.Id), world.Trainer(), "https://emargement.example", Texts.For("fr"),
                Cancellation)).ShouldBeOk();

            page.People.Where(p => p.Elsewhere is not null).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
                p => p.Learner.ShouldBe("L1"), p => p.Elsewhere!.Training.ShouldBe("Soudure"), p => p.Elsewhere!.Group.ShouldBe("G2"));
        }
    }

    [Fact]
    public async Task One_after_the_other_cancelled_or_in_a_company_is_not_elsewhere()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await EnrolAsync(world, 1, "G2");
        await OtherAsync(world, "20261123-2-S2", s => s with { Group = "G2", Start = s.End, End = s.End.AddHours(3) });
        await OtherAsync(world, "20261123-1-S3", s => s with { Group = "G2", State = SessionState.Cancelled });
        await OtherAsync(world, "20261123-1-S4", s => s with { Group = "G2", Modality = Modality.Company });
        await OtherAsync(world, "20261123-1-S5", s => s with { Group = "G3" });

        (await world.Get<FindElsewhere>().RunAsync(world.Org, world.Id, Cancellation)).ShouldBeEmpty();
    }

    private static async Task OtherAsync(HalfDayWorld world, string id, Func<Session, Session> change) =>
        await world.Get<SessionsTable>().TryInsertAsync(change(Example.Morning) with { Id = SessionId.Parse(id) }, Cancellation);

    private static async Task EnrolAsync(HalfDayWorld world, int learner, string group)
    {
        var enrolment = HalfDayWorld.Enrolled(learner).Enrolment with { Group = group };
        (await world.Get<EnrolmentsTable>().TryWriteAsync(
            world.Org, [new EnrolledLearner(enrolment, "Nom001", "Ada", HasEmail: false)], [], Cancellation)).ShouldBeTrue();
    }
}
