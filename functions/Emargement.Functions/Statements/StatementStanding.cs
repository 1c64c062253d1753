using Emargement.Domain.Platform;
using Emargement.Domain.Statements;
using Emargement.Functions.People;
using Emargement.Functions.Sheets.Records;
using Emargement.Functions.Statements.Issuing;
using Emargement.Functions.Statements.Records;

namespace Emargement.Functions.Statements;

/// <summary>Says whether a statement still stands: a sheet that it rests on may have a newer version, with other figures.</summary>
public sealed class StatementStanding(
    StatementDocuments documents, SheetsTable sheets, StatementReader reader, OrganisationsTable organisations)
{
    /// <returns>The sheets that it rests on; none once they are kept no more.</returns>
    public async Task<IReadOnlyList<SheetUsed>> SheetsAsync(
        StatementPlace place, StatementRecord record, CancellationToken cancellation) =>
        await documents.ReadEvidenceAsync(place, record.Root, cancellation) is { } evidence ? StatementEvidence.SheetsOf(evidence) : [];

    /// <returns>True when the same statement, made now, would have other figures.</returns>
    public async Task<bool> IsOutdatedAsync(
        StatementPlace place, StatementRecord record, IReadOnlyList<SheetUsed> used, CancellationToken cancellation)
    {
        if (!await HasNewerAsync(place.Organisation, used, cancellation)
            || await organisations.FindAsync(place.Organisation, cancellation) is not { Value: var organisation })
        {
            return false;
        }

        // Only now is it worth reckoning again: a correction may leave the minutes as they were.
        var source = await reader.ReadAsync(organisation, [place.Key.Learner], place.Key.Span, cancellation);
        var now = source.Reckoning.Of(place.Key.Training, place.Key.Learner).Figures;
        return StatementEvidence.FiguresOf(now) != record.Figures;
    }

    private async Task<bool> HasNewerAsync(
        OrganisationId organisation, IReadOnlyList<SheetUsed> used, CancellationToken cancellation)
    {
        var versions = used.ToDictionary(u => u.Session, u => u.Version);
        foreach (var month in versions.Keys.Select(s => s.Month).Distinct())
        {
            await foreach (var sheet in sheets.OfMonthAsync(organisation, month, cancellation))
            {
                if (versions.TryGetValue(sheet.Value.Session, out var known) && sheet.Value.Version > known)
                {
                    return true;
                }
            }
        }

        return false;
    }
}
