using Emargement.Domain.Absences;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Absences.Reasons;
using Emargement.Functions.Absences.Records;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Mail;

namespace Emargement.Functions.Absences;

/// <param name="Accept">Whether some of it is justified.</param>
/// <param name="HalfDays">Those to justify; null for all that can be.</param>
/// <param name="Code">Of the reason, when it is another than was filed.</param>
/// <param name="Text">What the learner reads; obligatory with a refusal.</param>
/// <param name="DocumentSeen">Whether a document was seen that is not kept.</param>
/// <param name="Reason">Why an absence that is decided is decided anew; null for a first decision.</param>
public sealed record DecisionRequest(
    bool Accept,
    IReadOnlyList<SessionId>? HalfDays = null,
    string? Code = null,
    string? Text = null,
    bool DocumentSeen = false,
    string? Reason = null);

/// <summary>
/// Accepts or refuses an absence; once, and anew only for a reason. What was signed is never justified. The learner gets a mail.
/// </summary>
public sealed class DecideAbsence(
    AbsencesTable absences, AbsenceHalfDays halfDays, KnownReasons reasons, MailQueue mails, TimeProvider time)
{
    /// <returns>It decided with the mail to send, the same again for the same person; or <c>absence-not-found</c>,
    /// <c>absence-decided</c>, <c>absence-nothing</c>, <c>document-missing</c>, <c>document-gone</c>, <c>refusal-text-missing</c>,
    /// <c>reason-code-unknown</c>, <c>reason-invalid</c>, <c>month-validated</c>, <c>month-locked</c>.</returns>
    public async Task<Result<QueuedMails<Absence>>> RunAsync(
        Organisation organisation, AbsenceId id, DecisionRequest request, Caller caller, CancellationToken cancellation)
    {
        var decided = await DecideAsync(organisation, id, request, caller, cancellation);
        if (!decided.IsOk)
        {
            return decided.Refusal;
        }

        var absence = decided.Value;
        var queued = await mails.QueueAsync(
            organisation.Id, AbsenceDecidedMail.Subject, AbsenceDecidedMail.SlotOf(absence), AbsenceDecidedMail.Template,
            [absence.Learner.Key], new Dictionary<string, string>(), cancellation);
        return new QueuedMails<Absence>(absence, queued.Batch);
    }

    private async Task<Result<Absence>> DecideAsync(
        Organisation organisation, AbsenceId id, DecisionRequest request, Caller caller, CancellationToken cancellation)
    {
        while (await absences.FindAsync(organisation.Id, id, cancellation) is { } read)
        {
            // Asked again by the same person: what follows may have stopped before it began.
            if (read.Value.Decision is { } made && made.By == caller.Id && made.HalfDays.Count > 0 == request.Accept
                && made.Why == Statement.Tidy(request.Reason))
            {
                return read.Value;
            }

            var decided = await DecideAsync(organisation, read.Value, request, caller, cancellation);
            if (!decided.IsOk || await absences.TryReplaceAsync(organisation.Id, read, decided.Value, cancellation))
            {
                return decided;
            }

            // A document came meanwhile, or somebody else has decided: what stands now says which.
        }

        return Refusal.NotFound("absence-not-found");
    }

    private async Task<Result<Absence>> DecideAsync(
        Organisation organisation, Absence absence, DecisionRequest request, Caller caller, CancellationToken cancellation)
    {
        var covered = await halfDays.ReadAsync(organisation.Id, absence.Learner, absence.Span, cancellation);
        var accepted = request.Accept ? Accepted(request, covered) : [];
        var touched = accepted.Concat(absence.Decision?.HalfDays ?? []).Select(s => s.Month).Distinct();
        var refusal = request.Accept && accepted.Count == 0 ? Refusal.Conflict("absence-nothing") : organisation.Refuses([.. touched]);
        return refusal is not null ? refusal
            : Decided(
                absence, request, covered.Count, accepted, await ReasonAsync(organisation, absence, request.Code, cancellation), caller);
    }

    // What was filed stands also when it is proposed no more.
    private async Task<AbsenceReason?> ReasonAsync(
        Organisation organisation, Absence absence, string? code, CancellationToken cancellation)
    {
        var proposed = await reasons.ForAsync(
            organisation, absence.Learner, absence.Span.First.Date, absence.Span.Last.Date, cancellation);
        return proposed.FirstOrDefault(r => r.Code == (code ?? absence.Code))
            ?? (code is null || code == absence.Code ? absence.Filed : null);
    }

    private static IReadOnlyList<SessionId> Accepted(DecisionRequest request, IReadOnlyList<CoveredHalfDay> covered) =>
    [
        .. covered.Where(h => !h.Signed).Select(h => h.Session.Id)
            .Where(s => request.HalfDays?.Contains(s) ?? true)
            .Order(),
    ];

    private Result<Absence> Decided(
        Absence absence, DecisionRequest request, int asked, IReadOnlyList<SessionId> accepted, AbsenceReason? reason, Caller caller)
    {
        if (reason is not { Justified: true } && request.Accept)
        {
            return Refusal.BadInput("reason-code-unknown");
        }

        if (new[] { request.Text, request.Reason }.Any(
            said => Statement.Tidy(said) is { } text && PlainText.Within(text, AbsenceRules.MaxText) is null))
        {
            return Refusal.BadInput("reason-invalid");
        }

        var decision = new AbsenceDecision(
            time.GetUtcNow(), caller.Id, accepted, asked - accepted.Count, request.Accept ? reason : null, Statement.Tidy(request.Text),
            request.DocumentSeen || absence.Files.Count > 0 || absence.Decision is { DocumentSeen: true }, Statement.Tidy(request.Reason));
        return AbsenceRules.Decide(absence, decision, asked);
    }
}
