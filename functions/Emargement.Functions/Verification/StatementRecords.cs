using Emargement.Domain.Statements;
using Emargement.Domain.Verification;
using Emargement.Functions.People;
using Emargement.Functions.Sealing;
using Emargement.Functions.Statements;
using Emargement.Functions.Statements.Records;

namespace Emargement.Functions.Verification;

/// <summary>What is recorded of a certificate or a statement of attendance.</summary>
public sealed class StatementRecords(
    StatementsTable table, StatementDocuments documents, StatementStanding standing, OrganisationsTable organisations,
    TrainingsTable trainings) : IDocumentRecords
{
    public bool Know(CodedPlace place) => StatementPlace.Of(place) is not null;

    public Task<byte[]?> ReadAsync(CodedPlace place, CancellationToken cancellation) =>
        documents.ReadAsync(StatementPlace.Of(place)!, cancellation);

    public async Task<DocumentFinding?> FindAsync(CodedPlace place, CancellationToken cancellation)
    {
        var of = StatementPlace.Of(place)!;
        var versions = await table.VersionsAsync(of.Organisation, of.Key, cancellation);
        if (versions.FirstOrDefault(v => v.Version == of.Version) is not { } record)
        {
            return null;
        }

        var (organisation, training) = (
            await organisations.FindAsync(of.Organisation, cancellation),
            await trainings.FindAsync(of.Organisation, of.Key.Training, cancellation));
        var (latest, used) = (versions[^1], await standing.SheetsAsync(of, record, cancellation));
        return new DocumentFinding(
            record.Code.ToString(), organisation?.Value.Name ?? of.Organisation.Value, training?.Value.Title, null,
            of.Key.Span.First, of.Key.Span.Last, record.Version, record.Sha256, record.SealedAt, record.Development, latest.Version,
            latest.Code.ToString())
        {
            Statement = of.Key.Kind.NameOf(),
            Sheets = [.. used.Select(u => u.Code)],
            Outdated = latest == record && await standing.IsOutdatedAsync(of, record, used, cancellation),
        };
    }
}
