using System.Globalization;
using Emargement.Domain.Accounts;
using Emargement.Domain.Months;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts;
using Emargement.Functions.Months.Records;
using Emargement.Functions.Platform.Mail;

namespace Emargement.Functions.Months.Telling;

/// <summary>Writes to the managers when the Région gave a month back, or opened it again; each time once, and nobody can stop
/// it.</summary>
public sealed class ReturnedMonthAlarm(MonthsTable months, AccountsTable accounts, MailQueue mails)
{
    /// <returns>The mails to send; null when the month is not given back, or they were queued before.</returns>
    public async Task<MailBatch?> TellAsync(OrganisationId organisation, YearMonth month, CancellationToken cancellation)
    {
        if ((await months.FindAsync(organisation, month, cancellation)).Value.State != MonthState.Returned)
        {
            return null;
        }

        var facts = await months.FactsAsync(organisation, month, cancellation);
        var given = facts.Last(f => f.Event is MonthEvent.Returned or MonthEvent.Unlocked);
        var managers = await accounts.OfKindAsync(organisation, AccountKind.Manager, cancellation);
        var queued = await mails.QueueAsync(
            organisation,
            ReturnedMonthMail.SubjectOf + month,
            $"returned-{given.N.ToString(CultureInfo.InvariantCulture)}",
            ReturnedMonthMail.Template,
            managers,
            new Dictionary<string, string>(),
            cancellation);
        return queued.Batch;
    }
}
