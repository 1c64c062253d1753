using Emargement.Domain.Platform;

namespace Emargement.Domain.People;

/// <summary>A Région as its officers find it.</summary>
public sealed record RegionSettings(RegionCode Region, string Name)
{
    /// <summary>The longest month has this day in every month.</summary>
    public const int LastDueDay = 28;

    /// <summary>Days after its receipt at most at which a month closes by itself.</summary>
    public const int LastLockDay = 365;

    private const int MaxName = 100;

    /// <summary>The day of the next month up to which a month is to be sent; null for none.</summary>
    public int? DueDay { get; init; }

    /// <summary>Whether the Région answers months here, so that it closes them, and no manager does.</summary>
    public bool Answers { get; init; }

    /// <summary>Whether its exports keep to the first schema, which the Région's systems may still read.</summary>
    public bool FirstSchema { get; init; }

    /// <summary>How many days after its receipt a month closes by itself; null for never.</summary>
    public int? LockAfter { get; init; }

    /// <summary>Whether a month that the Région has is to be closed by itself.</summary>
    /// <param name="received">When it said so last.</param>
    public bool Closes(DateTimeOffset received, DateTimeOffset now) => LockAfter is { } days && now >= received.AddDays(days);

    /// <summary>Whether a month that was not sent by that day is late.</summary>
    /// <param name="today">Of the Région.</param>
    public bool IsLate(YearMonth month, DateOnly today) =>
        DueDay is { } day && today > month.Plus(1).FirstDay.AddDays(day - 1);

    /// <returns>The settings changed, or <c>name-invalid</c>, <c>due-day-invalid</c>, <c>lock-after-invalid</c>.</returns>
    public Result<RegionSettings> With(string? name, int? dueDay, int? lockAfter, bool answers, bool firstSchema) =>
        PlainText.Within(name, MaxName) is not { } plain ? Refusal.BadInput("name-invalid")
        : dueDay is < 1 or > LastDueDay ? Refusal.BadInput("due-day-invalid")
        : lockAfter is < 1 or > LastLockDay ? Refusal.BadInput("lock-after-invalid")
        : this with { Name = plain, DueDay = dueDay, LockAfter = lockAfter, Answers = answers, FirstSchema = firstSchema };
}
