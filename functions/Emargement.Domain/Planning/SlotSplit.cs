namespace Emargement.Domain.Planning;

/// <summary>A part of a planned slot: one Session. The suffix goes after the slot's reference.</summary>
public readonly record struct SlotPart(string Suffix, TimeOnly Start, TimeOnly End);

/// <summary>How a planned slot becomes Sessions: a learner signs before the break and after it.</summary>
public static class SlotSplit
{
    public const string BeforeBreak = "-M";
    public const string AfterBreak = "-A";

    /// <summary>Two parts when the slot contains its break, with work on both sides of it; else one. Without a break of its own, a slot
    /// that contains
    /// the organisation's whole lunch break is split by it. A slot whose end is not after its start ends on the next day.</summary>
    public static IReadOnlyList<SlotPart> Of(
        TimeOnly start, TimeOnly end, (TimeOnly Start, TimeOnly End)? ownBreak, (TimeOnly Start, TimeOnly End) lunch)
    {
        var pause = ownBreak ?? lunch;

        // Times of day minus the start are what has passed since, round the clock: a night's break compares like a day's.
        var (until, resumed) = (pause.Start - start, pause.End - start);
        return until > TimeSpan.Zero && until < resumed && resumed < end - start
            ? [new SlotPart(BeforeBreak, start, pause.Start), new SlotPart(AfterBreak, pause.End, end)]
            : [new SlotPart("", start, end)];
    }
}
