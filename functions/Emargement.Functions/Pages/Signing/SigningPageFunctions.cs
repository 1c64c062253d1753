using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Domain.Signing;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Sessions;
using Emargement.Functions.Signing;
using Emargement.Functions.Signing.Links;
using Emargement.Functions.Signing.Scans;
using Emargement.Web.Signing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Pages.Signing;

/// <summary>
/// The pages of those who sign: the learner's home, what a scan and what a personal link open, and the handed-round device.
/// </summary>
public sealed class SigningPageFunctions(
    OrganisationSettings organisations,
    ShowLearnerHome showHome,
    ShowTablet showTablet,
    TakePresence presence,
    KeepScan keepScan,
    ScanCookie scans,
    ILinks links)
{
    /// <summary>The learner's home. Without a sign-in it takes a personal token, which says who.</summary>
    [Function("ShowLearnerPage")]
    [Public(
        "A personal token says who signs, without a sign-in; the day's sessions are shown to a signed-in learner only.", PerMinute = 3000)]
    [Page]
    public async Task<IResult> Learner(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "o/{org}/sign")] HttpRequest request, CancellationToken cancellation) =>
        await request.ShowAsync<LearnerHomePage, LearnerHomeModel>(
            await organisations.GetAsync(request.RouteText("org"), cancellation),
            organisation => showHome.RunAsync(organisation, request.Caller(), cancellation));

    /// <summary>What a scan opens. The page comes with its ticket, so that one POST signs: two requests after the scan. Who has yet to sign
    /// in does so, and comes back with the scan.</summary>
    [Function("ShowQrPage")]
    [Public("Whoever scans without being signed in is sent to sign in, and the scan is kept meanwhile.", PerMinute = 3000)]
    [Page]
    public async Task<IResult> Qr(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = SessionRoute.Scan)] HttpRequest request, CancellationToken cancellation)
    {
        var organisation = await organisations.GetAsync(request.RouteText("org"), cancellation);
        var session = SessionRoute.Of(request);
        return (organisation.Refusal ?? session.Refusal) is { } unknown
            ? await request.RefusalPageAsync(organisation.Value, unknown)
            : request.Caller() is { Kind: Callers.Learner, Person: { } learner } caller && caller.IsOf(session.Value.Organisation)
            ? await SignScanAsync(request, organisation.Value!, session.Value, learner, cancellation)
            : await KeepScanAsync(request, session.Value, cancellation);
    }

    /// <summary>
    /// What a personal link opens. However often a person or a mail scanner asks, nothing changes; an expired link offers a new one, and a
    /// used one still shows what was signed.
    /// </summary>
    [Function("ShowLinkPage")]
    [Public("The secret in the address is the proof; it has 128 bits and signs one session.", PerMinute = 300)]
    [Page]
    public async Task<IResult> Link(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "l/{secret}")] HttpRequest request,
        CancellationToken cancellation)
    {
        var secret = request.RouteText("secret");
        var link = await links.ResolveAsync(secret, LinkPurpose.Sign, cancellation);
        var organisation = link is null
            ? Refusal.NotFound("link-unknown")
            : await organisations.GetAsync(link.Organisation, cancellation);
        var proof = new PresenceRequest(new ProofRequest(ProofKind.Link, secret), link is null ? null : SessionLink.Read(link)?.Session);
        return organisation.IsOk
            ? await TakeAsync(request, organisation.Value, proof, new PresenceKnown(Link: link), cancellation)
            : await request.RefusalPageAsync(null, organisation.Refusal);
    }

    /// <summary>The handed-round device, with the names of those who have not signed.</summary>
    [Function("ShowTabletPage")]
    [Access(Callers.Tablet)]
    [Page]
    public async Task<IResult> Tablet(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "o/{org}/sessions/{session}/tablet")] HttpRequest request,
        CancellationToken cancellation) =>
        await request.ShowAsync<TabletPage, TabletModel>(
            await organisations.GetAsync(request.RouteText("org"), cancellation),
            _ => SessionRoute.Of(request)
                .ThenAsync(
                    session => showTablet.RunAsync(session, request.Caller(), request.Query["learner"].FirstOrDefault(), cancellation)));

    private async Task<IResult> SignScanAsync(
        HttpRequest request, Organisation organisation, Route<SessionId> session, Reference learner, CancellationToken cancellation)
    {
        var code = request.RouteText("code");
        var scan = scans.Find(request, session.Organisation, session.Id, code, learner);
        if (scan is not null)
        {
            scans.Write(request.HttpContext, scan with { Learner = learner.Value });
        }

        var proof = new PresenceRequest(new ProofRequest(ProofKind.Qr, code), session.Id);
        return await TakeAsync(request, organisation, proof, new PresenceKnown(ShownAt: scan?.ShownAt), cancellation);
    }

    private async Task<IResult> KeepScanAsync(HttpRequest request, Route<SessionId> session, CancellationToken cancellation)
    {
        if (await keepScan.RunAsync(session, request.RouteText("code"), cancellation) is { } scan)
        {
            scans.Write(request.HttpContext, scan);
        }

        return Results.Redirect(request.SignInPage(session.Organisation.Value));
    }

    private async Task<IResult> TakeAsync(
        HttpRequest request,
        Organisation organisation,
        PresenceRequest proof,
        PresenceKnown known,
        CancellationToken cancellation)
    {
        var origin = new SignatureOrigin(ClientNetwork.Of(request), Device: null);
        var answer = await presence.RunAsync(organisation.Id, proof, request.Caller(), origin, cancellation, known);
        return await SignViews.AnswerAsync(request, organisation, proof.Proof, answer);
    }
}
