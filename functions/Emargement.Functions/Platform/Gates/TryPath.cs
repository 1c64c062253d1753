using Emargement.Domain.Platform;

namespace Emargement.Functions.Platform.Gates;

/// <summary>Where tries are counted together. Each way to guess has a path of its own: what is done on one locks no other.</summary>
/// <param name="Key">Which way, who and from where, <c>|</c> between them; safe in a table's key.</param>
public sealed record TryPath(OrganisationId Organisation, string Key)
{
    /// <summary>Which way to guess.</summary>
    public string Way => Key.Split('|')[0];

    /// <summary>From where somebody who is not known guesses: what is wrong counts for all of it too. Null where it does not.</summary>
    public string? Network { get; init; }

    /// <param name="way">What is guessed, and how.</param>
    /// <param name="parts">Who is meant, and from where it comes.</param>
    public static TryPath Of(OrganisationId organisation, string way, params IEnumerable<string> parts) =>

        // A network is written with a slash, which a key may not hold.
        new(organisation, string.Join('|', parts.Prepend(way)).Replace('/', '_'));
}
