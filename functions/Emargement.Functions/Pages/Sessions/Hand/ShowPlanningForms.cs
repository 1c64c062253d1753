using Emargement.Domain.People;
using Emargement.Domain.Planning.Hand;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Http.Bodies;
using Emargement.Functions.Platform.Storage;
using Emargement.Functions.Sessions;
using Emargement.Functions.Sessions.Hand;
using Emargement.Web.Platform;
using Emargement.Web.Sessions;
using Emargement.Web.Sessions.Hand;

namespace Emargement.Functions.Pages.Sessions.Hand;

/// <summary>Makes the forms by which a manager changes the planning: the Session, its day and the trainers, each read once.</summary>
public sealed class ShowPlanningForms(
    SessionsTable sessions, SessionScenes scenes, TrainersTable trainers, TrainingsTable trainings, EnrolmentsTable enrolments,
    WarnOfEdit warn)
{
    /// <param name="typed">What was typed, to be looked at or shown again; null for what is stored.</param>
    public async Task<Result<EditSessionModel>> EditAsync(
        Organisation organisation, SessionId id, FormFields? typed, ReturnedForm? returned, CancellationToken cancellation)
    {
        if (await sessions.FindAsync(organisation.Id, id, cancellation) is not { } stored)
        {
            return Refusal.NotFound("session-not-found");
        }

        var session = stored.Value;
        var asked = typed is null ? session : Asked(session, typed, organisation);
        var everyone = await TrainersAsync(organisation.Id, cancellation);
        return new EditSessionModel
        {
            Organisation = organisation.Id,
            Id = id,
            Training = (await scenes.TrainingAsync(organisation.Id, session.TrainingRef, cancellation))?.Title ?? session.TrainingRef.Value,
            Group = session.Group,
            State = session.State,
            Fields = typed is null ? PlanningForms.Stored(session, organisation.Zone) : PlanningForms.Typed(typed),
            Version = typed?.Text("version") ?? stored.ETag.ToString(),
            Trainers = everyone,
            Warnings = asked is null ? [] : await WarningsAsync(organisation, stored with { Value = asked }, everyone, cancellation),
            Neighbours = session.State == SessionState.Planned ? await NeighboursAsync(organisation, session, cancellation) : [],
            EditedByHand = session.EditedByHand,
            Returned = returned,
        };
    }

    /// <param name="training">Reference of the training chosen; null to choose one.</param>
    public async Task<Result<NewSessionModel>> NewAsync(
        Organisation organisation, string? training, FormFields? typed, ReturnedForm? returned, CancellationToken cancellation)
    {
        var empty = new PlanningFields("", "09:00", "12:30", "", "", "", "", "centre");
        if (!Reference.TryParse(training, out var reference)
            || await trainings.FindAsync(organisation.Id, reference, cancellation) is not { Value: var chosen })
        {
            var all = await trainings.AllAsync(organisation.Id, cancellation)
                .Select(t => new ChoiceModel(t.Value.Ref.Value, t.Value.Title)).ToListAsync(cancellation);
            return new NewSessionModel(
                organisation.Id, null, [.. all.OrderBy(t => t.Label, StringComparer.Ordinal)], [], "", empty, [], [], returned);
        }

        var everyone = await TrainersAsync(organisation.Id, cancellation);
        var groups = await enrolments.OfTrainingAsync(organisation.Id, reference, cancellation)
            .Select(e => e.Value.Enrolment.Group).Distinct().ToListAsync(cancellation);
        return new NewSessionModel(
            organisation.Id,
            new ChoiceModel(reference.Value, chosen.Title),
            [],
            groups,
            typed?.Text("group") ?? "",
            typed is null ? empty : PlanningForms.Typed(typed),
            everyone,
            typed is null ? [] : await WarningsOfNewAsync(organisation, reference, typed, everyone, cancellation),
            returned);
    }

    private static Session? Asked(Session session, FormFields typed, Organisation organisation)
    {
        var patch = PlanningForms.Patch(typed);
        var asked = patch.IsOk ? patch.Value.Planning.ApplyTo(session, organisation.Zone) : patch.Refusal;
        return asked.IsOk ? asked.Value : null;
    }

    private async Task<IReadOnlyList<WarningModel>> WarningsOfNewAsync(
        Organisation organisation, Reference training, FormFields typed, IReadOnlyList<ChoiceModel> everyone,
        CancellationToken cancellation)
    {
        var asked = PlanningForms.New(typed, training);
        var planned = asked.IsOk ? CreateSession.Plan(organisation, asked.Value) : asked.Refusal;
        return planned.IsOk
            ? await WarningsAsync(organisation, new Stored<Session>(planned.Value, default), everyone, cancellation)
            : [];
    }

    private async Task<IReadOnlyList<WarningModel>> WarningsAsync(
        Organisation organisation, Stored<Session> asked, IReadOnlyList<ChoiceModel> everyone, CancellationToken cancellation)
    {
        var warned = await warn.RunAsync(organisation, asked, null, cancellation);
        var models = new List<WarningModel>();
        foreach (var warning in warned.Warnings)
        {
            var shared = warning.Other is { } other && warning.Code == EditWarning.TrainerOverlap
                ? asked.Value.Trainers.FirstOrDefault(t => other.IsTaughtBy(t))
                : default;
            models.Add(new WarningModel(
                warning.Code,
                everyone.FirstOrDefault(t => shared != default && t.Value == shared.Value)?.Label,
                warning.Other is null ? null : await OtherAsync(warning.Other, cancellation)));
        }

        return models;
    }

    private async Task<OtherSessionModel> OtherAsync(Session other, CancellationToken cancellation) => new(
        (await scenes.TrainingAsync(other.Organisation, other.TrainingRef, cancellation))?.Title ?? other.TrainingRef.Value,
        other.Group,
        other.Start,
        other.End);

    private async Task<IReadOnlyList<ChoiceModel>> NeighboursAsync(
        Organisation organisation, Session session, CancellationToken cancellation) =>
        await sessions.BetweenAsync(organisation.Id, session.Id.Date, session.Id.Date, cancellation)
            .Where(s => SlotCut.CheckMerge(session, s.Value) is null)
            .Select(s => new ChoiceModel(
                s.Value.Id.ToString(),
                $"{organisation.Zone.ToLocal(s.Value.Start):HH:mm} – {organisation.Zone.ToLocal(s.Value.End):HH:mm}"))
            .ToListAsync(cancellation);

    private async Task<IReadOnlyList<ChoiceModel>> TrainersAsync(OrganisationId organisation, CancellationToken cancellation)
    {
        var all = await trainers.AllAsync(organisation, cancellation)
            .Select(t => new ChoiceModel(t.Value.Ref.Value, $"{t.Value.FirstName} {t.Value.LastName}"))
            .ToListAsync(cancellation);
        return [.. all.OrderBy(t => t.Label, StringComparer.InvariantCultureIgnoreCase)];
    }
}
