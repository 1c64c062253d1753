using Emargement.Domain.People;
using Emargement.Domain.Planning.Hand;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Sessions.Hand;

/// <summary>A Session that no file plans.</summary>
/// <param name="Date">Local day.</param>
/// <param name="Start">Local time.</param>
/// <param name="End">Local time; not after the start, it is on the next day.</param>
/// <param name="Reason">Why: obligatory for people.</param>
public sealed record NewSession(
    Reference Training,
    string Group,
    DateOnly Date,
    TimeOnly Start,
    TimeOnly End,
    Modality Modality,
    string? Trainer = null,
    string? Site = null,
    string? Room = null,
    string? Module = null,
    string? Reason = null);

/// <summary>
/// Creates a Session by hand. Its reference follows from group, day and hours, so that the same request again answers with the same
/// Session.
/// </summary>
public sealed class CreateSession(
    OrganisationSettings organisations, HandScenes scenes, HandWriter writer, WarnOfEdit warn, SessionsTable sessions,
    TrainingsTable trainings, TrainersTable trainers, EnrolmentsTable enrolments)
{
    /// <returns>The Session, or <c>training-unknown</c>, <c>group-unknown</c>, <c>trainer-unknown</c>, <c>session-in-company</c>,
    /// <c>month-locked</c> or what is wrong with its hours.</returns>
    public async Task<Result<EditedSession>> RunAsync(
        OrganisationId organisation, NewSession asked, Caller caller, CancellationToken cancellation)
    {
        var act = scenes.ActOf(asked.Reason, caller);
        var settings = await organisations.GetAsync(organisation, cancellation);
        if (!act.IsOk || !settings.IsOk)
        {
            return act.IsOk ? settings.Refusal! : act.Refusal;
        }

        var planned = Plan(settings.Value, asked);
        if (!planned.IsOk)
        {
            return planned.Refusal;
        }

        if (await CheckAsync(settings.Value, planned.Value, cancellation) is { } refusal)
        {
            return refusal;
        }

        var today = settings.Value.Zone.DateAt(act.Value.At);
        var stored = await InsertAsync(planned.Value, act.Value, today, cancellation);
        await writer.TraceAsync(stored.Value, PlanningFacts.Of(stored.Value), cancellation);
        return await warn.RunAsync(settings.Value, stored, null, cancellation);
    }

    /// <summary>The Session as asked, before anything is looked up.</summary>
    public static Result<Session> Plan(Organisation organisation, NewSession asked)
    {
        if (asked.Modality == Modality.Company)
        {
            return Refusal.Conflict("session-in-company");
        }

        var reference = ManualReference.Of(asked.Training.Value, asked.Group, $"{asked.Date:O} {asked.Start:O}");
        var bare = new Session
        {
            Organisation = organisation.Id,
            Id = new SessionId(asked.Date, HalfDay.Morning, reference),
            SlotRef = reference,
            TrainingRef = asked.Training,
            Group = PlainText.Of(asked.Group),
            Modality = asked.Modality,
            Start = default,
            End = default,
            Source = ManualReference.Source,
            ContentHash = "",
            State = SessionState.Planned,
        };
        var timed = PlanningPatch.Between(bare, asked.Date, asked.Start, asked.End, organisation.Zone);
        return timed.IsOk
            ? new PlanningPatch(Trainer: asked.Trainer, Site: asked.Site, Room: asked.Room, Module: asked.Module)
                .ApplyTo(timed.Value, organisation.Zone)
            : timed;
    }

    private async Task<Refusal?> CheckAsync(Organisation organisation, Session planned, CancellationToken cancellation)
    {
        if (organisation.Refuses(planned.Id.Month) is { } locked)
        {
            return locked;
        }

        if (await trainings.FindAsync(organisation.Id, planned.TrainingRef, cancellation) is null)
        {
            return Refusal.BadInput("training-unknown");
        }

        if (planned.TrainerRef is { } trainer && await trainers.FindAsync(organisation.Id, trainer, cancellation) is null)
        {
            return Refusal.BadInput("trainer-unknown");
        }

        return Reference.TryParse(planned.Group, out _)
            && await enrolments.IsGroupAsync(organisation.Id, planned.TrainingRef, planned.Group, cancellation)
                ? null
                : Refusal.BadInput("group-unknown");
    }

    // One that was created so, and cancelled since, keeps its place: the next takes the next reference.
    private async Task<Stored<Session>> InsertAsync(Session planned, EditAct act, DateOnly today, CancellationToken cancellation)
    {
        for (var turn = 1; ; turn++)
        {
            var reference = turn == 1 ? planned.Id.Reference : Reference.Parse($"{planned.Id.Reference}-{turn}");
            var session = planned with { Id = planned.Id with { Reference = reference }, SlotRef = reference };
            var marked = EditTrace.Marked(session, session, act, today, EditTrace.Entry(act, EditedField.Created, null, null));
            await sessions.TryInsertAsync(marked, cancellation);
            var stored = await sessions.FindAsync(session.Organisation, session.Id, cancellation);
            if (stored is { Value.State: not SessionState.Cancelled })
            {
                return stored;
            }
        }
    }
}
