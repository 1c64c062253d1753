using System.Globalization;
using Emargement.Domain.Planning;
using Emargement.Domain.Platform;

namespace Emargement.Domain.Placements;

/// <summary>What a tutor may say of the days that are theirs: validate, or disagree; never change them in silence.</summary>
public static class TutorStatements
{
    /// <summary>The days that a tutor can validate now.</summary>
    public static IEnumerable<DayState> ToValidate(PlacementState state, TutorPeriod tutor) =>
        state.Days.Where(
            d => d.Phase == DayPhase.ToValidate && tutor.From <= d.Date && d.Date <= tutor.To && state.Placement.Terms.Contains(d.Date));

    /// <summary>Validates every day that is the tutor's to validate, in all weeks or some.</summary>
    /// <param name="seen">For each week validated, how many statements the tutor had seen:
    /// a week that changed since is not signed unseen.</param>
    /// <param name="weeks">Null for all.</param>
    /// <param name="decided">For days that the learner maintained: the minutes that the tutor decides,
    /// those declared or those of the disagreement.</param>
    public static Result<IReadOnlyList<WeekFact>> Validate(
        PlacementState state, TutorPeriod tutor, IReadOnlyCollection<IsoWeek>? weeks, IReadOnlyDictionary<IsoWeek, int> seen,
        IReadOnlyDictionary<DateOnly, int> decided, FactSignature signature, DateTimeOffset now)
    {
        var days = ToValidate(state, tutor).Where(d => weeks is null || weeks.Contains(IsoWeek.Of(d.Date))).ToList();
        if (state.Placement.Cancelled || days.Count == 0)
        {
            return Refusal.Conflict("nothing-to-validate");
        }

        if (SignatureRule.Check(signature) is { } unsigned)
        {
            return unsigned;
        }

        if (decided.FirstOrDefault(c => !MayDecide(days.FirstOrDefault(d => d.Date == c.Key), c.Value)) is { Key: var wrong }
            && wrong != default)
        {
            return Refusal.BadInput("decision-invalid", Day(wrong));
        }

        var facts = new List<WeekFact>();
        foreach (var week in days.GroupBy(d => IsoWeek.Of(d.Date)))
        {
            if (seen.GetValueOrDefault(week.Key, -1) != state.NextSequence(week.Key))
            {
                return Refusal.Conflict("week-changed", ("week", week.Key.ToString()));
            }

            facts.Add(new Validated
            {
                At = now,
                By = By(tutor),
                Tutor = tutor.Key,
                Week = week.Key,
                Sequence = state.NextSequence(week.Key),
                Days =
                [
                    .. week.Select(
                        d => new DayMinutes(d.Date, decided.TryGetValue(d.Date, out var minutes) ? minutes : d.Declaration!.Minutes)),
                ],
                Signature = signature,
            });
        }

        return facts;
    }

    /// <summary>Sends days back to the learner, each with the hours that the tutor counts and why. Once the learner has maintained a day
    /// the tutor decides instead.</summary>
    public static Result<IReadOnlyList<WeekFact>> Disagree(
        PlacementState state,
        TutorPeriod tutor,
        IReadOnlyList<Disagreement> days,
        IReadOnlyDictionary<IsoWeek, int> seen,
        string? network,
        DateTimeOffset now)
    {
        var theirs = ToValidate(state, tutor).ToDictionary(d => d.Date);
        if (state.Placement.Cancelled || days.Count == 0 || days.DistinctBy(d => d.Date).Count() != days.Count)
        {
            return Refusal.BadInput("disagreement-days-invalid");
        }

        foreach (var day in days)
        {
            if (!theirs.TryGetValue(day.Date, out var declared))
            {
                return Refusal.Conflict("nothing-to-validate", Day(day.Date));
            }

            if (declared.Maintained is not null)
            {
                return Refusal.Conflict("disagreement-answered", Day(day.Date));
            }

            if (day.Minutes is < 0 or > DayLimits.MinutesADay || day.Minutes == declared.Declaration!.Minutes)
            {
                return Refusal.BadInput("disagreement-hours-invalid", Day(day.Date));
            }

            if (!PlacementText.IsReason(day.Reason))
            {
                return Refusal.BadInput("reason-missing", Day(day.Date));
            }
        }

        var facts = new List<WeekFact>();
        foreach (var week in days.GroupBy(d => IsoWeek.Of(d.Date)))
        {
            if (seen.GetValueOrDefault(week.Key, -1) != state.NextSequence(week.Key))
            {
                return Refusal.Conflict("week-changed", ("week", week.Key.ToString()));
            }

            facts.Add(new Disagreed
            {
                At = now,
                By = By(tutor),
                Tutor = tutor.Key,
                Week = week.Key,
                Sequence = state.NextSequence(week.Key),
                Days = [.. week.OrderBy(d => d.Date).Select(d => d with { Reason = PlainText.Of(d.Reason) })],
                Network = network,
            });
        }

        return facts;
    }

    public static string By(TutorPeriod tutor) => $"tutor:{tutor.Key}";

    private static bool MayDecide(DayState? day, int minutes) =>
        day?.Maintained is not null && (minutes == day.Declaration!.Minutes || minutes == day.Disagreement!.Minutes);

    private static (string, string) Day(DateOnly day) => ("day", day.ToString("O", CultureInfo.InvariantCulture));
}
