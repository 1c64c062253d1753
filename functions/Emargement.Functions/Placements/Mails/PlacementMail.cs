using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts;
using Emargement.Functions.People;
using Emargement.Functions.Placements.Tutors;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Mail;
using Emargement.Web.Platform;

namespace Emargement.Functions.Placements.Mails;

/// <summary>Writes the workflow's mails when their turn comes, from the facts as they are then: a week declared while its reminder waited
/// for the provider is not reminded.</summary>
public sealed class PlacementMail(
    MailPurpose purpose,
    PlacementFiles files,
    LearnersTable learners,
    AccountsTable accounts,
    TutorAccess tutors,
    PublicAddress address) : IMailTemplate
{
    public string Key => KeyOf(purpose);

    public static string KeyOf(MailPurpose purpose) => purpose switch
    {
        MailPurpose.DeclareWeek => "placement-declare",
        MailPurpose.AnswerDisagreement => "placement-answer",
        MailPurpose.ValidateHours => "placement-validate",
        MailPurpose.TutorSilent => "placement-tutor-silent",
        _ => "placement-learner-silent",
    };

    public async Task<Mail?> ComposeAsync(MailSlot slot, IReadOnlyDictionary<string, string> args, CancellationToken cancellation)
    {
        return PlacementId.TryParse(slot.Subject, out var id)
            && await files.ReadAsync(slot.Organisation, id, cancellation) is { IsOk: true, Value: var file }
            ? await ComposeAsync(
                slot,
                args,
                file,
                (await learners.FindAsync(slot.Organisation, file.State.Placement.LearnerRef, cancellation))?.Value,
                cancellation)
            : null;
    }

    /// <summary>Writes a mail from what was read just now.</summary>
    public async Task<Mail?> ComposeAsync(
        MailSlot slot,
        IReadOnlyDictionary<string, string> args,
        PlacementFile file,
        Learner? learner,
        CancellationToken cancellation)
    {
        if (file.State.Placement.Cancelled || learner is null)
        {
            return null;
        }

        var id = file.Id;
        var name = $"{learner.FirstName} {learner.LastName}";
        return purpose switch
        {
            MailPurpose.DeclareWeek when Undeclared(file) is { Count: > 0 } weeks && learner.Email is { } to =>
                Compose(
                    to,
                    learner.Language,
                    Page(args, $"o/{slot.Organisation}/placements/{id}/week"),
                    file,
                    name,
                    ("weeks", Weeks(weeks, learner.Language))),
            MailPurpose.AnswerDisagreement when file.State.Days.Any(d => d.Phase == DayPhase.Disputed) && learner.Email is { } to =>
                Compose(to, learner.Language, Page(args, $"o/{slot.Organisation}/placements/{id}/week"), file, name),
            MailPurpose.ValidateHours => await ToTutorAsync(slot, args, file, name, cancellation),
            MailPurpose.TutorSilent or MailPurpose.LearnerSilent => await ToManagerAsync(slot, args, file, name, cancellation),
            _ => null,
        };
    }

    private static List<WeekPart> Undeclared(PlacementFile file) =>
        [
            .. file.Calendar.Periods()
                .SelectMany(file.Calendar.Parts)
                .Where(p => p.Expected.Any(d => file.State.Day(d).Phase == DayPhase.Undeclared)),
        ];

    // The first and the last undeclared week that began say enough; the page lists them all.
    private static string Weeks(List<WeekPart> weeks, string language) => Texts.For(language).Day(weeks[0].Week.Monday);

    private async Task<Mail?> ToTutorAsync(
        MailSlot slot, IReadOnlyDictionary<string, string> args, PlacementFile file, string learner, CancellationToken cancellation)
    {
        var tutor = file.State.Placement.Terms.Tutors.FirstOrDefault(t => t.Key == slot.Person);
        if (tutor?.Email is not { } to)
        {
            return null;
        }

        var secret = await tutors.MintAsync(file, tutor, cancellation);
        var texts = Texts.For(tutor.Language);
        return Compose(
            to,
            tutor.Language,
            Page(args, $"t/{secret}"),
            file,
            learner,
            ("tutor", tutor.Name),
            ("first", texts.Day(tutor.From)),
            ("last", texts.Day(tutor.To)));
    }

    private async Task<Mail?> ToManagerAsync(
        MailSlot slot, IReadOnlyDictionary<string, string> args, PlacementFile file, string learner, CancellationToken cancellation) =>
        AccountId.TryParseKey(slot.Person, out var manager)
            && (await accounts.FindAsync(slot.Organisation, manager, cancellation))?.Value.Email is { } to
            ? Compose(to, "fr", Page(args, $"o/{slot.Organisation}/placements/{file.Id}"), file, learner)
            : null;

    private Mail Compose(EmailAddress to, string language, Uri page, PlacementFile file, string learner, params (string, object)[] more) =>
        MailLayout.Compose(
            to,
            language,
            Key,
            page,
            [("learner", learner), ("company", file.State.Placement.Terms.Company), ("organisation", file.Organisation.Name), .. more]);

    private Uri Page(IReadOnlyDictionary<string, string> args, string path)
    {
        var root = address.Configured ?? args.GetValueOrDefault("address");
        return string.IsNullOrEmpty(root)
            ? throw new InvalidOperationException(
                "Set Access:PublicUrl: a mail written without a request cannot know the address of the pages.")
            : new Uri($"{root}/{path}");
    }
}
