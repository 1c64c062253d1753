namespace Emargement.Domain.Signing;

/// <summary>What a one-time code is worth.</summary>
public enum TokenVerdict
{
    Accepted,

    /// <summary>It was right, and has served.</summary>
    Used,

    /// <summary>It would be right by a clock that is off: the next one shows whether it is.</summary>
    OneMore,

    Wrong,
}

/// <summary>What a learner's token remembers so that every code is used once: the last time step accepted (RFC 6238 section 5.2) and the
/// codes crossed off the printed card (RFC 4226 counters); and by how much its clock is off (RFC 6238 section 6).</summary>
/// <param name="LastStep">Last time step accepted; 0 before the first.</param>
/// <param name="CardUsed">Bit n set: code n of the card was used.</param>
/// <param name="Drift">Steps by which its clock is ahead of ours; negative when it is behind.</param>
/// <param name="Seen">Step of a code that was right by a clock further off; 0 for none.</param>
/// <param name="SeenDrift">How far off it was.</param>
public sealed record TokenMemory(long LastStep, long CardUsed, int Drift = 0, long Seen = 0, int SeenDrift = 0)
{
    /// <summary>Codes of a card.</summary>
    public const int CardCodes = 40;

    /// <summary>Steps by which a code may be off the drift that is known: people type slowly.</summary>
    public const int Slack = 1;

    /// <summary>Steps by which a clock may be off: five minutes, years of a cheap quartz.</summary>
    public const int MostDrift = 10;

    public static TokenMemory Fresh { get; } = new(0, 0);

    /// <summary>The memory of a new token for the same learner; the card stays.</summary>
    public TokenMemory WithNewToken() => Fresh with { CardUsed = CardUsed };

    /// <summary>Judges the code of a time step.</summary>
    /// <param name="step">Of the code.</param>
    /// <param name="clock">The step of our clock.</param>
    /// <returns>The verdict, and what is to be remembered if it is told.</returns>
    public (TokenVerdict Verdict, TokenMemory After) Judge(long step, long clock)
    {
        var drift = (int)Math.Clamp(step - clock, -MostDrift - 1, MostDrift + 1);
        if (Math.Abs(drift - Drift) <= Slack)
        {
            return step > LastStep
                ? (TokenVerdict.Accepted, this with { LastStep = step, Seen = 0, SeenDrift = 0 })
                : (TokenVerdict.Used, this);
        }

        if (Math.Abs(drift) > MostDrift || step <= LastStep)
        {
            return (TokenVerdict.Wrong, this);
        }

        // Two in a row by the same wrong clock: it is the clock.
        return Seen > 0 && step - Seen is 1 or 2 && Math.Abs(drift - SeenDrift) <= Slack
            ? (TokenVerdict.Accepted, this with { LastStep = step, Drift = drift, Seen = 0, SeenDrift = 0 })
            : (TokenVerdict.OneMore, this with { Seen = step, SeenDrift = drift });
    }

    /// <summary>Judges a code of the card.</summary>
    public (TokenVerdict Verdict, TokenMemory After) JudgeCard(int index) => (CardUsed & (1L << index)) == 0
        ? (TokenVerdict.Accepted, this with { CardUsed = CardUsed | (1L << index) })
        : (TokenVerdict.Used, this);
}
