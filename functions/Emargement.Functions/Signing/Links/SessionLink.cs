using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Access;

namespace Emargement.Functions.Signing.Links;

/// <summary>What a signing link is tied to.</summary>
public sealed record SessionLink(SessionId Session, Reference Learner)
{
    public IReadOnlyDictionary<string, string> ToBound() =>
        new Dictionary<string, string> { ["session"] = Session.ToString(), ["learner"] = Learner.Value };

    public static SessionLink? Read(Link link) =>
        SessionId.TryParse(link.Bound.GetValueOrDefault("session"), out var session)
            && Reference.TryParse(link.Bound.GetValueOrDefault("learner"), out var learner)
            ? new SessionLink(session, learner)
            : null;
}
