using Emargement.Domain.Platform;
using Emargement.Domain.Statements;
using Emargement.Functions.Sealing;

namespace Emargement.Functions.Statements.Records;

/// <summary>Which statement it is, whatever its version.</summary>
public sealed record StatementKey(Reference Training, Reference Learner, StatementKind Kind, StatementSpan Span);

/// <summary>A version of a statement.</summary>
public sealed record StatementPlace(OrganisationId Organisation, StatementKey Key, int Version)
{
    private const string Training = "StatementTraining";
    private const string Learner = "StatementLearner";
    private const string Kind = "StatementKind";
    private const string First = "StatementFirst";
    private const string Last = "StatementLast";
    private const string Day = "yyyy-MM-dd";

    /// <summary>As its code names it.</summary>
    public CodedPlace Coded => new(Organisation, Version, new Dictionary<string, string>
    {
        [Training] = Key.Training.Value,
        [Learner] = Key.Learner.Value,
        [Kind] = Key.Kind.NameOf(),
        [First] = Text(Key.Span.First),
        [Last] = Text(Key.Span.Last),
    });

    /// <returns>Null for another sort of document.</returns>
    public static StatementPlace? Of(CodedPlace place)
    {
        if (!place.Names.TryGetValue(Kind, out var name) || !StatementKinds.TryParse(name, out var kind))
        {
            return null;
        }

        var span = StatementSpan.Parse(place.Names[First], place.Names[Last]);
        var key = new StatementKey(
            Reference.Parse(place.Names[Training]), Reference.Parse(place.Names[Learner]), kind,
            span.IsOk ? span.Value : throw new FormatException($"A code names a statement of {place.Names[First]}."));
        return new StatementPlace(place.Organisation, key, place.Version);
    }

    private static string Text(DateOnly day) => day.ToString(Day, System.Globalization.CultureInfo.InvariantCulture);
}
