using Emargement.Domain.Accounts;
using Emargement.Domain.Placements;
using Emargement.Domain.Placements.Import;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts;
using Emargement.Functions.Placements;
using Emargement.Functions.Platform.Mail;
using Emargement.Web.Placements.Following;
using Emargement.Web.Platform;

namespace Emargement.Functions.Pages.Placements;

/// <summary>Names the people in a placement's record: who was mailed, who changed it.</summary>
public sealed class PlacementPeopleNames(AccountsTable accounts, MailsTable mails)
{
    /// <summary>Every mail about a placement, the latest first: to whom, when, and what became of it.</summary>
    public async Task<IReadOnlyList<PlacementMailModel>> MailsAsync(PlacementFile file, string learner, CancellationToken cancellation)
    {
        var sent = file.State.Mails.ToDictionary(m => m.Slot);
        var rows = new List<PlacementMailModel>();
        foreach (var mail in await mails.ListAsync(file.Organisation.Id, file.Id.Value, null, cancellation))
        {
            if (sent.TryGetValue(mail.Slot.Slot, out var fact))
            {
                rows.Add(new PlacementMailModel(
                    mail.EndedAt ?? mail.QueuedAt,
                    Word(fact.Purpose),
                    fact.Step,
                    await RecipientAsync(file, fact, mail.Slot.Person, learner, cancellation),
                    Word(mail.State)));
            }
        }

        return [.. rows.OrderByDescending(r => r.At)];
    }

    /// <summary>Changes of the terms and other acts of the organisation, the latest first.</summary>
    public async Task<IReadOnlyList<PlacementChangeModel>> ChangesAsync(PlacementFile file, Texts texts, CancellationToken cancellation)
    {
        var rows = new List<PlacementChangeModel>();
        foreach (var fact in file.State.Facts.Reverse())
        {
            var (kind, reason) = fact switch
            {
                Planned { Version: 0 } => ("created", null),
                Planned planned => (planned.Cancelled ? "cancelled" : "changed", planned.Reason),
                LinkRevoked revoked => ("revoked", revoked.Reason),
                PaperRecorded paper => ("paper", paper.Reason),
                AbsenceJustified justified => ("justified", justified.Reason),
                Declared or Maintained when fact.By != $"learner:{file.State.Placement.LearnerRef}" => ("handed", null),
                _ => (string.Empty, null),
            };
            if (kind.Length > 0)
            {
                rows.Add(
                    new PlacementChangeModel(fact.At, kind, await AuthorAsync(file.Organisation.Id, fact.By, texts, cancellation), reason));
            }
        }

        return rows;
    }

    private async Task<string> RecipientAsync(
        PlacementFile file, Mailed mail, string person, string learner, CancellationToken cancellation) => mail.Purpose switch
        {
            MailPurpose.DeclareWeek or MailPurpose.AnswerDisagreement => learner,
            MailPurpose.ValidateHours => string.Join(", ", new[] { TutorName(file, person, mail.To), mail.To?.Value }.OfType<string>()),
            _ => AccountId.TryParseKey(person, out var account)
                && await accounts.FindAsync(file.Organisation.Id, account, cancellation) is { } found
                ? found.Value.DisplayName
                : person,
        };

    // As the tutor of that address was last called: a later tutor under the same key has another.
    private static string? TutorName(PlacementFile file, string key, EmailAddress? address) => file.State.Facts.OfType<Planned>()
        .SelectMany(p => p.Terms.Tutors)
        .LastOrDefault(t => t.Key == key && t.Email == address)?.Name;

    private async Task<string> AuthorAsync(OrganisationId organisation, string by, Texts texts, CancellationToken cancellation) =>
        by == PlacementImport.By ? texts["manage.by.import"]
        : by.StartsWith("machine:", StringComparison.Ordinal) ? texts["manage.by.machine"]
        : AccountId.TryParse(by, out var account)
            && await accounts.FindAsync(organisation, account, cancellation) is { } found
            ? found.Value.DisplayName
            : by;

    private static string Word<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
