using Emargement.Domain.Placements.Export;
using Emargement.Domain.Platform;
using Emargement.Domain.Region;
using Emargement.Domain.Sessions;

namespace Emargement.Domain.Statements;

/// <summary>A half-day of a learner as the month's export has it, and where its Session stands.</summary>
public sealed record ReckonedHalfDay(HalfDayRow Row, SessionState State)
{
    /// <summary>Whether what happened may still change without anybody's correction: not closed, or its sheet not sealed yet.</summary>
    public bool IsOpen => Row.Modality != Modality.Company && (State != SessionState.Closed || Row.Sheet is null);
}

/// <summary>What a learner did in one training in one month, or in the part of it that was asked for.</summary>
public sealed record ReckonedMonth(
    YearMonth Month, IReadOnlyList<ReckonedHalfDay> HalfDays, IReadOnlyList<PlacementWeekRow> Weeks, StatementFigures Figures);

/// <summary>What a learner did in one training, month by month.</summary>
public sealed record Reckoned(Reference Training, Reference Learner, IReadOnlyList<ReckonedMonth> Months)
{
    public StatementFigures Figures => Months.Aggregate(StatementFigures.None, (sum, month) => sum + month.Figures);

    public IEnumerable<ReckonedHalfDay> HalfDays => Months.SelectMany(m => m.HalfDays);

    public IEnumerable<PlacementWeekRow> Weeks => Months.SelectMany(m => m.Weeks);

    public bool IsEmpty => !HalfDays.Any() && !Weeks.Any();
}

/// <summary>
/// Reckons what learners did by the code under the Région's export, <see cref="RegionMonth"/>, whoever pays: one reckoning for every
/// document.
/// </summary>
public sealed class Reckoning
{
    private readonly Dictionary<(Reference Training, Reference Learner), List<ReckonedMonth>> _months = [];

    /// <summary>Reads the next month.</summary>
    /// <param name="scope">Of the month, with everyone in it who is asked for, whoever pays.</param>
    /// <param name="days">The sessions of those people, day by day, each person's whatever the training: minutes of two sessions at once
    /// count once.</param>
    /// <param name="weeks">Their weeks in companies.</param>
    public void Read(RegionScope scope, IEnumerable<IReadOnlyList<SessionFacts>> days, IReadOnlyList<PlacementWeekRow> weeks)
    {
        var month = new RegionMonth(scope);
        var halfDays = new List<ReckonedHalfDay>();
        foreach (var day in days)
        {
            var states = day.ToDictionary(s => s.Session.Id, s => s.Session.State);
            halfDays.AddRange(month.Read(day).HalfDays.Select(row => new ReckonedHalfDay(row, states[row.Session])));
        }

        var byLearner = halfDays.ToLookup(h => (h.Row.Training, h.Row.Learner));
        var ofCompanies = weeks.ToLookup(w => (w.Training, w.Learner));
        foreach (var line in month.Summary(weeks))
        {
            var key = (line.Training, line.Learner.Ref);
            if (!_months.TryGetValue(key, out var known))
            {
                _months[key] = known = [];
            }

            known.Add(new ReckonedMonth(scope.Month, [.. byLearner[key]], [.. ofCompanies[key]], StatementFigures.Of(line)));
        }
    }

    public Reckoned Of(Reference training, Reference learner) =>
        new(training, learner, _months.GetValueOrDefault((training, learner)) ?? []);
}
