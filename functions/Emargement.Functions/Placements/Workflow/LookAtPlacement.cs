using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Placements;
using Emargement.Domain.Placements.Workflow;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts;
using Emargement.Functions.People;
using Emargement.Functions.Placements.Mails;
using Emargement.Functions.Platform.Durable;
using Emargement.Functions.Platform.Mail;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Placements.Workflow;

/// <summary>A look at a placement, as far as it has come.</summary>
/// <param name="At">One instant for all of it.</param>
/// <param name="Learner">Null when gone.</param>
/// <param name="Row">Its line of the list, as read.</param>
/// <param name="Due">Mails that this look queued, and sent if they might leave now.</param>
/// <param name="Mails">The run of those that must wait is started next; only then are they noted as mailed. Null when none waits.</param>
/// <param name="Step">What the workflow does then; null while mails are due.</param>
public sealed record LookUnderWay(
    PlacementFile File,
    WorkflowContext Context,
    DateTimeOffset At,
    Learner? Learner,
    Stored<PlacementRow>? Row,
    IReadOnlyList<Mailed> Due,
    MailBatch? Mails,
    PlacementStep? Step);

/// <summary>Looks at a placement's facts, read once: sends the mails that are due, says what else is, and brings its line of the list
/// up to date.</summary>
public sealed class LookAtPlacement(
    PlacementFiles files,
    PlacementFactsTable facts,
    PlacementsTable placements,
    LearnersTable learners,
    AccountsTable accounts,
    MailQueue queue,
    SendAtOnce send,
    IEnumerable<IMailTemplate> templates,
    TimeProvider time)
{
    /// <summary>Goes up when <see cref="PlacementWorkflow"/> decides otherwise than before.</summary>
    private const int Rules = 3;

    private readonly Dictionary<string, PlacementMail> _templates = templates.OfType<PlacementMail>().ToDictionary(t => t.Key);

    /// <param name="before">The look that this one goes on from, once the run of its mails was started; null to begin. A cut between the
    /// two sends again, which the slots make harmless.</param>
    /// <returns>Null for a placement that there is not.</returns>
    public async Task<LookUnderWay?> RunAsync(
        OrganisationId organisation, PlacementId id, LookUnderWay? before, CancellationToken cancellation)
    {
        var look = before is null ? await ReadAsync(organisation, id, cancellation) : await NoteAsync(before, cancellation);
        if (look is null)
        {
            return null;
        }

        var decision = PlacementWorkflow.Decide(look.File.State, look.Context, look.At);
        var mails = decision.Actions.OfType<SendMail>().ToList();
        if (mails.Count > 0)
        {
            return await SendAsync(look, mails, cancellation);
        }

        await RefreshAsync(look, cancellation);
        var actions = decision.Actions.Select(a => a.ToJson());
        var wakeAt = decision.WakeAt is { } due ? WakeUp.For(due).UtcDateTime : default(DateTime?);
        return look with { Step = new PlacementStep([.. actions], wakeAt, decision.Period, decision.Finished, Rules) };
    }

    private async Task<LookUnderWay?> ReadAsync(OrganisationId organisation, PlacementId id, CancellationToken cancellation)
    {
        var read = await files.ReadAsync(organisation, id, cancellation);
        if (!read.IsOk)
        {
            return null;
        }

        var file = read.Value;
        var learner = await learners.FindAsync(organisation, file.State.Placement.LearnerRef, cancellation);
        var context = new WorkflowContext(file.Clock, file.Calendar.IsHoliday, learner?.Value.Email is not null);
        var row = await placements.FindAsync(organisation, id, cancellation);
        return new LookUnderWay(file, context, time.GetUtcNow(), learner?.Value, row, [], null, null);
    }

    private async Task<LookUnderWay?> NoteAsync(LookUnderWay look, CancellationToken cancellation)
    {
        var file = look.File;
        return await facts.TryInsertAsync(
            file.Organisation.Id, file.Id, [.. look.Due.Select(m => new NewPlacementFact(m))], cancellation)
            ? look with { File = files.With(file, look.Due), Due = [], Mails = null }
            : await ReadAsync(file.Organisation.Id, file.Id, cancellation);
    }

    private async Task<LookUnderWay> SendAsync(LookUnderWay look, IReadOnlyList<SendMail> mails, CancellationToken cancellation)
    {
        var organisation = look.File.Organisation.Id;
        var (subject, rows, fresh) = (look.File.Id.Value, new List<string>(), new Dictionary<string, FreshMail>());
        foreach (var mail in mails)
        {
            var people = await PeopleAsync(look.File, mail, cancellation);
            var args = new Dictionary<string, string> { ["about"] = mail.About, ["address"] = look.Row?.Value.Address ?? string.Empty };
            var template = PlacementMail.KeyOf(mail.Purpose);
            var queued = await queue.QueueAsync(organisation, subject, mail.Slot, template, people, args, cancellation);
            foreach (var stored in queued.Fresh)
            {
                fresh[stored.Value.Slot.Row] = new FreshMail(
                    stored, token => _templates[template].ComposeAsync(stored.Value.Slot, args, look.File, look.Learner, token));
            }

            // Also what was queued before a cut: it may have been on its way to the provider.
            rows.AddRange(people.Distinct().Select(person => new MailSlot(organisation, subject, mail.Slot, person).Row));
        }

        var left = rows.Count == 0 ? null : await send.RunAsync(new MailBatch($"{organisation}|{subject}", rows), fresh, cancellation);
        return look with { Due = [.. mails.Select(m => Mailed(look, m))], Mails = left };
    }

    private async Task<IReadOnlyList<string>> PeopleAsync(PlacementFile file, SendMail mail, CancellationToken cancellation) =>
        mail.Purpose switch
        {
            MailPurpose.ValidateHours => TutorOf(file, mail) is { } tutor ? [tutor.Key] : [],
            MailPurpose.DeclareWeek or MailPurpose.AnswerDisagreement => [file.State.Placement.LearnerRef.Key],
            _ => await accounts.OfKindAsync(file.Organisation.Id, AccountKind.Manager, cancellation),
        };

    private static Mailed Mailed(LookUnderWay look, SendMail mail) => new()
    {
        At = look.At,
        By = "system",
        Slot = mail.Slot,
        Purpose = mail.Purpose,
        About = mail.About,
        Step = mail.Step,
        To = TutorOf(look.File, mail)?.Email,
    };

    private static TutorPeriod? TutorOf(PlacementFile file, SendMail mail) =>
        mail.Purpose == MailPurpose.ValidateHours ? file.Section(mail.About)?.Tutor : null;

    private async Task RefreshAsync(LookUnderWay look, CancellationToken cancellation)
    {
        for (var stored = look.Row; stored is not null;)
        {
            var row = PlacementRows.Of(look.File, look.At, stored.Value.Address);
            if (stored.Value.Facts > row.Facts || stored.Value == row || await placements.TryReplaceAsync(stored, row, cancellation))
            {
                return;
            }

            stored = await placements.FindAsync(look.File.Organisation.Id, look.File.Id, cancellation);
        }
    }
}
