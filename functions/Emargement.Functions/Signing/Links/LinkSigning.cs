using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Sessions;

namespace Emargement.Functions.Signing.Links;

/// <summary>Presence by the personal link of an e-mail: it says who and which Session, and keeps showing what was signed.</summary>
public sealed class LinkSigning(ILinks links, SessionScenes scenes, FactsTable facts) : IPresenceProof
{
    public ProofKind Kind => ProofKind.Link;

    public async Task<Result<Proven>> ProveAsync(PresenceAsk ask, CancellationToken cancellation)
    {
        var link = ask.Known?.Link ?? await links.ResolveAsync(ask.Proof.Value ?? string.Empty, LinkPurpose.Sign, cancellation);
        if (link is null || link.Organisation != ask.Organisation.Id || SessionLink.Read(link) is not { } bound)
        {
            return Refusal.NotFound("link-unknown");
        }

        var scene = await scenes.OpenForAsync(ask.Organisation.Id, bound.Session, bound.Learner, cancellation);
        if (!scene.IsOk)
        {
            return scene.Refusal;
        }

        if (link.State != LinkState.Live && await NotSignedAsync(ask.Organisation.Id, bound, cancellation))
        {
            return Refusal.Of(link.State == LinkState.Expired ? "link-expired" : "link-revoked", RefusalKind.Gone);
        }

        return new Proven(scene.Value, bound.Learner, SigningMethod.Email, $"learner:{bound.Learner}", SignedIn: false);
    }

    private async Task<bool> NotSignedAsync(OrganisationId organisation, SessionLink bound, CancellationToken cancellation) =>
        (await facts.FindAsync(organisation, bound.Session, Signed.PresenceKey(bound.Learner), cancellation))?.Fact is not Signed;
}
