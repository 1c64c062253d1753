using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Mail;
using Emargement.Functions.Sessions;

namespace Emargement.Functions.Signing.Links;

/// <summary>Sends a new link for an expired one, to the learner's own address and no other, once per expired link.</summary>
public sealed class RenewLink(ILinks links, SessionScenes scenes, MailQueue queue, TimeProvider time)
{
    /// <returns>
    /// Whose mail is on its way (again); or <c>link-unknown</c>, <c>link-revoked</c>, <c>link-live</c>, or why the Session cannot be signed
    /// any more.
    /// </returns>
    public async Task<Result<QueuedMails<Reference>>> RunAsync(string secret, string address, CancellationToken cancellation)
    {
        var link = await links.ResolveAsync(secret, LinkPurpose.Sign, cancellation);
        if (link is null || SessionLink.Read(link) is not { } bound)
        {
            return Refusal.NotFound("link-unknown");
        }

        if (link.State != LinkState.Expired)
        {
            return link.State == LinkState.Live ? Refusal.Conflict("link-live") : Refusal.Of("link-revoked", RefusalKind.Gone);
        }

        var scene = await scenes.NowForAsync(link.Organisation, bound.Session, bound.Learner, cancellation);
        if (!scene.IsOk)
        {
            return scene.Refusal;
        }

        if (SigningRules.Check(scene.Value, bound.Learner, SigningMethod.Email, time.GetUtcNow()) is { } refusal)
        {
            return refusal;
        }

        var (_, mails) = await queue.QueueAsync(
            link.Organisation,
            bound.Session.ToString(),
            $"renewal-{link.Id[..16]}",
            SignLinkMail.Template,
            [bound.Learner.Key],
            SignLinkMail.Args(address),
            cancellation);
        return new QueuedMails<Reference>(bound.Learner, mails);
    }
}
