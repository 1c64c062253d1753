using Emargement.Domain.Platform;

namespace Emargement.Domain.Sessions.Modes;

/// <summary>How a whole group attests its presence in a month.</summary>
public enum SigningMode
{
    Electronic,
    Paper,
}

/// <summary>From this month on, until a later row of the same group, the group signs so.</summary>
public sealed record GroupModeRow(
    Reference Training, string Group, YearMonth Month, SigningMode Mode, string? Reason, string By, DateTimeOffset At);

/// <summary>The first month in which a training, or everybody, signs electronically.</summary>
/// <param name="Training">Null for the whole organisation.</param>
/// <param name="First">Null for never: all of it stays on paper.</param>
public sealed record FirstElectronicMonth(Reference? Training, YearMonth? First, string By, DateTimeOffset At);

/// <summary>
/// Which groups sign on paper, month by month. A month has one mode for a whole group, whoever pays its learners.
/// </summary>
public sealed class GroupModes
{
    private readonly ILookup<(Reference, string), GroupModeRow> _groups;
    private readonly Dictionary<Reference, FirstElectronicMonth> _trainings;

    public GroupModes(IEnumerable<GroupModeRow> groups, IEnumerable<FirstElectronicMonth> firsts)
    {
        (Groups, Firsts) = ([.. groups.OrderBy(g => g.Month)], [.. firsts]);
        _groups = Groups.ToLookup(g => (g.Training, g.Group));
        _trainings = Firsts.Where(f => f.Training is not null).ToDictionary(f => f.Training!.Value);
        Everybody = Firsts.FirstOrDefault(f => f.Training is null);
    }

    /// <summary>Nobody ever decided: everybody signs electronically.</summary>
    public static GroupModes None { get; } = new([], []);

    /// <summary>Those of groups, the earliest first.</summary>
    public IReadOnlyList<GroupModeRow> Groups { get; }

    public IReadOnlyList<FirstElectronicMonth> Firsts { get; }

    /// <summary>The organisation's own; null when it never decided.</summary>
    public FirstElectronicMonth? Everybody { get; }

    public FirstElectronicMonth? OfTraining(Reference training) => _trainings.GetValueOrDefault(training);

    public IEnumerable<GroupModeRow> OfGroup(Reference training, string group) => _groups[(training, group)];

    /// <summary>The group's latest row until that month, else what its training decided, else the organisation, else electronic.</summary>
    public SigningMode Of(Reference training, string group, YearMonth month) =>
        _groups[(training, group)].LastOrDefault(g => g.Month.CompareTo(month) <= 0)?.Mode
        ?? ModeOf(_trainings.GetValueOrDefault(training) ?? Everybody, month);

    /// <summary>A half-day of several groups is on paper when one of them is: one room signs in one way.</summary>
    public SigningMode Of(Session session) =>
        session.Groups.Any(g => Of(session.TrainingRef, g, session.Id.Month) == SigningMode.Paper)
            ? SigningMode.Paper
            : SigningMode.Electronic;

    public GroupModes With(GroupModeRow row) => new(
        [.. Groups.Where(g => (g.Training, g.Group, g.Month) != (row.Training, row.Group, row.Month)), row], Firsts);

    public GroupModes With(FirstElectronicMonth first) => new(Groups, [.. Firsts.Where(f => f.Training != first.Training), first]);

    /// <summary>Null when no half-day that was opened or recorded would change its mode; else <c>mode-month-begun</c> with the first
    /// month that is free.</summary>
    /// <param name="changed">As it would be.</param>
    /// <param name="begun">Half-days that were opened or recorded.</param>
    public Refusal? Check(GroupModes changed, IEnumerable<Session> begun) =>
        begun.Where(s => s.Groups.Any(g =>
                Of(s.TrainingRef, g, s.Id.Month) != changed.Of(s.TrainingRef, g, s.Id.Month)))
            .Select(s => (YearMonth?)s.Id.Month)
            .OrderByDescending(m => m!.Value.FirstDay)
            .FirstOrDefault() is { } last
            ? Refusal.Conflict("mode-month-begun", ("month", last.Plus(1).ToString()))
            : null;

    /// <summary>Why nobody signs a half-day electronically.</summary>
    public static Refusal OnPaper(Session session) => Refusal.Conflict("group-on-paper", ("month", session.Id.Month.ToString()));

    private static SigningMode ModeOf(FirstElectronicMonth? first, YearMonth month) =>
        first is null || (first.First is { } begin && begin.CompareTo(month) <= 0) ? SigningMode.Electronic : SigningMode.Paper;
}
