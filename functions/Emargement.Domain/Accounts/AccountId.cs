using System.Diagnostics.CodeAnalysis;
using Emargement.Domain.Platform;

namespace Emargement.Domain.Accounts;

/// <summary>Who may hold an account; the order is the one in which a login that names several is tried.</summary>
public enum AccountKind
{
    Manager,
    Trainer,
    Learner,

    /// <summary>Somebody of a Région, who answers organisations' months.</summary>
    Officer,
}

/// <summary>
/// Names one account of an organisation. Written <c>trainer:REF</c> in facts; its key,
/// <c>trainer:REFKEY</c>, is safe in a table and in an address.
/// </summary>
public readonly record struct AccountId(AccountKind Kind, Reference Person)
{
    /// <summary>The form of table keys and addresses.</summary>
    public string Key => $"{Word(Kind)}:{Person.Key}";

    /// <summary>Reads back <see cref="Key"/>.</summary>
    public static bool TryParseKey([NotNullWhen(true)] string? key, out AccountId id)
    {
        id = default;
        var parts = key?.Split(':', 2);
        if (parts is not [var word, var person] || !TryParseKind(word, out var kind) || !Reference.TryParseKey(person, out var reference))
        {
            return false;
        }

        id = new AccountId(kind, reference);
        return true;
    }

    /// <summary>Reads back what facts hold; a tutor, a machine or the system has no account.</summary>
    public static bool TryParse([NotNullWhen(true)] string? by, out AccountId id)
    {
        id = default;
        var parts = by?.Split(':', 2);
        if (parts is not [var word, var person] || !TryParseKind(word, out var kind) || !Reference.TryParse(person, out var reference))
        {
            return false;
        }

        id = new AccountId(kind, reference);
        return true;
    }

    public static string Word(AccountKind kind) => kind switch
    {
        AccountKind.Manager => "manager",
        AccountKind.Trainer => "trainer",
        AccountKind.Officer => "officer",
        _ => "learner",
    };

    public override string ToString() => $"{Word(Kind)}:{Person.Value}";

    private static bool TryParseKind(string word, out AccountKind kind)
    {
        kind = word switch
        {
            "manager" => AccountKind.Manager,
            "trainer" => AccountKind.Trainer,
            "officer" => AccountKind.Officer,
            _ => AccountKind.Learner,
        };
        return Word(kind) == word;
    }
}
