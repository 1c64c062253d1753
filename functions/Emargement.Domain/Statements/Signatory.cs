using Emargement.Domain.Platform;

namespace Emargement.Domain.Statements;

/// <summary>
/// Whom the organisation names to sign its certificates of completion: the representative of the ministry's model. The mark is drawn by
/// that person, signed in, and used when that person asks for certificates, never otherwise.
/// </summary>
/// <param name="Account">Who it is: <c>manager:REF</c>.</param>
/// <param name="Name">As printed.</param>
/// <param name="Capacity">« directrice », « responsable pédagogique ».</param>
/// <param name="Place">Where certificates are made out.</param>
/// <param name="Drawing">Path data of the drawn signature; null until it is drawn.</param>
/// <param name="TypedName">The name typed by somebody who does not draw; null otherwise.</param>
public sealed record Signatory(
    string Account, string Name, string Capacity, string Place, string? Drawing = null, string? TypedName = null)
{
    /// <summary>Characters of a name, a capacity or a place at most.</summary>
    public const int MaxText = 100;

    /// <summary>Whether there is a mark for certificates to bear.</summary>
    public bool IsMarked => Drawing is not null || TypedName is not null;

    public Signatory Unmarked => this with { Drawing = null, TypedName = null };

    /// <returns>The signatory without a mark, or <c>signatory-invalid</c>.</returns>
    public static Result<Signatory> Of(string account, string? name, string? capacity, string? place) =>
        PlainText.Within(name ?? "", MaxText) is { Length: > 1 } named
        && PlainText.Within(capacity ?? "", MaxText) is { Length: > 1 } asWhat
        && PlainText.Within(place ?? "", MaxText) is { Length: > 0 } where
            ? new Signatory(account, named, asWhat, where)
            : Refusal.BadInput("signatory-invalid");
}
