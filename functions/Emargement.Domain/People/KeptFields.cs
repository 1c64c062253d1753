namespace Emargement.Domain.People;

/// <summary>Names of the fields that a person changed by hand: files leave them until both say the same.</summary>
public readonly record struct KeptFields
{
    private const char Separator = ',';

    private readonly string? _text;

    private KeptFields(IEnumerable<string> names) =>
        _text = string.Join(Separator, names.Distinct().Order(StringComparer.Ordinal)) is { Length: > 0 } text ? text : null;

    /// <summary>In alphabetical order.</summary>
    public IReadOnlyList<string> Names => _text?.Split(Separator) ?? [];

    public bool Any => _text is not null;

    /// <summary>Reads back <see cref="ToString"/>.</summary>
    public static KeptFields Parse(string? text) => new(text?.Split(Separator, StringSplitOptions.RemoveEmptyEntries) ?? []);

    public bool Has(string field) => Names.Contains(field);

    public KeptFields With(IEnumerable<string> fields) => new(Names.Concat(fields));

    public KeptFields Without(IEnumerable<string> fields) => new(Names.Except(fields));

    public override string ToString() => _text ?? "";
}
