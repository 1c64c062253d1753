using Emargement.Domain.Absences;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Absences.Reasons;
using Emargement.Functions.Absences.Records;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Sessions.Marks;

namespace Emargement.Functions.Absences;

/// <param name="Code">Of the reason.</param>
/// <param name="Text">What whoever files it adds.</param>
public sealed record AbsenceRequest(Reference Learner, AbsenceSpan Span, string Code, string? Text = null);

/// <summary>Files an absence: a learner their own, whoever examines them anybody's. The same again is the same absence.</summary>
public sealed class FileAbsence(
    AbsencesTable absences, AbsenceHalfDays halfDays, LearnersTable learners, KnownReasons reasons, MonthMarksTable marks,
    TimeProvider time)
{
    /// <returns>The absence; or <c>not-allowed</c>, <c>learner-not-found</c>, <c>absence-nothing</c>, what the rule refuses.</returns>
    public async Task<Result<Absence>> RunAsync(
        Organisation organisation, AbsenceRequest request, Caller caller, CancellationToken cancellation)
    {
        var own = caller.Kind == Callers.Learner;
        if (own && caller.Person != request.Learner)
        {
            return Refusal.Forbidden("not-allowed");
        }

        var now = time.GetUtcNow();
        var proposed = await reasons.ForAsync(
            organisation, request.Learner, request.Span.First.Date, request.Span.Last.Date, cancellation);
        var reason = proposed.FirstOrDefault(r => r.Code == request.Code);
        var today = organisation.Zone.DateAt(now);
        if (AbsenceRules.CheckFiling(organisation, request.Span, reason, request.Text, own, today) is { } refusal)
        {
            return refusal;
        }

        if (await learners.FindAsync(organisation.Id, request.Learner, cancellation) is null)
        {
            return Refusal.NotFound("learner-not-found");
        }

        var covered = await halfDays.FindAsync(organisation.Id, request.Learner, request.Span, cancellation);
        return covered.Count == 0
            ? Refusal.Conflict("absence-nothing")
            : await WriteAsync(organisation, request, reason!, caller, now, cancellation);
    }

    private async Task<Result<Absence>> WriteAsync(
        Organisation organisation, AbsenceRequest request, AbsenceReason reason, Caller caller, DateTimeOffset now,
        CancellationToken cancellation)
    {
        for (var turn = 0; ; turn++)
        {
            var id = AbsenceId.Of(request.Learner, request.Span, request.Code, turn);
            var filed = new Absence(
                id, request.Learner, request.Span, request.Code, Statement.Tidy(request.Text), now, caller.Id)
            {
                Reason = reason,
            };
            if (await absences.TryInsertAsync(organisation.Id, filed, cancellation))
            {
                foreach (var month in request.Span.Months)
                {
                    await marks.MarkAsync(organisation.Id, month, cancellation);
                }

                return filed;
            }

            // Refused or withdrawn, it may be filed again; else it is the one that was filed.
            var before = (await absences.FindAsync(organisation.Id, id, cancellation))?.Value;
            if (before is { Outcome: not (AbsenceState.Refused or AbsenceState.Withdrawn) })
            {
                return before;
            }
        }
    }
}
