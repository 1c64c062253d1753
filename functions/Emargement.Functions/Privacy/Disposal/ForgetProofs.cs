using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Placements;
using Emargement.Functions.Placements.Documents;
using Emargement.Functions.Platform.Storage;
using Emargement.Functions.Sealing;
using Emargement.Functions.Sessions;
using Emargement.Functions.Sessions.Paper;
using Emargement.Functions.Sheets.Records;
using Emargement.Functions.Statements.Records;

namespace Emargement.Functions.Privacy.Disposal;

/// <summary>
/// The first step of forgetting a training: drawings, typed names, names of people on no list, sealed documents and scans of its half-days
/// and of its days in companies. The rows of the sheets stay, with hash, root and counts: a copy that somebody holds still verifies.
/// </summary>
public sealed class ForgetProofs(
    SessionsTable sessions,
    FactsTable facts,
    SheetBlobs sheets,
    PlacementsTable placements,
    PlacementFactsTable placementFacts,
    PlacementDocuments documents,
    StatementDocuments statements,
    SheetScans scans)
{
    /// <summary>How many half-days a training has: one range a month.</summary>
    public async Task<int> CountAsync(OrganisationId organisation, Training training, DateOnly last, CancellationToken cancellation) =>
        await sessions.OfTrainingAsync(organisation, training.Ref, training.FirstDay, last, cancellation).CountAsync(cancellation);

    /// <summary>One month's: done again, it finds nothing more.</summary>
    public async Task<DeletedBlobs> MonthAsync(
        OrganisationId organisation, Reference training, YearMonth month, CancellationToken cancellation)
    {
        var over = new HashSet<SessionId>();
        await foreach (var session in sessions.OfTrainingAsync(organisation, training, month.FirstDay, month.LastDay, cancellation))
        {
            await facts.ForgetMarksAsync(organisation, session.Id, cancellation);
            if (session.Unknown.Count > 0)
            {
                await ForgetUnknownAsync(organisation, session.Id, cancellation);
            }

            over.Add(session.Id);
        }

        return over.Count == 0
            ? default
            : await sheets.DeleteAsync(organisation, month, over, cancellation)
                + await scans.DeleteAsync(organisation, training, month, cancellation);
    }

    // Of people who were told of and whom nobody has dealt with since. Nobody writes such an old row any more; if somebody did, the
    // next look finds the names again.
    private async Task ForgetUnknownAsync(OrganisationId organisation, SessionId id, CancellationToken cancellation)
    {
        if (await sessions.FindAsync(organisation, id, cancellation) is { } stored)
        {
            await sessions.TryReplaceAsync(stored, stored.Value with { Unknown = [] }, cancellation);
        }
    }

    /// <summary>Certificates and statements made from it. Their rows stay.</summary>
    public Task<DeletedBlobs> StatementsAsync(OrganisationId organisation, Reference training, CancellationToken cancellation) =>
        statements.DeleteAsync(organisation, training, cancellation);

    /// <summary>Those of its placements.</summary>
    public async Task<DeletedBlobs> PlacementsAsync(
        OrganisationId organisation, Reference training, DateOnly first, DateOnly last, CancellationToken cancellation)
    {
        var deleted = default(DeletedBlobs);
        await foreach (var placement in placements.BetweenAsync(organisation, first, last, cancellation))
        {
            if (placement.Training == training)
            {
                await placementFacts.ForgetMarksAsync(organisation, placement.Id, cancellation);
                deleted += await documents.DeleteAsync(organisation, placement.Id, cancellation);
            }
        }

        return deleted;
    }
}
