using Emargement.Domain.People;
using Emargement.Domain.Platform;

namespace Emargement.Domain.Planning.Import;

/// <summary>Trainers that there are, found by reference or by a name that one alone bears: whole, first name before or behind, or the last
/// name.</summary>
public sealed class KnownTrainers
{
    private static readonly string[] Titles = ["monsieur", "madame", "mademoiselle", "mme", "mlle", "mr", "m"];

    // Null: several bear it.
    private readonly Dictionary<string, Reference?> _names = [];

    public KnownTrainers(IEnumerable<Trainer> trainers)
    {
        foreach (var trainer in trainers)
        {
            Add(trainer);
        }
    }

    public KnownReferences References { get; } = new([]);

    public void Add(Trainer trainer)
    {
        References.Add(trainer.Ref);
        foreach (var name in new[] { trainer.LastName + trainer.FirstName, trainer.FirstName + trainer.LastName, trainer.LastName })
        {
            var key = ImportColumns.Normalise(name);
            _names[key] = !_names.TryGetValue(key, out var known) || known == trainer.Ref ? trainer.Ref : null;
        }
    }

    public Reference? ByName(string written)
    {
        var words = written.Split([' ', '.'], StringSplitOptions.RemoveEmptyEntries);
        var bare = words.Length > 1 && Titles.Contains(words[0], StringComparer.OrdinalIgnoreCase) ? string.Concat(words[1..]) : written;
        return _names.GetValueOrDefault(ImportColumns.Normalise(bare));
    }
}
