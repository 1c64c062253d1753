using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Signing;
using Emargement.Functions.Signing.Links;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Pages.Signing;

/// <summary><c>GET l/{secret}</c>: what a personal link opens. However often a person or a mail scanner asks, nothing changes; an expired link offers a new one, and
/// a used one still shows what was signed.</summary>
public sealed class ShowLinkPage(ILinks links, OrganisationSettings organisations, TakePresence presence)
{
    [Function("ShowLinkPage")]
    [Public("The secret in the address is the proof; it has 128 bits and signs one session.", PerMinute = 300)]
    [Page]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "l/{secret}")] HttpRequest request, string secret, CancellationToken cancellation)
    {
        if (await links.ResolveAsync(secret, LinkPurpose.Sign, cancellation) is not { } link)
        {
            return await request.RefusalPageAsync(null, Domain.Platform.Refusal.NotFound("link-unknown"));
        }

        var organisation = await organisations.GetAsync(link.Organisation, cancellation);
        if (!organisation.IsOk)
        {
            return await request.RefusalPageAsync(null, organisation.Refusal);
        }

        var proof = new PresenceRequest(new ProofRequest(ProofKind.Link, secret), SignLink.Read(link)?.Session);
        var answer = await presence.TakeAsync(link.Organisation, proof, request.Caller(), ClientNetwork.Of(request), cancellation);
        var renewUrl = answer.Refusal?.Code == "link-expired" ? $"/api/links/{secret}/renewals" : null;
        return await SignViews.AnswerAsync(request, organisation.Value, answer, instead: null, renewUrl);
    }
}
