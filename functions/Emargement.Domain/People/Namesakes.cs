using System.Globalization;
using Emargement.Domain.Platform;

namespace Emargement.Domain.People;

/// <summary>A person of a list, as far as it takes to tell them from others of the same name.</summary>
public readonly record struct ListedPerson(Reference Ref, string LastName, string FirstName, DateOnly? BirthDate);

/// <summary>
/// What tells people of one name apart in a list: the date of birth of whoever has one that no other of them has, else the reference.
/// </summary>
public static class Namesakes
{
    /// <returns>By reference, what to write behind the name of each who shares it; nobody else is in it.</returns>
    public static IReadOnlyDictionary<Reference, string> Of(IEnumerable<ListedPerson> list)
    {
        var apart = new Dictionary<Reference, string>();
        foreach (var namesakes in list.DistinctBy(p => p.Ref).GroupBy(SameName, StringComparer.Ordinal).Where(g => g.Skip(1).Any()))
        {
            foreach (var person in namesakes)
            {
                apart[person.Ref] = person.BirthDate is { } birth && namesakes.Count(p => p.BirthDate == birth) == 1
                    ? birth.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture)
                    : person.Ref.Value;
            }
        }

        return apart;
    }

    /// <summary>A name with what tells it apart, if anything must: « Marie Dupont (03/05/1990) ».</summary>
    public static string Named(string name, string? apart) => apart is null ? name : $"{name} ({apart})";

    // Names that people take for the same: without case, accents, spaces and dashes.
    private static string SameName(ListedPerson person) => string.Concat(PersonWords.Words($"{person.LastName} {person.FirstName}"));
}
