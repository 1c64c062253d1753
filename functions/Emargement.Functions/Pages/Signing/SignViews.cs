using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Pages.Sessions;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Signing;
using Emargement.Web.Platform;
using Emargement.Web.Signing;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Pages.Signing;

/// <summary>The answer to a proof of presence as the page of the three steps: to sign, signed already, or why not.</summary>
internal static class SignViews
{
    /// <param name="proof">What was shown: whoever scanned can sign otherwise, an expired link can be renewed.</param>
    public static async Task<IResult> AnswerAsync(
        HttpRequest request, Organisation organisation, ProofRequest proof, Result<PresenceAnswer> answer)
    {
        var model = new SignModel { Organisation = organisation.Id };
        if (!answer.IsOk)
        {
            var texts = request.Texts();
            var refused = model with
            {
                Refusal = texts.Refusal(answer.Refusal, organisation.Zone),
                Instead = proof.Kind == ProofKind.Qr ? new LinkModel($"/o/{organisation.Id}/sign", texts["sign.instead"]) : null,
                RenewUrl = answer.Refusal.Code == "link-expired" ? $"/api/links/{proof.Value}/renewals" : null,
            };
            return await request.PageAsync<SignPage, SignModel>(organisation, refused, Problem.StatusOf(answer.Refusal.Kind));
        }

        var held = answer.Value;
        return await request.PageAsync<SignPage, SignModel>(organisation, model with
        {
            LearnerName = Namesakes.Named($"{held.Learner.FirstName} {held.Learner.LastName}", held.Learner.Apart),
            Session = SessionViews.Signed(held.Session),
            Ticket = held.Ticket,
            DrawingWanted = held.Drawing == DrawingNeed.Wanted,
            Done = held.Already is { } signed ? new SignatureModel(signed.SignedAt, signed.LateMinutes) : null,
        });
    }
}
