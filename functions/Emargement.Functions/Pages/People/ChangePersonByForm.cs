using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Planning.People;
using Emargement.Functions.Platform.Http.Bodies;
using Emargement.Web.People;

namespace Emargement.Functions.Pages.People;

/// <summary>Does what a form of a person's page asks to change of who they are and where they learn.</summary>
public sealed class ChangePersonByForm(ChangePerson change, EnrolLearner enrol)
{
    /// <returns>Who bears nearly a name that was just written.</returns>
    public Task<Result<IReadOnlyList<NamesakeModel>>> RunAsync(
        OrganisationId organisation, AccountId person, string act, FormFields form, CancellationToken cancellation) =>
        person.Kind == AccountKind.Trainer
            ? TrainerAsync(organisation, person.Person, act, form, cancellation)
            : LearnerAsync(organisation, person.Person, act, form, cancellation);

    private async Task<Result<IReadOnlyList<NamesakeModel>>> TrainerAsync(
        OrganisationId organisation, Reference trainer, string act, FormFields form, CancellationToken cancellation)
    {
        var version = PersonForms.Version(form);
        var patch = act == PeopleActs.Follow ? new TrainerPatch(Follow: ["lastName", "firstName", "email"]) : PersonForms.Trainer(form);
        var changed = await change.RunAsync(organisation, trainer, patch, version, cancellation);
        return changed.Then<IReadOnlyList<NamesakeModel>>(t => [.. t.Namesakes.Select(PersonWordsOfPages.Of)]);
    }

    private async Task<Result<IReadOnlyList<NamesakeModel>>> LearnerAsync(
        OrganisationId organisation, Reference learner, string act, FormFields form, CancellationToken cancellation)
    {
        var version = PersonForms.Version(form);
        var changed = await (act switch
        {
            PeopleActs.Enrol => PersonForms.Enrolment(form).ThenAsync(
                asked => enrol.AddAsync(organisation, learner, asked, cancellation)),
            PeopleActs.Period => PersonForms.Key(learner, form).ThenAsync(
                key => enrol.ChangeAsync(organisation, key, PersonForms.Period(form), version, cancellation)),
            PeopleActs.FollowPeriods => PersonForms.Key(learner, form).ThenAsync(
                key => enrol.ChangeAsync(organisation, key, new EnrolmentPatch(Follow: true), version, cancellation)),
            PeopleActs.Follow => change.RunAsync(organisation, learner, new LearnerPatch(Follow: Fields), version, cancellation),
            _ => change.RunAsync(organisation, learner, PersonForms.Learner(form), version, cancellation),
        });
        return changed.Then<IReadOnlyList<NamesakeModel>>(l => [.. l.Namesakes.Select(PersonWordsOfPages.Of)]);
    }

    private static readonly string[] Fields = ["title", "lastName", "firstName", "birthDate", "email", "phone", "language"];
}
