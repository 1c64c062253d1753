using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts;
using Emargement.Functions.Accounts.Links;
using Emargement.Functions.People;
using Emargement.Functions.Planning.People;
using Emargement.Functions.Platform.Storage;
using Emargement.Functions.Signing.Finding;
using Emargement.Functions.Signing.Tokens;

namespace Emargement.Tests.Signing.Finding;

/// <summary>People found by the start of a word, with how far their access has come, and access given to a whole group.</summary>
public sealed class FindPeopleTests
{
    private static readonly Reference Zoe = Reference.Parse("GAR-0042");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Anybody_is_found_by_the_start_of_any_word_and_no_longer_by_a_name_that_was()
    {
        await using var world = await HalfDayWorld.StartAsync(0);
        await CreateAsync(world, "Lefèbvre", "Zoë", Zoe, "zoe.l@example.fr");
        await CreateAsync(world, "Zola", "Émile", Reference.Parse("GAR-0043"), null);
        (await world.Get<CreateTrainer>().RunAsync(world.Org, new NewTrainer("Zoeller", "Ida", Reference.Parse("F9")), Cancellation))
            .ShouldBeOk();

        (await FindAsync(world, "zo")).ShouldBe(["GAR-0042", "GAR-0043", "F9"]);
        (await FindAsync(world, "zoé lef")).ShouldBe(["GAR-0042"]);
        (await FindAsync(world, "0043")).ShouldBe(["GAR-0043"]);
        (await FindAsync(world, "zoe.l@ex")).ShouldBe(["GAR-0042"]);
        (await FindAsync(world, "zo", PeopleFilter.Trainers)).ShouldBe(["F9"]);
        (await FindAsync(world, null, PeopleFilter.WithoutAddress)).ShouldBe(["GAR-0043", "F9"]);

        var read = (await world.Get<ChangePerson>().ReadLearnerAsync(world.Org, Zoe, Cancellation)).ShouldBeOk();
        (await world.Get<ChangePerson>().RunAsync(
            world.Org, Zoe, new LearnerPatch(LastName: "Martin"), read.Stored.ETag, Cancellation)).ShouldBeOk();
        (await FindAsync(world, "lefebvre")).ShouldBeEmpty();
        (await FindAsync(world, "mart")).ShouldBe(["GAR-0042"]);

        // A word that a killed process left behind finds nobody.
        await world.Get<NamesTable>().AddAsync(
            world.Org, [new NamedAccount("lefebvre", new AccountId(AccountKind.Learner, Zoe))], Cancellation);
        (await FindAsync(world, "lefebvre")).ShouldBeEmpty();
    }

    [Fact]
    public async Task People_who_are_older_than_the_table_of_names_are_found_before_and_after_it_is_filled()
    {
        await using var world = await HalfDayWorld.StartAsync(0);
        var old = new Account(
            new AccountId(AccountKind.Learner, Zoe), "Ancien", "Zoé", null, "fr", null, Passwords.NewStamp(), world.Time.GetUtcNow());
        await world.Get<AccountsTable>().TryInsertAsync(world.Org, old, Cancellation);

        (await FindAsync(world, "anc")).ShouldBe(["GAR-0042"], "read from the accounts");
        await CreateAsync(world, "Neuf", "Ana", Reference.Parse("N9"), null);
        (await FindAsync(world, "anc")).ShouldBe(["GAR-0042"], "written with the next person");
        (await world.Get<NamesTable>().StartingWithAsync(world.Org, "anc", Cancellation)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_long_list_comes_page_by_page()
    {
        await using var world = await HalfDayWorld.StartAsync(23);
        await world.RegisterAsync([.. Enumerable.Range(0, 23)]);

        foreach (var words in (IReadOnlyList<string>?[])[null, ["ada"]])
        {
            var first = await world.Get<FindPeople>().RunAsync(world.Organisation, words, PeopleFilter.Learners, null, Cancellation);
            var second = await world.Get<FindPeople>().RunAsync(
                world.Organisation, words, PeopleFilter.Learners, first.Continuation.ShouldNotBeNull(), Cancellation);

            (first.Items.Count, second.Items.Count, second.Continuation).ShouldBe((20, 3, null));
            first.Items.Concat(second.Items).Select(p => p.Account.Id).ShouldBeUnique();
        }
    }

    [Fact]
    public async Task Access_says_how_far_it_has_come_and_a_group_gets_links_once_and_cards_together()
    {
        await using var world = await HalfDayWorld.StartAsync(4);
        await world.RegisterAsync(0, 1, 2);
        await world.Get<IAccountDirectory>().EnsureAsync(
            world.Org, [new AccountHolder(new AccountId(AccountKind.Learner, HalfDayWorld.Ref(3)), "Sans", "Adresse", null)], Cancellation);
        await world.Get<Passwords>().SetAsync(
            world.Org, new AccountId(AccountKind.Learner, HalfDayWorld.Ref(0)), "quatre-hérons-cendrés", null, null, Cancellation);
        await world.TokenAsync(1);
        var body = new SendActivationsBody(world.Session.TrainingRef, world.Session.Group);

        (await SendAsync(world, body)).ShouldBe(new SentActivations(2, 1, 1));
        world.Time.Advance(TimeSpan.FromHours(1));
        (await SendAsync(world, body)).ShouldBe(new SentActivations(0, 3, 1), "those who had one are left alone");
        (await SendAsync(world, new SendActivationsBody(Learners: [HalfDayWorld.Ref(1)]))).Queued
            .ShouldBe(1, "but by name they get another");
        (await world.Get<SendActivations>().RunAsync(
            world.Organisation, body with { Group = "inconnu" }, "https://e.example", Cancellation)).ShouldBeRefused("group-unknown");

        var cards = (await world.Get<PrintCards>().RunAsync(world.Org, world.Session.TrainingRef, world.Session.Group, Cancellation))
            .ShouldBeOk();
        cards.Select(c => c.Learner.Ref).ShouldBe([.. Enumerable.Range(0, 4).Select(HalfDayWorld.Ref)]);
        var people = (await world.Get<FindPeople>().RunAsync(
            world.Organisation, null, PeopleFilter.Learners, null, Cancellation)).Items;
        people.Select(p => (p.Access, p.Token, p.CardLeft)).ShouldBe(
            [
                (AccessState.Active, false, 40), (AccessState.Sent, true, 40), (AccessState.Sent, false, 40),
                (AccessState.Never, false, 40),
            ]);
        people[0].Groups.ShouldBe([world.Session.Group]);
        (await FindAsync(world, null, PeopleFilter.WithoutAccess)).ShouldBe(["L1", "L2", "L3"]);
    }

    [Fact]
    public async Task Who_has_left_every_group_is_listed_apart()
    {
        await using var world = await HalfDayWorld.StartAsync(2);
        await world.RegisterAsync(0, 1);
        var stored = (await world.Get<EnrolmentsTable>().FindAsync(
            world.Org, world.Session.TrainingRef, world.Session.Group, HalfDayWorld.Ref(1), Cancellation))!;
        var ended = stored.Value with
        {
            Enrolment = stored.Value.Enrolment with
            {
                Periods = [stored.Value.Enrolment.Periods[0] with { Exit = new DateOnly(2026, 9, 30) }],
            },
        };
        await world.Get<EnrolmentsTable>().TryWriteAsync(world.Org, [], [new Replacement<EnrolledLearner>(stored, ended)], Cancellation);

        (await FindAsync(world, null, PeopleFilter.Left)).ShouldBe(["L1"]);
    }

    private static async Task CreateAsync(HalfDayWorld world, string last, string first, Reference reference, string? email) =>
        (await world.Get<CreateLearner>().RunAsync(world.Org, new NewLearner(last, first, reference, Email: email), Cancellation))
            .ShouldBeOk();

    private static async Task<SentActivations> SendAsync(HalfDayWorld world, SendActivationsBody body) =>
        (await world.Get<SendActivations>().RunAsync(world.Organisation, body, "https://e.example", Cancellation)).ShouldBeOk().Done;

    private static async Task<IReadOnlyList<string>> FindAsync(
        HalfDayWorld world, string? query, PeopleFilter filter = PeopleFilter.All) =>
        [.. (await world.Get<FindPeople>().RunAsync(world.Organisation, PersonWords.OfQuery(query), filter, null, Cancellation))
            .Items.Select(p => p.Account.Id.Person.Value)];
}
