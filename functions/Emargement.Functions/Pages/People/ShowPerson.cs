using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts;
using Emargement.Functions.Accounts.Cookies;
using Emargement.Functions.Pages.Accounts;
using Emargement.Functions.People;
using Emargement.Functions.Placements;
using Emargement.Functions.Planning.People;
using Emargement.Functions.Signing.Finding;
using Emargement.Functions.Signing.Tokens;
using Emargement.Web.People;

namespace Emargement.Functions.Pages.People;

/// <summary>Makes the page of a learner or a trainer: who they are, where they learn, how they sign in.</summary>
public sealed class ShowPerson(
    ChangePerson people, AccountsTable accounts, Devices devices, TokensTable tokens, TrainingsTable trainings, PlacementsTable placements,
    ShowMonthOfLearner months)
{
    /// <param name="month">Of which the learner's half-days are shown, as yyyy-MM; null for the present one.</param>
    /// <returns>The page, or <c>learner-not-found</c> or <c>trainer-unknown</c>.</returns>
    public Task<Result<PersonPageModel>> RunAsync(
        OrganisationId organisation, AccountId person, string? month, CancellationToken cancellation) =>
        person.Kind == AccountKind.Trainer
            ? people.ReadTrainerAsync(organisation, person.Person, cancellation)
                .ThenAsync(trainer => TrainerAsync(organisation, person, trainer, cancellation))
            : people.ReadLearnerAsync(organisation, person.Person, cancellation)
                .ThenAsync(learner => LearnerAsync(organisation, person, learner, month, cancellation));

    private async Task<Result<PersonPageModel>> TrainerAsync(
        OrganisationId organisation, AccountId id, TrainerState state, CancellationToken cancellation)
    {
        var trainer = state.Trainer;
        return await WithAccessAsync(
            organisation,
            id,
            new PersonPageModel
            {
                Organisation = organisation,
                Kind = PersonWordsOfPages.KindOf(id.Kind),
                Ref = trainer.Ref,
                Name = $"{trainer.FirstName} {trainer.LastName}",
                Values = PersonWordsOfPages.ValuesOf(trainer),
                Kept = trainer.Kept.Names,
                Version = state.Stored.ETag.ToString(),
                Access = PersonWordsOfPages.WordOf(AccessState.Never),
            },
            cancellation);
    }

    private async Task<Result<PersonPageModel>> LearnerAsync(
        OrganisationId organisation, AccountId id, LearnerState state, string? month, CancellationToken cancellation)
    {
        var learner = state.Learner;
        var all = await trainings.AllAsync(organisation, cancellation).Select(t => t.Value).ToListAsync(cancellation);
        var (token, cardLeft) = FindPeople.MeansOf((await tokens.FindAsync(organisation, learner.Ref, cancellation)).Value);
        var inCompanies = await placements.OfLearnerAsync(organisation, learner.Ref, cancellation);
        return await WithAccessAsync(
            organisation,
            id,
            new PersonPageModel
            {
                Organisation = organisation,
                Kind = PersonWordsOfPages.KindOf(id.Kind),
                Ref = learner.Ref,
                Name = $"{learner.FirstName} {learner.LastName}",
                Values = PersonWordsOfPages.ValuesOf(learner),
                Kept = learner.Kept.Names,
                Version = state.Stored.ETag.ToString(),
                Access = PersonWordsOfPages.WordOf(AccessState.Never),
                Token = token,
                CardLeft = cardLeft,
                Enrolments = [.. state.Enrolments.Select(e => Of(e, all))],
                Trainings = ShowNewPerson.Choices(all),
                Strip = await months.RunAsync(organisation, learner.Ref, state.Enrolments, month, cancellation),
                Placements = [.. inCompanies.Select(p => new PlacementLink(p.Id.ToString(), p.Company, p.FirstDay, p.LastDay))],
            },
            cancellation);
    }

    private async Task<PersonPageModel> WithAccessAsync(
        OrganisationId organisation, AccountId id, PersonPageModel model, CancellationToken cancellation) =>
        await accounts.FindAsync(organisation, id, cancellation) is { Value: var account }
            ? model with
            {
                Account = id.Key,
                Access = PersonWordsOfPages.WordOf(FindPeople.StateOf(account)),
                HasAddress = account.Email is not null,
                Devices = ShownDevices.Of(await devices.ListAsync(organisation, id, cancellation), null),
            }
            : model;

    private static EnrolmentModel Of(Enrolment enrolment, List<Training> all) => new(
        enrolment.TrainingRef.Key,
        all.FirstOrDefault(t => t.Ref == enrolment.TrainingRef)?.Title ?? enrolment.TrainingRef.Value,
        Reference.Parse(enrolment.Group).Key,
        enrolment.Group,
        enrolment.Periods,
        enrolment.Kept,
        EnrolmentView.Of(enrolment).Version);
}
