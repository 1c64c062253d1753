using Emargement.Domain.Accounts;
using Emargement.Domain.Placements;
using Emargement.Domain.Placements.Workflow;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts;
using Emargement.Functions.Placements.Documents;
using Emargement.Functions.Placements.Mails;
using Emargement.Functions.Platform.Mail;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Placements.Workflow;

/// <summary>Does one thing that a look found due. Called again after a cut, it does nothing twice: a mail by its slot,
/// a document by its version.</summary>
public sealed class PlacementActionActivity(
    PlacementFiles files,
    PlacementFactsTable facts,
    PlacementsTable placements,
    MailQueue mails,
    AccountsTable accounts,
    SealPlacement seal,
    TimeProvider time)
{
    public const string Name = "RunPlacementAction";

    [Function(Name)]
    public async Task Run(
        [ActivityTrigger] PlacementActionInput input, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        if (!PlacementId.TryParse(input.Placement, out var id))
        {
            return;
        }

        var action = PlacementAction.FromJson(input.Action);
        var file = await files.ReadAsync(OrganisationId.Parse(input.Organisation), id, cancellation, withDrawings: action is SealPeriod);
        if (!file.IsOk)
        {
            return;
        }

        switch (action)
        {
            case Domain.Placements.Workflow.SendMail mail when !file.Value.State.WasMailed(mail.Slot):
                await MailAsync(file.Value, mail, client, cancellation);
                break;
            case SealPeriod period:
                await seal.RunAsync(file.Value, period, cancellation);
                break;
        }
    }

    private async Task MailAsync(
        PlacementFile file, Domain.Placements.Workflow.SendMail mail, DurableTaskClient client, CancellationToken cancellation)
    {
        var organisation = file.Organisation.Id;
        var tutor = mail.Purpose == MailPurpose.ValidateHours ? file.Section(mail.About)?.Tutor : null;
        IReadOnlyList<string> people = mail.Purpose switch
        {
            MailPurpose.ValidateHours => tutor is null ? [] : [tutor.Key],
            MailPurpose.DeclareWeek or MailPurpose.AnswerDisagreement => [file.State.Placement.LearnerRef.Key],
            _ => await accounts.OfKindAsync(organisation, AccountKind.Manager, cancellation),
        };
        var stored = await placements.FindAsync(organisation, file.Id, cancellation);
        var args = new Dictionary<string, string> { ["about"] = mail.About, ["address"] = stored?.Value.Address ?? string.Empty };
        var queued = await mails.QueueAsync(
            organisation, file.Id.Value, mail.Slot, PlacementMail.KeyOf(mail.Purpose), people, args, cancellation);
        await client.SendAsync(queued.Batch, cancellation);

        // Written after the queueing: a cut between the two queues again, which the slot makes harmless.
        var mailed = new Mailed
        {
            At = time.GetUtcNow(),
            By = "system",
            Slot = mail.Slot,
            Purpose = mail.Purpose,
            About = mail.About,
            Step = mail.Step,
            To = tutor?.Email,
        };
        await facts.TryInsertAsync(organisation, file.Id, [new NewPlacementFact(mailed)], cancellation);
    }
}
