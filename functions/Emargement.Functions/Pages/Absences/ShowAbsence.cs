using Emargement.Domain.Absences;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Absences;
using Emargement.Functions.Absences.Reasons;
using Emargement.Functions.Absences.Records;
using Emargement.Functions.People;
using Emargement.Functions.Sessions;
using Emargement.Web.Absences;

namespace Emargement.Functions.Pages.Absences;

/// <summary>Makes the page of one absence: what was filed, and what the record says of each half-day now.</summary>
public sealed class ShowAbsence(
    AbsencesTable absences, AbsenceHalfDays halfDays, LearnersTable learners, KnownReasons reasons, SessionScenes scenes,
    TimeProvider time)
{
    /// <returns>The page, or <c>absence-not-found</c>.</returns>
    public async Task<Result<AbsenceModel>> RunAsync(Organisation organisation, AbsenceId id, CancellationToken cancellation)
    {
        if ((await absences.FindAsync(organisation.Id, id, cancellation))?.Value is not { } absence)
        {
            return Refusal.NotFound("absence-not-found");
        }

        var model = new AbsenceModel(
            organisation.Id, id, await learners.NameAsync(organisation.Id, absence.Learner, cancellation), absence.Learner,
            absence.Span.First, absence.Span.Last, AbsenceLabels.Of(absence), absence.FiledAt,
            absence.StateOn(organisation.Zone.DateAt(time.GetUtcNow())))
        {
            Text = absence.Text,
            Files = absence.Files,
            Reasons = await ReasonsAsync(organisation, absence, cancellation),
            Code = absence.Code,
            Justified = absence.Decision?.HalfDays.Count ?? 0,
            Left = absence.Decision?.Left ?? 0,
            Answer = absence.Decision?.Text,
            DecidedAt = absence.EndedAt,
            Why = absence.Decision?.Why,
            Earlier = [.. absence.Earlier.Select(d => new EarlierDecision(d.At, d.HalfDays.Count, d.Text, d.Why))],
            MayDecideAgain = absence is { Decision: not null, IsForgotten: false } && absence.Earlier.Count + 1 < Absence.MostDecisions,
        };
        return absence.Outcome is null || model.MayDecideAgain
            ? model with { HalfDays = await CoveredAsync(organisation, absence, cancellation) }
            : model;
    }

    // What was filed stays among them also when it is proposed no more.
    private async Task<IReadOnlyList<ReasonModel>> ReasonsAsync(
        Organisation organisation, Absence absence, CancellationToken cancellation)
    {
        var proposed = await reasons.ForAsync(
            organisation, absence.Learner, absence.Span.First.Date, absence.Span.Last.Date, cancellation);
        var filed = absence.Filed is { } reason && proposed.All(r => r.Code != reason.Code) ? [reason] : Array.Empty<AbsenceReason>();
        return AbsenceForms.Reasons(proposed.Concat(filed), reasonsOfLearners: false);
    }

    private async Task<IReadOnlyList<CoveredModel>> CoveredAsync(
        Organisation organisation, Absence absence, CancellationToken cancellation)
    {
        var covered = await halfDays.ReadAsync(organisation.Id, absence.Learner, absence.Span, cancellation);
        var titles = new Dictionary<Reference, string>();
        foreach (var training in covered.Select(h => h.Session.TrainingRef).Distinct())
        {
            titles[training] = (await scenes.TrainingAsync(organisation.Id, training, cancellation))?.Title ?? training.Value;
        }

        return
        [
            .. covered.Select(h => new CoveredModel(h.Session.Id, titles[h.Session.TrainingRef], h.Attendance?.Status, h.Signed)
            {
                Ticked = !h.Signed && (absence.Decision is not { } decision || decision.HalfDays.Contains(h.Session.Id)),
            }),
        ];
    }
}
