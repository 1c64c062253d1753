using Emargement.Domain.Platform;

namespace Emargement.Domain.Planning.Import;

/// <summary>References that there are, found as written or else, when only one is meant, without regard to case.</summary>
public sealed class KnownReferences
{
    private readonly HashSet<Reference> _exact = [];

    // Null: several differ by case alone.
    private readonly Dictionary<string, Reference?> _folded = new(StringComparer.OrdinalIgnoreCase);

    public KnownReferences(IEnumerable<Reference> references)
    {
        foreach (var reference in references)
        {
            Add(reference);
        }
    }

    public void Add(Reference reference)
    {
        if (_exact.Add(reference) && !_folded.TryAdd(reference.Value, reference))
        {
            _folded[reference.Value] = null;
        }
    }

    public Reference? Find(Reference written) => _exact.Contains(written) ? written : _folded.GetValueOrDefault(written.Value);
}
