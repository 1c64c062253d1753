using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Mail;
using Emargement.Functions.Sessions;
using Emargement.Web.Platform;

namespace Emargement.Functions.Signing.Links;

/// <summary>
/// The mail that carries a signing link. The link is made when the mail is sent: its secret rests nowhere but in the mailbox.
/// </summary>
public sealed class SignLinkMail(
    SessionScenes scenes, FactsTable facts, LearnersTable learners, ILinks links, TimeProvider time) : IMailTemplate
{
    public const string Template = "sign-link";

    private const string Address = "address";

    /// <summary>A mailbox is read by others sooner or later: an hour is enough to sign, and an expired link offers a new one.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    public string Key => Template;

    public static IReadOnlyDictionary<string, string> Args(string address) => new Dictionary<string, string> { [Address] = address };

    public async Task<Mail?> ComposeAsync(MailSlot slot, IReadOnlyDictionary<string, string> args, CancellationToken cancellation)
    {
        if (!SessionId.TryParse(slot.Subject, out var id)
            || !Reference.TryParseKey(slot.Person, out var learner)
            || await learners.FindAsync(slot.Organisation, learner, cancellation) is not { Value: { Email: { } email } person }
            || await scenes.NowForAsync(slot.Organisation, id, learner, cancellation) is not { IsOk: true, Value: { } scene })
        {
            return null;
        }

        var now = time.GetUtcNow();
        if (SigningRules.Check(scene, learner, SigningMethod.Email, now) is not null
            || await facts.FindAsync(slot.Organisation, id, Signed.PresenceKey(learner), cancellation) is not null)
        {
            return null;
        }

        var windowEnds = SigningWindow.Of(scene.Session, scene.Organisation).EndsAt;
        var secret = await links.MintAsync(
            LinkPurpose.Sign, slot.Organisation, new SessionLink(id, learner).ToBound(), now + Lifetime < windowEnds
                ? now + Lifetime
                : windowEnds, cancellation);
        return MailLayout.Compose(
            email,
            person.Language,
            Template,
            new Uri($"{args[Address]}/l/{secret}"),
            ("name", person.FirstName),
            ("title", scene.Training?.Title ?? scene.Session.TrainingRef.Value),
            ("start", Texts.For(person.Language).Hour(scene.Session.Start, scene.Organisation.Zone)),
            ("organisation", scene.Organisation.Name));
    }
}
