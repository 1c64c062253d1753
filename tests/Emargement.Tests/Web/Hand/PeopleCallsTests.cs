using Emargement.Domain.Accounts;
using Emargement.Domain.Planning.Import.Rows;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts.Links;
using Emargement.Functions.Pages.People;
using Emargement.Functions.Planning.People;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Http.Bodies;
using Emargement.Functions.Sessions.Marks;
using Emargement.Functions.Signing.Tokens;
using Emargement.Tests.Signing;
using Emargement.Web.People;

namespace Emargement.Tests.Web.Hand;

/// <summary>How many storage calls each page and act of the people's pages makes, access aside, once the short memory is warm.</summary>
public sealed class PeopleCallsTests
{
    private const string Address = "https://e.example";

    private static readonly AccountId L0 = new(AccountKind.Learner, HalfDayWorld.Ref(0));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_page_and_each_act_keeps_its_number_of_calls()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.RegisterAsync(0, 1, 2);
        await ListAsync(world, "ad");
        await ShowAsync(world);
        await GiveAsync(PeopleActs.ShowLink);
        await SendAsync(new SendActivationsBody(Learners: [L0.Person]));

        await CountAsync(
            world, 1 + (3 * 3), "a search: its range; of each the account, the token, the enrolments", () => ListAsync(world, "ad"));
        await CountAsync(world, 2 + 3, "two words: a range each, and one who has both", () => ListAsync(world, "ada nom001"));
        await CountAsync(
            world, 1 + (3 * 2), "everybody: a page of accounts; of each the token, the enrolments", () => ListAsync(world, ""));
        await CountAsync(world, 2, "the groups: trainings, enrolments", async () =>
            (await world.Get<ShowPeople>().GroupsAsync(world.Organisation, null, null, Cancellation)).ShouldBeOk());
        await CountAsync(
            world, 8, "a learner: the row, enrolments, trainings, token, placements, the month in a group, account, devices",
            () => ShowAsync(world));
        await CountAsync(world, 1, "the form of a new learner: the trainings", async () =>
            (await world.Get<ShowNewPerson>().RunAsync(
                world.Org, AccountKind.Learner, FormFields.None, [], null, Cancellation)).ShouldBeOk());

        var version = (await world.Get<ChangePerson>().ReadLearnerAsync(world.Org, L0.Person, Cancellation)).ShouldBeOk().Stored.ETag;
        await CountAsync(
            world, 6, "a phone: read, replaced, read; enrolments, the name in each; accounts", async () =>
            (await world.Get<ChangePerson>().RunAsync(
                world.Org, L0.Person, new LearnerPatch(Phone: "05 61 00 00 00"), version, Cancellation)).ShouldBeOk());
        // Settings are kept half a minute: read before they are counted.
        await world.Get<Emargement.Functions.People.OrganisationSettings>().GetAsync(world.Org, Cancellation);
        var enrolment = (await world.Get<ChangePerson>().ReadLearnerAsync(world.Org, L0.Person, Cancellation)).ShouldBeOk().Enrolments[0];
        await world.Get<MonthMarksTable>().ListAsync(Cancellation);
        await CountAsync(
            world, 7, "a period: the learner, the enrolment, both its rows at once, the marks of three months, all enrolments", async () =>
            (await world.Get<EnrolLearner>().ChangeAsync(
                world.Org, new EnrolmentKey(L0.Person, enrolment.TrainingRef, enrolment.Group), new EnrolmentPatch(Funder: "OPCO"),
                EnrolmentVersion.Of(enrolment), Cancellation)).ShouldBeOk());
        await CountAsync(world, 10, "a new learner: read, insert, read; enrolments; accounts, login, names, account; namesakes", async () =>
            (await world.Get<CreateLearner>().RunAsync(world.Org, new NewLearner("Quinze", "Ana"), Cancellation)).ShouldBeOk());
        await CountAsync(
            world, 4, "a link: the account, again for the link, the link, when it was given", () => GiveAsync(PeopleActs.ShowLink));
        await CountAsync(world, 3, "a token: the learner, the token, replaced", () => GiveAsync(PeopleActs.Token));
        await CountAsync(world, 1 + 3 + 1 + 1, "links: the group, each account, the mails at once, when they were sent", async () =>
            await SendAsync(new SendActivationsBody(enrolment.TrainingRef, enrolment.Group)));
        await CountAsync(world, 1 + (3 * 3), "three cards: the group; of each the learner, the token, replaced", async () =>
            (await world.Get<PrintCards>().RunAsync(world.Org, enrolment.TrainingRef, enrolment.Group, Cancellation)).ShouldBeOk());

        async Task SendAsync(SendActivationsBody body) =>
            (await world.Get<SendActivations>().RunAsync(world.Organisation, body, Address, Cancellation)).ShouldBeOk();

        async Task GiveAsync(string act) => (await world.Get<GiveAccessByForm>().RunAsync(
            new Route<AccountId>(world.Org, L0), act, FormFields.None, Address, Cancellation)).ShouldBeOk();
    }

    private static async Task ListAsync(HalfDayWorld world, string query) =>
        (await world.Get<ShowPeople>().RunAsync(world.Organisation, query, null, null, "", Cancellation)).ShouldBeOk();

    private static async Task ShowAsync(HalfDayWorld world) =>
        (await world.Get<ShowPerson>().RunAsync(world.Org, L0, null, Cancellation)).ShouldBeOk();

    private static async Task CountAsync(HalfDayWorld world, int calls, string what, Func<Task> act)
    {
        world.Calls.Reset();
        await act();
        world.Calls.Made.Count.ShouldBe(calls, $"{what}\n{string.Join('\n', world.Calls.Made)}");
    }
}
