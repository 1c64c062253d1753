using Emargement.Domain.Platform;

namespace Emargement.Domain.Planning.Import;

/// <summary>The groups of each training in which somebody is enrolled.</summary>
public sealed class KnownGroups
{
    private static readonly KnownReferences None = new([]);

    private readonly Dictionary<Reference, KnownReferences> _groups = [];
    private readonly Dictionary<string, HashSet<(Reference Training, string Group)>> _named = new(StringComparer.OrdinalIgnoreCase);

    public KnownGroups(IEnumerable<(Reference Training, string Group)> groups)
    {
        foreach (var (training, group) in groups)
        {
            Add(training, group);
        }
    }

    public void Add(Reference training, string group)
    {
        (_groups.TryGetValue(training, out var known) ? known : _groups[training] = new KnownReferences([])).Add(Reference.Parse(group));
        (_named.TryGetValue(group, out var named) ? named : _named[group] = []).Add((training, group));
    }

    /// <summary>Groups of that name, whatever their training.</summary>
    public IEnumerable<(Reference Training, string Group)> Named(string name) => _named.GetValueOrDefault(name) ?? [];

    public KnownReferences Of(Reference training) => _groups.GetValueOrDefault(training, None);
}
