using System.Globalization;
using Emargement.Domain.Absences;
using Emargement.Domain.Platform;
using Emargement.Functions.Absences.Records;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Mail;

namespace Emargement.Functions.Absences;

/// <summary>Tells a learner that an absence was decided: how much is justified and where to read the answer, no reason. Not written when
/// it was decided anew before, or the learner has no address.</summary>
public sealed class AbsenceDecidedMail(
    AbsencesTable absences, LearnersTable learners, OrganisationsTable organisations, PublicAddress address) : IMailTemplate
{
    public const string Template = "absence-decided";

    /// <summary>Under which all such mails of an organisation are kept.</summary>
    public const string Subject = "absences";

    public string Key => Template;

    /// <summary>One mail a decision.</summary>
    public static string SlotOf(Absence decided) =>
        $"{decided.Id}-{(decided.Earlier.Count + 1).ToString(CultureInfo.InvariantCulture)}";

    public async Task<Mail?> ComposeAsync(MailSlot slot, IReadOnlyDictionary<string, string> args, CancellationToken cancellation) =>
        AbsenceId.TryParse(slot.Slot.Split('-')[0], out var id)
        && await absences.FindAsync(slot.Organisation, id, cancellation) is { Value: { Decision: { } decision } absence }
        && SlotOf(absence) == slot.Slot
        && await learners.FindAsync(slot.Organisation, absence.Learner, cancellation) is { Value: { Email: { } email } person }
        && await organisations.FindAsync(slot.Organisation, cancellation) is { Value: { } organisation }
            ? MailLayout.Compose(
                email,
                person.Language,
                Template,
                address.WithoutRequest($"o/{slot.Organisation}/my-absences"),
                ("name", person.FirstName),
                ("organisation", organisation.Name),
                ("count", decision.HalfDays.Count))
            : null;
}
