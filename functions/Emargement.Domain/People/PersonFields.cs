namespace Emargement.Domain.People;

/// <summary>A field of a person that files and people both may set.</summary>
/// <param name="Name">As the API writes it.</param>
/// <param name="Column">As files write it.</param>
/// <param name="Copy">The first with the field of the second.</param>
public sealed record PersonField<T>(string Name, string Column, Func<T, object?> Get, Func<T, T, T> Copy);

/// <summary>
/// The fields of a sort of people, and what becomes of them when a person or a file changes them: what a person changed stands above the
/// file until both say the same.
/// </summary>
/// <param name="kept">Reads which fields are kept.</param>
/// <param name="withKept">Says which fields are kept.</param>
public sealed class PersonFields<T>(Func<T, KeptFields> kept, Func<T, KeptFields, T> withKept, params IReadOnlyList<PersonField<T>> fields)
{
    /// <summary>What a person made of the stored value: fields that differ are kept from now on.</summary>
    /// <param name="following">Fields that files may set again.</param>
    public T ByHand(T stored, T asked, IReadOnlyCollection<string> following)
    {
        var changed = fields.Where(f => !Equals(f.Get(stored), f.Get(asked))).Select(f => f.Name);
        return withKept(asked, kept(stored).Without(following).With(changed));
    }

    /// <summary>What the stored value becomes when a file names it.</summary>
    /// <param name="says">Whether the file has a column.</param>
    public T ByFile(T stored, T file, Func<string, bool> says)
    {
        var still = kept(stored);
        var merged = file;
        foreach (var field in fields.Where(f => still.Has(f.Name)))
        {
            if (!Equals(field.Get(stored), field.Get(file)))
            {
                merged = field.Copy(merged, stored);
            }
            else if (says(field.Column))
            {
                still = still.Without([field.Name]);
            }
        }

        return withKept(merged, still);
    }

    /// <summary>Columns of which the file says something else than the person who changed them.</summary>
    public IReadOnlyList<string> Overruled(T stored, T file) =>
        [.. fields.Where(f => kept(stored).Has(f.Name) && !Equals(f.Get(stored), f.Get(file))).Select(f => f.Column)];
}

/// <summary>The fields of learners and of trainers.</summary>
public static class PersonFields
{
    public static PersonFields<Learner> OfLearner { get; } = new(
        l => l.Kept,
        (l, kept) => l with { Kept = kept },
        new("title", "civilite", l => l.Title, (to, from) => to with { Title = from.Title }),
        new("lastName", "nom", l => l.LastName, (to, from) => to with { LastName = from.LastName }),
        new("firstName", "prenom", l => l.FirstName, (to, from) => to with { FirstName = from.FirstName }),
        new("birthDate", "date_naissance", l => l.BirthDate, (to, from) => to with { BirthDate = from.BirthDate }),
        new("email", "email", l => l.Email, (to, from) => to with { Email = from.Email }),
        new("phone", "telephone", l => l.Phone, (to, from) => to with { Phone = from.Phone }),
        new("language", "langue", l => l.Language, (to, from) => to with { Language = from.Language }));

    public static PersonFields<Trainer> OfTrainer { get; } = new(
        t => t.Kept,
        (t, kept) => t with { Kept = kept },
        new("lastName", "nom", t => t.LastName, (to, from) => to with { LastName = from.LastName }),
        new("firstName", "prenom", t => t.FirstName, (to, from) => to with { FirstName = from.FirstName }),
        new("email", "email", t => t.Email, (to, from) => to with { Email = from.Email }));
}
