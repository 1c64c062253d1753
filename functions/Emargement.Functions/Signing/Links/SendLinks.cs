using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Mail;
using Emargement.Functions.Sessions;

namespace Emargement.Functions.Signing.Links;

public enum LinkTo
{
    One,
    Unsigned,
    All,
}

/// <param name="Learner">With <c>one</c>: to whom.</param>
public sealed record SendLinksRequest(LinkTo To, Reference? Learner = null);

/// <param name="Queued">Mails that will be sent.</param>
/// <param name="AlreadyQueued">People who have, or had, their mail for this Session.</param>
/// <param name="WithoutEmail">People to whom no mail can be sent: they sign on the trainer's device.</param>
/// <param name="Warning"><c>mass-mail</c> when sent to all: mass mail lands in spam.</param>
public sealed record SentLinks(int Queued, int AlreadyQueued, int WithoutEmail, string? Warning);

/// <summary>Sends personal signing links by e-mail, one per person and Session whatever the retries, at the provider's pace.</summary>
public sealed class SendLinks(SessionScenes scenes, FactsTable facts, MailQueue queue, TimeProvider time)
{
    public const string Slot = "link";

    /// <param name="address">Public address of the app, without a final slash.</param>
    public async Task<Result<QueuedMails<SentLinks>>> RunAsync(
        OrganisationId organisation, SessionId id, SendLinksRequest request, Caller caller, string address, CancellationToken cancellation)
    {
        var found = await scenes.NowForAsync(organisation, id, caller, cancellation);
        if (!found.IsOk)
        {
            return found.Refusal;
        }

        var scene = found.Value;
        if (SigningRules.CheckSession(scene, SigningMethod.Email, time.GetUtcNow()) is { } refusal)
        {
            return refusal;
        }

        var people = await PeopleAsync(scene, request, cancellation);
        if (!people.IsOk)
        {
            return people.Refusal;
        }

        var reachable = people.Value.Where(l => l.HasEmail).Select(l => l.Learner.Key).ToList();
        var (added, mails) = await queue.QueueAsync(
            organisation, id.ToString(), Slot, SignLinkMail.Template, reachable, SignLinkMail.Args(address), cancellation);
        var warning = request.To == LinkTo.All ? "mass-mail" : null;
        var sent = new SentLinks(added, reachable.Count - added, people.Value.Count - reachable.Count, warning);
        return new QueuedMails<SentLinks>(sent, mails);
    }

    private async Task<Result<IReadOnlyList<RosterLine>>> PeopleAsync(
        SessionScene scene, SendLinksRequest request, CancellationToken cancellation)
    {
        if (request.To == LinkTo.One)
        {
            return request.Learner is not { } learner ? Refusal.BadInput("learner-missing")
                : scene.Find(learner) is { } line ? Result<IReadOnlyList<RosterLine>>.FromT([line])
                : Refusal.Conflict("not-enrolled");
        }

        if (request.To == LinkTo.All)
        {
            return Result<IReadOnlyList<RosterLine>>.FromT(scene.Roster);
        }

        var known = await facts.OfSessionWithoutDrawingsAsync(scene.Organisation.Id, scene.Session.Id, cancellation);
        var signed = known.OfType<Signed>().Select(s => s.Learner).ToHashSet();
        return Result<IReadOnlyList<RosterLine>>.FromT([.. scene.Roster.Where(l => !signed.Contains(l.Learner))]);
    }
}
