using System.Globalization;
using System.Text.Json.Nodes;
using Emargement.Domain.Accounts;
using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Functions.Absences;
using Emargement.Functions.Placements;
using Emargement.Functions.Placements.Mails;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Mail;

namespace Emargement.Functions.Privacy;

/// <summary>The mails that a person was sent, or is to be: of what kind, on which day. What they said is kept nowhere.</summary>
public sealed class PersonMails(MailsTable mails, PlacementsTable placements)
{
    // A tutor has a key of a placement's own, which may be written as a learner's reference.
    private static readonly string ToTutors = PlacementMail.KeyOf(MailPurpose.ValidateHours);

    /// <param name="months">In which a learner's half-days are: subjects of signing links begin with the day.</param>
    /// <returns>In the order in which they were asked for.</returns>
    public async Task<JsonArray> OfAsync(Route<AccountId> person, IReadOnlyList<YearMonth> months, CancellationToken cancellation)
    {
        var found = new List<QueuedMail>();
        foreach (var subject in await SubjectsAsync(person, months, cancellation))
        {
            found.AddRange((await mails.OfPersonAsync(person.Organisation, subject, KeysOf(person.Id), cancellation))
                .Where(mail => mail.Template != ToTutors));
        }

        return new JsonArray([.. found.OrderBy(mail => mail.QueuedAt).Select(Written)]);
    }

    // A learner's are few of very many; whoever is of the staff may be told of anything.
    private async Task<IEnumerable<string>> SubjectsAsync(
        Route<AccountId> person, IReadOnlyList<YearMonth> months, CancellationToken cancellation) => person.Id.Kind != AccountKind.Learner
        ? [string.Empty]
        :
        [
            "accounts",
            AbsenceDecidedMail.Subject,
            "reminders",
            .. months.Select(month => month.ToString().Replace("-", string.Empty, StringComparison.Ordinal)),
            .. (await placements.OfLearnerAsync(person.Organisation, person.Id.Person, cancellation)).Select(p => p.Id.Value),
        ];

    // Links to sign are queued by the learner's reference alone.
    private static string[] KeysOf(AccountId id) => id.Kind == AccountKind.Learner ? [id.Key, id.Person.Key] : [id.Key];

    private static JsonObject Written(QueuedMail mail) => new()
    {
        ["le"] = DateOnly.FromDateTime((mail.EndedAt ?? mail.QueuedAt).UtcDateTime).ToString("O", CultureInfo.InvariantCulture),
        ["genre"] = mail.Template,
        ["état"] = mail.State.ToString(),
    };
}
