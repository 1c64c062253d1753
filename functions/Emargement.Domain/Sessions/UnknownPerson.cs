using Emargement.Domain.Platform;

namespace Emargement.Domain.Sessions;

/// <summary>Somebody in the room whom nobody enrolled: a name for the managers, no attendance and no evidence.</summary>
/// <param name="By">Who saw them.</param>
public sealed record UnknownPerson(string LastName, string FirstName, DateTimeOffset At, string By)
{
    /// <summary>Told of one Session at most.</summary>
    public const int Most = 10;

    private const int MaxName = 100;

    /// <returns>The person, or <c>unknown-name-missing</c> when a name is empty or too long.</returns>
    public static Result<UnknownPerson> Of(string? lastName, string? firstName, DateTimeOffset at, string by) =>
        PlainText.Within(lastName, MaxName) is { } last && PlainText.Within(firstName, MaxName) is { } first
            ? new UnknownPerson(last, first, at, by)
            : Refusal.BadInput("unknown-name-missing");

    public bool IsSameAs(UnknownPerson other) =>
        string.Equals(LastName, other.LastName, StringComparison.OrdinalIgnoreCase)
        && string.Equals(FirstName, other.FirstName, StringComparison.OrdinalIgnoreCase);
}
