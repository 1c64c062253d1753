namespace Emargement.Web.Accounts.Office;

/// <param name="Key">As the journal names somebody: <c>learner:S1</c>, <c>machine:ab12</c>, empty for nobody known.</param>
/// <param name="Name">Null where no account is known by that key.</param>
public sealed record JournalPerson(string Key, string? Name);

/// <param name="Kind">What sort of act, as in the texts under <c>journal.kind.</c></param>
/// <param name="Act">The function or the fact.</param>
/// <param name="Done">False when it was refused.</param>
public sealed record JournalRow(
    DateTimeOffset At,
    string Kind,
    string Act,
    JournalPerson By,
    JournalPerson? Person,
    string? Session,
    string? About,
    string Network,
    bool Done);

public sealed record JournalModel
{
    public required string Organisation { get; init; }

    public string? Person { get; init; }

    public string? Session { get; init; }

    public string? Actor { get; init; }

    public required DateOnly From { get; init; }

    public required DateOnly To { get; init; }

    public required IReadOnlyList<JournalRow> Rows { get; init; }

    /// <summary>Where the same is as a file.</summary>
    public required string File { get; init; }

    /// <summary>The next page, or null.</summary>
    public string? More { get; init; }
}
