using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Statements.Records;
using Emargement.Functions.Statements.Signing;

namespace Emargement.Functions.Statements.Issuing;

/// <summary>A statement as it would be now, marked as provisional on each page and never sealed: half-days may be open.</summary>
public sealed class DraftStatement(StatementReader reader, PrepareStatement prepare, UseSignatory signatories)
{
    /// <returns>The PDF, or <c>statement-empty</c>.</returns>
    public async Task<Result<byte[]>> RunAsync(Organisation organisation, StatementKey key, CancellationToken cancellation)
    {
        var source = await reader.ReadAsync(organisation, [key.Learner], key.Span, cancellation);
        var signs = await signatories.NamedAsync(organisation.Id, cancellation);
        return prepare.Run(source, key, signs).Then(prepared => StatementPdf.Write(prepared.Content));
    }
}
