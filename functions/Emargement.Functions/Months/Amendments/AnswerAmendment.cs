using Emargement.Domain.Months;
using Emargement.Domain.Platform;
using Emargement.Functions.Months.Records;
using Emargement.Functions.Months.Validation;
using Emargement.Functions.Platform.Access;

namespace Emargement.Functions.Months.Amendments;

/// <param name="Accept">Whether the Région agrees.</param>
/// <param name="Text">What the organisation reads; never empty of a refusal.</param>
public sealed record AmendmentAnswer(bool Accept, string? Text = null);

/// <summary>The Région's word on an amendment. One answer stands; said again, it is the same one.</summary>
public sealed class AnswerAmendment(MonthsTable months, MonthMoves moves, TimeProvider time)
{
    private const int MaxText = 1_000;

    /// <returns>The amendment; or <c>reason-missing</c>, <c>reason-invalid</c>, <c>amendment-unknown</c>,
    /// <c>amendment-decided</c>.</returns>
    public async Task<Result<Amendment>> RunAsync(
        OrganisationId organisation, YearMonth month, int number, AmendmentAnswer answer, Caller caller, CancellationToken cancellation)
    {
        var text = PlainText.Of(answer.Text) is { Length: > 0 } said ? said : null;
        if (text is null && !answer.Accept)
        {
            return Refusal.BadInput("reason-missing");
        }

        if (text is not null && PlainText.Within(text, MaxText) is null)
        {
            return Refusal.BadInput("reason-invalid");
        }

        if (await months.AmendmentAsync(organisation, month, number, cancellation) is not { } asked)
        {
            return Refusal.NotFound("amendment-unknown");
        }

        var again = asked.State is AmendmentState.Agreed or AmendmentState.Made ? answer.Accept
            : asked.State == AmendmentState.Refused && !answer.Accept;
        var answered = again ? asked : asked with
        {
            State = answer.Accept ? AmendmentState.Agreed : AmendmentState.Refused,
            Answer = text,
            AnsweredBy = caller.Id,
            AnsweredAt = time.GetUtcNow(),
        };
        var what = answer.Accept ? MonthEvent.AmendmentAgreed : MonthEvent.AmendmentRefused;
        var moved = await moves.MoveAsync(
            organisation, month, caller.Id,
            life => again ? MonthMoves.Stay : life.Answer(number, answer.Accept),
            _ => MonthMoves.Fact(what, text),
            cancellation,
            amendment: _ => answered);
        return moved.Then(_ => answered);
    }
}
