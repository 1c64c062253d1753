using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Domain.Signing;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Http.Bodies;
using Emargement.Functions.Platform.Mail;
using Emargement.Functions.Signing;
using Emargement.Functions.Signing.Links;
using Emargement.Web.Platform;
using Emargement.Web.Signing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Pages.Signing;

/// <summary>The forms of the signing pages as a browser sends them without our script, which asks the API instead.</summary>
public sealed class SigningFormFunctions(
    OrganisationSettings organisations,
    ShowLearnerHome showHome,
    ShowTicket showTicket,
    TakePresence presence,
    SignPresence sign,
    RenewLink renew,
    PublicAddress address)
{
    /// <summary><c>POST o/{org}/sign</c>: a code, a token or a session at a distance, for the page that signs.</summary>
    [Function("TakePresenceByForm")]
    [Public("A token says who without a sign-in; the other proofs ask for one themselves.", PerMinute = 3000)]
    [Page]
    public Task<IResult> Take(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "o/{org}/sign")] HttpRequest request, CancellationToken cancellation) =>
        PageForms.RunAsync(
            request,
            organisations.OfAsync(request, cancellation),
            (organisation, form) => TakeAsync(request, organisation, form, cancellation),
            cancellation);

    /// <summary><c>POST o/{org}/signature</c>: signs with the ticket in the form; shows the tick.</summary>
    [Function("SignPresenceByForm")]
    [Public("The presence ticket is the permission.", PerMinute = 3000)]
    [Page(Of = "o/{org}/sign")]
    public Task<IResult> Sign(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "o/{org}/signature")] HttpRequest request,
        CancellationToken cancellation) =>
        PageForms.RunAsync(
            request,
            organisations.OfAsync(request, cancellation),
            (organisation, form) => SignAsync(request, organisation, form, cancellation),
            cancellation);

    /// <summary><c>POST l/{secret}</c>: a new link in place of an expired one, to the same person's address.</summary>
    [Function("RenewLinkByForm")]
    [Public("The expired link itself is the permission, and the new one goes to the learner's own address only.", PerMinute = 300)]
    [Page]
    public async Task<IResult> Renew(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "l/{secret}")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        var asked = await client.SendAsync(
            renew.RunAsync(request.RouteText("secret"), address.Of(request), cancellation), queued => queued.Batch, cancellation);
        return asked.IsOk ? await request.LinkRenewedAsync() : await request.RefusalPageAsync(null, asked.Refusal);
    }

    private async Task<IResult> TakeAsync(
        HttpRequest request, Organisation organisation, FormFields form, CancellationToken cancellation)
    {
        var kind = Enum.TryParse<ProofKind>(form.Text("kind"), ignoreCase: true, out var shown) ? shown : ProofKind.Code;
        var proof = new ProofRequest(kind, form.Text("value"), form.Text("login"));
        var session = SessionId.TryParse(form.Text("session"), out var named) ? named : (SessionId?)null;
        var answer = await presence.RunAsync(
            organisation.Id, new PresenceRequest(proof, session, Sign: kind == ProofKind.Token), request.Caller(), Origin(request),
            cancellation);
        if (answer.IsOk)
        {
            return await SignViews.AnswerAsync(request, organisation, proof, answer);
        }

        var id = kind == ProofKind.Remote ? $"remote-{session}" : form.Text("kind") ?? "code";
        return await request.ReturnAsync<LearnerHomePage, LearnerHomeModel>(
            organisation,
            answer.Refusal,
            showHome.RunAsync(organisation, request.Caller(), cancellation),
            home => home with { Returned = request.Returned(id, form, answer.Refusal, organisation) });
    }

    private async Task<IResult> SignAsync(
        HttpRequest request, Organisation organisation, FormFields form, CancellationToken cancellation)
    {
        var shown = await showTicket.RunAsync(organisation, form.Text("ticket"), cancellation);
        if (!shown.IsOk)
        {
            return await request.RefusalPageAsync(organisation, shown.Refusal);
        }

        var signed = await sign.RunAsync(
            organisation.Id,
            new SignatureRequest(shown.Value.Ticket!, TypedName: form.Text("typedName")),
            Origin(request),
            request.Caller(),
            cancellation);
        if (signed.IsOk)
        {
            var done = shown.Value with { Done = new SignatureModel(signed.Value.SignedAt, signed.Value.LateMinutes) };
            return await request.PageAsync<SignPage, SignModel>(organisation, done);
        }

        return signed.Refusal.Kind == RefusalKind.BadInput && signed.Refusal.Code != "ticket-invalid"
            ? await request.PageAsync<SignPage, SignModel>(
                organisation,
                shown.Value with { Returned = request.Returned("sign", form, signed.Refusal, organisation) },
                StatusCodes.Status400BadRequest)
            : await request.RefusalPageAsync(organisation, signed.Refusal);
    }

    private static SignatureOrigin Origin(HttpRequest request) => new(ClientNetwork.Of(request), DeviceCookie.Of(request));
}
