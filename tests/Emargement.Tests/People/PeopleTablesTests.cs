using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Storage;
using Emargement.Tests.Platform;
using Microsoft.Extensions.Options;

namespace Emargement.Tests.People;

public sealed class PeopleTablesTests
{
    private static readonly OrganisationId Org = OrganisationId.Parse("garonne");
    private static readonly Reference Training = Reference.Parse("A 1/é");

    private readonly AppStorage _storage = new(
        Options.Create(new StorageOptions { ConnectionString = AzuriteFixture.ConnectionString, Prefix = AzuriteFixture.NewPrefix() }), []);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_training_reads_back_as_it_was_written()
    {
        var table = new TrainingsTable(_storage);
        var training = new Training
        {
            Ref = Training,
            Title = "Agent d'accueil",
            RegionNumber = "OCC-1",
            FirstDay = new DateOnly(2026, 11, 2),
            LastDay = new DateOnly(2026, 12, 18),
            CentreHours = 350.5m,
        };

        (await table.TryWriteAsync(Org, [training], [], Cancellation)).ShouldBeTrue();
        var read = (await table.FindAsync(Org, Training, Cancellation))!;
        var changed = read.Value with { Methods = [SigningMethod.Qr, SigningMethod.Tablet] };
        (await table.TryReplaceAsync(Org, read, changed, Cancellation)).ShouldBeTrue();

        read.Value.ShouldBe(training);
        (await table.FindAsync(Org, Training, Cancellation))!.Value.Methods.ShouldBe([SigningMethod.Qr, SigningMethod.Tablet]);
        (await table.TryReplaceAsync(Org, read, training, Cancellation)).ShouldBeFalse("the row changed since it was read");
    }

    [Fact]
    public async Task A_roster_holds_those_enrolled_on_the_day_with_the_funder_of_that_day()
    {
        var table = new EnrolmentsTable(_storage);
        var november = new DateOnly(2026, 11, 2);
        var change = new DateOnly(2026, 11, 16);
        EnrolledLearner[] people =
        [
            Enrolled(
                "S2",
                "Zola",
                new EnrolmentPeriod("REGION", "R1", null, november, change.AddDays(-1)),
                new EnrolmentPeriod("OPCO", null, null, change, null)),
            Enrolled(
                "S1",
                "Álvarez",
                new EnrolmentPeriod("REGION", "R2", "BDC", november, change, "Mairie", "Ömer", EmailAddress.Parse("t@e.example"))),
        ];

        (await table.TryWriteAsync(Org, people, [], Cancellation)).ShouldBeTrue();

        var before = await table.RosterAsync(Org, Training, "G1", change.AddDays(-1), Cancellation);
        before.Select(l => (l.LastName, l.Period.Funder)).ShouldBe([("Álvarez", "REGION"), ("Zola", "REGION")]);
        before[0].Period.ShouldBe(people[1].Enrolment.Periods[0]);
        var after = await table.RosterAsync(Org, Training, "G1", change.AddDays(1), Cancellation);
        after.Select(l => (l.LastName, l.Period.Funder)).ShouldBe([("Zola", "OPCO")]);
        (await table.RosterAsync(Org, Training, "G", change, Cancellation)).ShouldBeEmpty();
        (await table.OfLearnerAsync(Org, Reference.Parse("S2"), Cancellation)).Single().Periods.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Both_rows_of_an_enrolment_change_together_or_not_at_all()
    {
        var table = new EnrolmentsTable(_storage);
        var first = Enrolled("S1", "Avant", new EnrolmentPeriod("REGION", null, null, new DateOnly(2026, 11, 2), null));
        await table.TryWriteAsync(Org, [first], [], Cancellation);
        var read = (await table.FindAsync(Org, Training, "G1", Reference.Parse("S1"), Cancellation))!;
        var closed = first with
        {
            Enrolment = first.Enrolment with { Periods = [first.Enrolment.Periods[0] with { Exit = new DateOnly(2026, 11, 20) }] },
        };

        (await table.TryWriteAsync(Org, [], [new(read, closed)], Cancellation)).ShouldBeTrue();
        (await table.TryWriteAsync(Org, [], [new(read, first)], Cancellation)).ShouldBeFalse();

        (await table.OfLearnerAsync(Org, Reference.Parse("S1"), Cancellation)).Single().Periods[0].Exit.ShouldBe(
            new DateOnly(2026, 11, 20));
    }

    [Fact]
    public async Task Learners_are_listed_in_pages_that_follow_each_other()
    {
        var table = new LearnersTable(_storage);
        var everyone = Enumerable.Range(0, 450)
            .Select(i => new Learner
            {
                Ref = Reference.Parse($"S{i:D4}"),
                LastName = "Nom",
                FirstName = "Prénom",
                BirthDate = new DateOnly(1990, 1, 2),
            })
            .ToList();
        foreach (var batch in everyone.Chunk(100))
        {
            await table.TryWriteAsync(Org, batch, [], Cancellation);
        }

        var pages = new List<Page<Learner>>();
        do
        {
            pages.Add(await table.ListAsync(Org, pages.LastOrDefault()?.Continuation, Cancellation));
        }
        while (pages[^1].Continuation is not null);

        pages.Select(p => p.Items.Count).ShouldBe([200, 200, 50]);
        pages.SelectMany(p => p.Items).ShouldBe(everyone);
        (await table.ListAsync(Org, "not a token", Cancellation)).Items.Count.ShouldBe(200);
    }

    private static EnrolledLearner Enrolled(string learner, string lastName, params EnrolmentPeriod[] periods) => new(
        new Enrolment
        {
            LearnerRef = Reference.Parse(learner),
            TrainingRef = Training,
            Group = "G1",
            Periods = periods,
        }, lastName, "Prénom", HasEmail: true);
}
