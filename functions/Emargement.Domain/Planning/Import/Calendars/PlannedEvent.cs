using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Emargement.Domain.Platform;
using Emargement.Domain.Platform.Calendar;

namespace Emargement.Domain.Planning.Import.Calendars;

/// <summary>How an event repeats.</summary>
/// <param name="IsOpenEnded">Whether its rule names no end.</param>
/// <param name="Starts">Wall-clock starts in order, those that are left out not among them; null when it cannot be told further.</param>
public sealed record EventRepeats(bool IsOpenEnded, IEnumerable<DateTime?> Starts);

/// <summary>The occurrence that an event stands for in place of its series.</summary>
/// <param name="At">Null when only the day is named.</param>
public readonly record struct ReplacedOccurrence(DateOnly Day, DateTimeOffset? At);

/// <summary>An event of a calendar, as far as it is needed.</summary>
public sealed partial record PlannedEvent
{
    // With a day and the suffix of a half it must fit in a reference.
    private const int MaxIdentity = 80;

    // Of an event that cannot be read.
    private static readonly DateTime NoTime = new(2000, 1, 1);

    /// <summary>The first event of an import's calendars being 1.</summary>
    public required int Number { get; init; }

    /// <summary>Which of the import's calendars it is in.</summary>
    public required int Calendar { get; init; }

    public required string CalendarName { get; init; }

    public required string Uid { get; init; }

    /// <summary>Later versions of an event have a higher sequence, or a later change.</summary>
    public (int Sequence, DateTime Modified) Version { get; init; }

    public ReplacedOccurrence? Replaces { get; init; }

    /// <summary>Whether it stands for all later occurrences too, not for the one that it replaces alone.</summary>
    public bool ReplacesLater { get; init; }

    public SiteZone Zone { get; init; } = SiteZone.Paris;

    /// <summary>Wall-clock times in its zone.</summary>
    public DateTime Start { get; init; } = NoTime;

    public DateTime End { get; init; } = NoTime;

    public bool IsAllDay { get; init; }

    public bool IsCancelled { get; init; }

    public EventRepeats? Repeats { get; init; }

    public string Summary { get; init; } = "";

    public EventFields Fields { get; init; } = EventFields.Of("", "", "");

    /// <summary>All that is written in it and its calendar's name, in the form of <see cref="CalendarWords"/>.</summary>
    public string Words { get; init; } = " ";

    /// <summary>Why it cannot be imported, or null.</summary>
    public (string Code, string Sentence)? Problem { get; init; }

    /// <summary>Values whose characters were put right while they were read.</summary>
    public IReadOnlyList<string> Repaired { get; init; } = [];

    /// <summary>
    /// What the event is called whoever subscribed to the calendar. Hyperplanning puts the group or the person whose calendar it is into
    /// the identifier: <c>Cours-868389-16-G1-Index-Education</c> is <c>Cours-868389-16</c> for everybody.
    /// </summary>
    public string Identity
    {
        get
        {
            var uid = Hyperplanning().Match(Uid) is { Success: true } course ? course.Groups[1].Value : Uid;
            return uid.Length <= MaxIdentity ? uid : $"{uid[..40]}~{Convert.ToHexStringLower(Sha(uid)[..16])}";
        }
    }

    /// <summary>By how much it moves what it replaces.</summary>
    public TimeSpan Shift(PlannedEvent series) => Start - (Replaces is { At: { } at }
        ? Zone.ToLocal(at).DateTime
        : Replaces!.Value.Day.ToDateTime(TimeOnly.FromDateTime(series.Start)));

    public DateTimeOffset Instant(DateTime local) => Zone.ToInstant(DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));

    private static byte[] Sha(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    [GeneratedRegex(@"\A(Cours-[0-9]+-[0-9]+)-.*Index-Education\z")]
    private static partial Regex Hyperplanning();
}
