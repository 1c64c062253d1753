namespace Emargement.Domain.Signing;

/// <summary>What a learner's token remembers so that every code is used once: the last time step accepted (RFC 6238 section 5.2) and the
/// codes crossed off the printed card (RFC 4226 counters).</summary>
/// <param name="LastStep">Last time step accepted; 0 before the first.</param>
/// <param name="CardUsed">Bit n set: code n of the card was used.</param>
public sealed record TokenMemory(long LastStep, long CardUsed)
{
    /// <summary>Codes of a card.</summary>
    public const int CardCodes = 40;

    public static TokenMemory Fresh { get; } = new(0, 0);

    /// <summary>The memory after a time code, or null when that step or a later one was used.</summary>
    public TokenMemory? Accept(long step) => step > LastStep ? this with { LastStep = step } : null;

    /// <summary>The memory after a card's code, or null when it was crossed off.</summary>
    public TokenMemory? AcceptCard(int index) => (CardUsed & (1L << index)) == 0 ? this with { CardUsed = CardUsed | (1L << index) } : null;
}
