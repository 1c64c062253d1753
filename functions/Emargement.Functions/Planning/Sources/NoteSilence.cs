using Emargement.Domain.People;
using Emargement.Domain.Planning.Sources;
using Emargement.Functions.Platform.Mail;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Planning.Sources;

/// <summary>Notes, by night, that a system which sends its planning by itself has sent nothing for three working days, and tells the
/// managers once. What comes next takes the note away.</summary>
public sealed class NoteSilence(PlanningSourcesTable sources, SourceAlarm alarm)
{
    /// <returns>The mails to send; null while it speaks, and when they were told.</returns>
    public async Task<MailBatch?> RunAsync(
        Organisation organisation, Stored<PlanningSource> source, DateOnly night, CancellationToken cancellation)
    {
        var last = organisation.Zone.DateAt(source.Value.Last.At ?? source.Value.CreatedAt);
        var days = Silence.WorkingDays(last, night, organisation.Holidays);
        if (days < SourceOutcome.NightsBeforeMail || source.Value.Last.FailedNights == days)
        {
            return null;
        }

        // Queued before it is noted, as for a source that fails; the slot keeps it to one mail a person and silence.
        var told = await alarm.TellAsync(organisation.Id, source.Value.Id, $"silent-{last:yyyyMMdd}", cancellation);
        var noted = source.Value with { Last = source.Value.Last with { Code = SourceRefusals.Silent.Code, FailedNights = days } };
        await sources.ReplaceAsync(organisation.Id, noted, source.ETag, cancellation);
        return told;
    }
}
