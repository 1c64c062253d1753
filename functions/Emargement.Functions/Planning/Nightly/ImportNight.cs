using Emargement.Domain.Planning.Sources;
using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Planning.Reading;
using Emargement.Functions.Planning.Sources;
using Emargement.Functions.Platform.Mail;

namespace Emargement.Functions.Planning.Nightly;

/// <summary>What a night did so far.</summary>
/// <param name="IsOver">False when another import of the organisation is under way: try again when it has ended.</param>
/// <param name="Imported">What is to be woken.</param>
public sealed record NightDone(bool IsOver, IReadOnlyList<Imported> Imported, IReadOnlyList<MailBatch> Mails);

/// <summary>An organisation's night: each of its sources that is not paused, read or, where it sends by itself, listened for; then its
/// inbox, whose run ends the night.</summary>
public sealed class ImportNight(
    OrganisationsTable organisations, PlanningSourcesTable sources, RunSource source, NoteSilence silence, ImportInbox inbox)
{
    public async Task<NightDone> RunAsync(OrganisationId id, DateOnly night, CancellationToken cancellation)
    {
        var (imported, mails) = (new List<Imported>(), new List<MailBatch>());
        var organisation = (await organisations.FindAsync(id, cancellation))?.Value;
        var awake = organisation is null ? [] : (await sources.ListAsync(id, cancellation)).Where(s => !s.Value.Paused);
        foreach (var each in awake)
        {
            if (each.Value.Kind == SourceKind.Push)
            {
                mails.AddRange(await silence.RunAsync(organisation!, each, night, cancellation) is { } told ? [told] : []);
                continue;
            }

            var ran = await source.OfNightAsync(organisation!, each.Value, night, cancellation);
            if (ran?.Outcome.Refusal?.Code == ImportRefusals.RunningCode)
            {
                return new NightDone(false, imported, mails);
            }

            imported.AddRange(ran?.Outcome.Value is { } done ? [done] : []);
            mails.AddRange(ran?.Mails is { } batch ? [batch] : []);
        }

        var last = await inbox.RunAsync(id, night, cancellation);
        return new NightDone(last is not null, last is null ? imported : [.. imported, last], mails);
    }
}
