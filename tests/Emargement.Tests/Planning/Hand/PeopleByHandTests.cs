using Emargement.Domain.People;
using Emargement.Domain.Planning.Import;
using Emargement.Domain.Planning.Import.Rows;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts;
using Emargement.Functions.Accounts.Search;
using Emargement.Functions.People;
using Emargement.Functions.Planning.People;
using Emargement.Functions.Sessions.Marks;
using Emargement.Tests.Signing;
using static Emargement.Tests.Planning.SmallPlanning;

namespace Emargement.Tests.Planning.Hand;

/// <summary>Learners, trainers and enrolments that people write, and what the next import makes of them.</summary>
public sealed class PeopleByHandTests
{
    private static readonly Reference S1 = Reference.Parse("S1");
    private static readonly Reference F1 = Reference.Parse("F1");
    private static readonly Reference A1 = Reference.Parse("A1");

    private readonly ImportDriver _driver = new();
    private readonly ChangePerson _change;
    private readonly CreateLearner _create;
    private readonly CreateTrainer _trainer;
    private readonly EnrolLearner _enrol;

    public PeopleByHandTests()
    {
        var settings = new OrganisationSettings(new OrganisationsTable(_driver.Storage), _driver.Time);
        var (accounts, names) = (new AccountsTable(_driver.Storage), new NamesTable(_driver.Storage));
        var directory = new AccountDirectory(accounts, new LoginsTable(_driver.Storage), names, _driver.Time);
        var write = new WritePerson(
            _driver.Learners,
            _driver.Trainers,
            _driver.Enrolments,
            directory,
            new FindNamesakes(new SearchNames(names, accounts), accounts));
        _enrol = new EnrolLearner(
            settings, _driver.Learners, _driver.Trainings, _driver.Enrolments, new MonthMarksTable(_driver.Storage), _driver.Time);
        _create = new CreateLearner(_driver.Learners, _enrol, write);
        _trainer = new CreateTrainer(_driver.Trainers, write);
        _change = new ChangePerson(_driver.Learners, _driver.Trainers, _driver.Enrolments, write);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private OrganisationId Org => _driver.Organisation.Id;

    [Fact]
    public async Task What_a_person_changes_stands_above_the_files_with_a_line_until_both_agree_or_the_file_is_followed_again()
    {
        await StartAsync();

        var changed = (await ChangeAsync(new LearnerPatch(LastName: "Onze", Email: "s1@exemple.fr"))).ShouldBeOk();

        changed.Learner.Kept.Names.ShouldBe(["email", "lastName"]);
        (await RosterAsync()).ShouldSatisfyAllConditions(l => l.LastName.ShouldBe("Onze"), l => l.HasEmail.ShouldBeTrue());
        var line = (await ImportAsync("S1;Un;Sam;A1;G1;REGION;02/11/2026")).Lines.ShouldHaveSingleItem();
        (line.Code, line.Ref, line.Severity).ShouldBe((ImportCode.PersonEdited, "S1", ImportSeverity.Warning));
        line.Text.ShouldContain("nom");
        (await RosterAsync()).LastName.ShouldBe("Onze");

        (await ImportAsync("S1;Onze;Sam;A1;G1;REGION;02/11/2026")).Lines.ShouldBeEmpty("both agree");
        (await ReadAsync()).Learner.Kept.Names.ShouldBe(["email"], "the file has no such column, and says nothing of it");
        (await ImportAsync("S1;Douze;Sam;A1;G1;REGION;02/11/2026")).Lines.ShouldBeEmpty("from then on the file is followed");

        await ChangeAsync(new LearnerPatch(FirstName: "Samuel"));
        (await ChangeAsync(new LearnerPatch(Follow: ["firstName"]))).ShouldBeOk().Learner.FirstName.ShouldBe("Samuel");
        await ImportAsync("S1;Douze;Sam;A1;G1;REGION;02/11/2026");
        (await ReadAsync()).Learner.FirstName.ShouldBe("Sam");
    }

    [Fact]
    public async Task A_trainer_s_address_that_a_person_wrote_is_kept()
    {
        await StartAsync();
        var version = (await _change.ReadTrainerAsync(Org, F1, Cancellation)).ShouldBeOk().Stored.ETag;

        (await _change.RunAsync(Org, F1, new TrainerPatch(Email: "claire@exemple.fr"), version, Cancellation)).ShouldBeOk();

        (await _driver.RunAsync([AllPeople()[1]])).ShouldBeOk().Lines.ShouldHaveSingleItem().Code.ShouldBe(ImportCode.PersonEdited);
        (await _change.ReadTrainerAsync(Org, F1, Cancellation)).ShouldBeOk().Trainer.Email!.Value.Value.ShouldBe("claire@exemple.fr");
        (await _change.RunAsync(Org, F1, new TrainerPatch(LastName: "Autre"), version, Cancellation)).ShouldBeRefused("changed-meanwhile");
    }

    [Fact]
    public async Task Periods_that_a_person_changed_stand_above_the_files_and_the_same_change_again_answers_the_same()
    {
        await StartAsync();
        var key = new EnrolmentKey(S1, A1, "G1");
        var version = EnrolmentVersion.Of((await ReadAsync()).Enrolments.Single(e => e.TrainingRef == A1));
        var patch = new EnrolmentPatch(Funder: "opco", Exit: "2026-11-30");

        var changed = (await _enrol.ChangeAsync(Org, key, patch, version, Cancellation)).ShouldBeOk();

        changed.Enrolments.Single(e => e.TrainingRef == A1).ShouldSatisfyAllConditions(
            e => e.Kept.ShouldBeTrue(),
            e => e.Periods.ShouldBe([new EnrolmentPeriod("OPCO", null, null, new(2026, 11, 2), new(2026, 11, 30))]));
        (await _enrol.ChangeAsync(Org, key, patch, version, Cancellation)).ShouldBeOk();
        (await _enrol.ChangeAsync(Org, key, patch with { Exit = "2026-12-01" }, version, Cancellation))
            .ShouldBeRefused("changed-meanwhile");
        (await ImportAsync("S1;Un;Sam;A1;G1;REGION;02/11/2026")).Lines.ShouldHaveSingleItem().Code.ShouldBe(ImportCode.PersonEdited);
        (await RosterAsync()).Period.Funder.ShouldBe("OPCO");

        version = EnrolmentVersion.Of((await ReadAsync()).Enrolments.Single(e => e.TrainingRef == A1));
        (await _enrol.ChangeAsync(Org, key, new EnrolmentPatch(Follow: true), version, Cancellation)).ShouldBeOk();
        (await ImportAsync("S1;Un;Sam;A1;G1;REGION;02/11/2026")).Lines.ShouldBeEmpty();
        (await RosterAsync()).Period.Funder.ShouldBe("REGION");
    }

    [Fact]
    public async Task A_learner_is_created_once_with_the_enrolment_and_belongs_to_the_file_as_soon_as_it_names_them()
    {
        await StartAsync();
        var asked = new NewLearner("Lefèbvre", "Zoë", BirthDate: "1999-05-03", Enrolment: new(A1, "G1", "opco", "2026-11-02"));

        var created = (await _create.RunAsync(Org, asked, Cancellation)).ShouldBeOk();

        (await _create.RunAsync(Org, asked, Cancellation)).ShouldBeOk().Learner.Ref.ShouldBe(created.Learner.Ref, "a double click");
        created.Learner.Ref.Value.ShouldMatch("^M-[A-Z0-9]{8}$");
        created.Enrolments.ShouldHaveSingleItem().Periods[0].Funder.ShouldBe("OPCO");
        (await new AccountsTable(_driver.Storage).FindAsync(
            Org, new(Domain.Accounts.AccountKind.Learner, created.Learner.Ref), Cancellation)).ShouldNotBeNull();
        var near = (await _create.RunAsync(Org, new NewLearner("LEFEBVRE", "Zoé", Reference.Parse("N1")), Cancellation)).ShouldBeOk();
        near.Namesakes.ShouldHaveSingleItem().BirthDate.ShouldBe(new DateOnly(1999, 5, 3));
        (await _create.RunAsync(Org, asked with { Ref = S1 }, Cancellation)).ShouldBeRefused("learner-exists");

        (await ImportAsync("N1;Lefèvre;Zoé;A1;G1;REGION;02/11/2026")).Lines.ShouldNotContain(l => l.Code == ImportCode.PersonEdited);
        (await _driver.Learners.FindAsync(Org, Reference.Parse("N1"), Cancellation))!.Value.LastName.ShouldBe("Lefèvre");
    }

    [Fact]
    public async Task What_cannot_be_is_refused_before_anything_is_written()
    {
        await StartAsync();
        var asked = new NewLearner("Neuf", "Ana", Reference.Parse("N9"));

        (await _create.RunAsync(Org, asked with { FirstName = " " }, Cancellation)).ShouldBeRefused("name-invalid");
        (await _create.RunAsync(Org, asked with { Email = "ana" }, Cancellation)).ShouldBeRefused("email-invalid");
        (await _create.RunAsync(Org, asked with { BirthDate = "hier" }, Cancellation)).ShouldBeRefused("date-invalid");
        (await _create.RunAsync(
            Org, asked with { Enrolment = new(Reference.Parse("A9"), "G1", "OPCO", "2026-11-02") }, Cancellation))
            .ShouldBeRefused("training-unknown");
        (await _driver.Learners.FindAsync(Org, Reference.Parse("N9"), Cancellation)).ShouldBeNull();
        (await _enrol.AddAsync(Org, S1, new NewEnrolment(A1, "G1", "OPCO", "2026-11-20"), Cancellation)).ShouldBeRefused("period-overlaps");
        (await _enrol.AddAsync(Org, Reference.Parse("N9"), new NewEnrolment(A1, "G1", "OPCO", "2026-11-20"), Cancellation))
            .ShouldBeRefused("learner-not-found");
        (await _trainer.RunAsync(Org, new NewTrainer("Autre", "Nom", F1), Cancellation)).ShouldBeRefused("trainer-exists");
        (await _trainer.RunAsync(Org, new NewTrainer("Le Goff", "Chloe", Reference.Parse("F2")), Cancellation)).ShouldBeOk();
    }

    private async Task StartAsync()
    {
        await new OrganisationsTable(_driver.Storage).TryInsertAsync(_driver.Organisation, Cancellation);
        (await _driver.RunAsync([.. AllPeople()])).IsOk.ShouldBeTrue();
    }

    private async Task<LearnerState> ReadAsync() => (await _change.ReadLearnerAsync(Org, S1, Cancellation)).ShouldBeOk();

    private async Task<Result<LearnerState>> ChangeAsync(LearnerPatch patch) =>
        await _change.RunAsync(Org, S1, patch, (await ReadAsync()).Stored.ETag, Cancellation);

    private async Task<ImportReport> ImportAsync(params string[] rows) => (await _driver.RunAsync(
        [ImportDriver.Text("stagiaires.csv", ["stagiaire_ref;nom;prenom;action_ref;groupe;financeur;entree", .. rows])])).ShouldBeOk();

    private async Task<RosterLine> RosterAsync() =>
        (await _driver.Enrolments.RosterAsync(Org, A1, "G1", new DateOnly(2026, 11, 3), Cancellation)).Single(l => l.Learner == S1);
}
