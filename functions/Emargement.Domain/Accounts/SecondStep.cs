using Emargement.Domain.Platform.Codes;

namespace Emargement.Domain.Accounts;

/// <summary>How strongly somebody has shown who they are (OWASP ASVS 5.0, 6.3.3 and 6.8.4): whoever starts a sign-in says it.</summary>
public enum SignInProof
{
    /// <summary>A password, or a provider that does not say more.</summary>
    OneFactor,

    /// <summary>Something known and something held, or a key that was unlocked for this.</summary>
    TwoFactors,
}

/// <summary>What is left to do after a first factor.</summary>
public enum NextStep
{
    /// <summary>Set up the second step: it is asked of this account, and there is none yet.</summary>
    Enrol,

    /// <summary>Give a code.</summary>
    SecondStep,
}

/// <summary>Who has to take the second step when they sign in.</summary>
public static class SecondStepRule
{
    /// <summary>Only those who open other people's data may have one.</summary>
    public static bool IsFor(AccountKind kind) => kind != AccountKind.Learner;

    /// <param name="isSet">Whether the account has set it up.</param>
    /// <param name="askedOfTrainers">Whether the organisation asks it of its trainers.</param>
    /// <returns>Null when one factor is enough.</returns>
    public static NextStep? After(AccountKind kind, bool isSet, bool askedOfTrainers) =>
        !IsFor(kind) ? null
        : isSet ? NextStep.SecondStep
        : IsAskedOf(kind, askedOfTrainers) ? NextStep.Enrol
        : null;

    /// <summary>Whether one factor opens nothing of such an account's, set up or not.</summary>
    /// <param name="askedOfTrainers">Whether the organisation asks it of its trainers.</param>
    public static bool IsAskedOf(AccountKind kind, bool askedOfTrainers) =>
        kind is AccountKind.Manager or AccountKind.Officer || (kind == AccountKind.Trainer && askedOfTrainers);
}

/// <summary>A recovery code: 16 characters of base32, 80 bits. The first two say which of the ten it is and are no secret.</summary>
public static class SpareCode
{
    public const int Count = 10;
    public const int Length = 16;
    public const int PrefixLength = 2;
    public const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>The one form of what was typed, or null when it is none.</summary>
    public static string? Of(string? typed) =>
        TypedCode.Of(typed) is { Length: Length } code && code.All(c => Alphabet.Contains(c, StringComparison.Ordinal)) ? code : null;

    /// <summary>As it is shown: four groups of four.</summary>
    public static string Written(string code) => string.Join('-', code.Chunk(4).Select(group => new string(group)));
}
