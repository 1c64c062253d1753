using Emargement.Domain.Verification;
using Emargement.Functions.Sealing;

namespace Emargement.Functions.Verification;

/// <summary>What is recorded of one sort of sealed documents, for whoever holds one.</summary>
public interface IDocumentRecords
{
    /// <summary>Whether the code names a document of this sort.</summary>
    bool Know(CodedPlace place);

    /// <returns>The PDF as kept; null when there is none.</returns>
    Task<byte[]?> ReadAsync(CodedPlace place, CancellationToken cancellation);

    /// <returns>Null when no such version was recorded.</returns>
    Task<DocumentFinding?> FindAsync(CodedPlace place, CancellationToken cancellation);
}
