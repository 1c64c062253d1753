namespace Emargement.Functions.Platform.Audit;

/// <summary>What a journal is asked about: a person, a session, or whoever acted.</summary>
/// <param name="Letter">In the partition key.</param>
/// <param name="Of">Key of the account, id of the session, or the actor as rows name it.</param>
public sealed record AuditQuestion(char Letter, string Of)
{
    public const char PersonLetter = 'P';
    public const char SessionLetter = 'S';

    // A key of a table has 1,024 bytes; no text of ours comes near.
    private const int LongestKey = 400;

    /// <summary>Safe in a table's key, whatever somebody wrote in an address.</summary>
    public string Key => string.Concat(
        (Of.Length > LongestKey ? Of[..LongestKey] : Of).Select(c => c is '/' or '\\' or '#' or '?' || char.IsControl(c) ? '~' : c));

    public static AuditQuestion Person(string account) => new(PersonLetter, account);

    public static AuditQuestion Session(string session) => new(SessionLetter, session);

    public static AuditQuestion Actor(string by) => new('A', by);

    /// <summary>Every question to which an event is an answer.</summary>
    public static IEnumerable<AuditQuestion> All(AuditEvent noted)
    {
        if (noted.Person is { } person)
        {
            yield return Person(person);
        }

        if (noted.Session is { } session)
        {
            yield return Session(session);
        }

        if (noted.By.Length > 0)
        {
            yield return Actor(noted.By);
        }
    }

    public bool IsAnsweredBy(AuditEvent noted) => All(noted).Contains(this);
}
