using Emargement.Domain.Months;
using Emargement.Domain.Platform;
using Emargement.Domain.Region;
using Emargement.Functions.Months.Records;
using Emargement.Functions.People;
using Emargement.Functions.Region;
using Emargement.Functions.Region.Export;

namespace Emargement.Functions.Months.Validation;

/// <summary>
/// Writes what a Région sees of an organisation's month, from its last whole version and from the month's life. It follows from these
/// rows alone: run again, it writes the same, and run by two at once, the later reading stands.
/// </summary>
public sealed class TellRegion(
    OrganisationSettings settings, MonthsTable months, ExportsTable exports, RegionMonthsTable regions,
    RegionAmendmentsTable amendments) : IExportWritten
{
    // Each turn is lost only to another writer of the same row; the next export or move of the month writes it again.
    private const int MostTurns = 20;

    public async Task RunAsync(OrganisationId organisation, YearMonth month, CancellationToken cancellation)
    {
        var known = await settings.GetAsync(organisation, cancellation);
        if (!known.IsOk || !RegionCode.TryParse(known.Value.Region, out var region))
        {
            return;
        }

        for (var turn = 0; turn < MostTurns; turn++)
        {
            // Read before what it follows from: whoever is late finds that the row has changed.
            var read = await regions.FindAsync(region, month, known.Value.Nda, organisation, cancellation);
            var versions = await exports.OfOrganisationAsync(region, month, known.Value.Nda, cancellation);
            if (versions.LastOrDefault(v => v.Stage == ExportStage.Complete && v.Organisation == organisation) is not { } last)
            {
                return;
            }

            var life = (await months.FindAsync(organisation, month, cancellation)).Value;
            var facts = life.Facts == 0 ? [] : await months.FactsAsync(organisation, month, cancellation);
            var row = RowOf(last, life, facts);
            if (row == read?.Value || await regions.TryWriteAsync(region, month, read, row, cancellation))
            {
                await AmendmentAsync(region, row, life, cancellation);
                return;
            }
        }
    }

    // Those before the last stand as they were told.
    private async Task AmendmentAsync(RegionCode region, RegionMonthRow month, MonthLife life, CancellationToken cancellation)
    {
        for (var turn = 0; turn < MostTurns && life.Amendments > 0; turn++)
        {
            var like = new RegionAmendmentRow(
                life.Month, month.Nda, month.Organisation, life.Amendments, month.Name, AmendmentState.Proposed, 0, default, null, null);
            var read = await amendments.FindAsync(region, like, cancellation);
            var amendment = (await months.AmendmentAsync(month.Organisation, life.Month, life.Amendments, cancellation))!;
            var row = like with
            {
                State = amendment.State,
                Count = amendment.Items.Count,
                At = amendment.At,
                AnsweredAt = amendment.AnsweredAt,
                Version = amendment.Version,
            };
            if (row == read?.Value || await amendments.TryWriteAsync(region, read, row, cancellation))
            {
                return;
            }
        }
    }

    private static RegionMonthRow RowOf(ExportVersion last, MonthLife life, IReadOnlyList<MonthFact> facts)
    {
        var manifest = ExportManifest.FromJson(last.Manifest);
        var returned = facts.LastOrDefault(f => f.Event is MonthEvent.Returned or MonthEvent.Unlocked);
        var isReceived = life.State is MonthState.Received or MonthState.Locked;
        return new RegionMonthRow(
            last.Nda,
            last.Organisation,
            manifest.Organisation.Name,
            life.State,
            last.Version,
            manifest.Status.State,
            last.At,
            last.Figures?.Total,
            life.Version,
            At(facts, MonthEvent.Sent, MonthEvent.Amended),
            isReceived ? At(facts, MonthEvent.Received) : null,
            returned?.At,
            returned?.Reason)
        {
            Usage = last.Figures?.Usage,
        };
    }

    private static DateTimeOffset? At(IReadOnlyList<MonthFact> facts, params MonthEvent[] what) =>
        facts.LastOrDefault(f => what.Contains(f.Event))?.At;
}
