using Emargement.Domain.People;
using Emargement.Domain.Platform.Calendar;
using Emargement.Domain.Sessions;

namespace Emargement.Domain.Planning.Hand;

/// <summary>What is worth a look in a planning that a person writes; never a refusal.</summary>
/// <param name="Code">As the import and the Région's anomalies call it, or <c>whole-lunch</c>.</param>
/// <param name="Other">The Session that it meets, if any.</param>
public sealed record EditWarning(string Code, Session? Other = null)
{
    public const string TrainerOverlap = "trainer-overlap";
    public const string RoomOverlap = "room-overlap";
    public const string GroupOverlap = "group-overlap";
    public const string Sunday = "sunday";
    public const string PublicHoliday = "public-holiday";
    public const string OutsideTrainingDates = "outside-training-dates";

    /// <summary>It holds the whole lunch break: a learner signs before it and after it.</summary>
    public const string WholeLunch = "whole-lunch";

    /// <summary>Every code.</summary>
    public static IReadOnlyList<string> Codes { get; } =
        [TrainerOverlap, RoomOverlap, GroupOverlap, Sunday, PublicHoliday, OutsideTrainingDates, WholeLunch];

    /// <param name="others">Sessions around it in time, itself perhaps among them.</param>
    /// <param name="training">Null when it is unknown.</param>
    public static IReadOnlyList<EditWarning> Of(
        Session session, IEnumerable<Session> others, Training? training, Organisation organisation)
    {
        var found = new List<EditWarning>();
        var taken = SessionResources.Of(session).ToHashSet();
        foreach (var other in others.Where(o => o.Id.Reference != session.Id.Reference && session.IsAtOnceWith(o)))
        {
            var shared = SessionResources.Of(other).Where(taken.Contains).ToList();
            Add(SessionResources.TrainerPrefix, TrainerOverlap);
            Add(SessionResources.RoomPrefix, RoomOverlap);
            Add(SessionResources.GroupPrefix, GroupOverlap);

            void Add(string prefix, string code)
            {
                if (shared.Exists(r => r.StartsWith(prefix, StringComparison.Ordinal)))
                {
                    found.Add(new EditWarning(code, other));
                }
            }
        }

        var date = session.Id.Date;
        AddIf(date.DayOfWeek == DayOfWeek.Sunday, Sunday);
        AddIf(Holidays.On(date, organisation.Holidays) is not null, PublicHoliday);
        AddIf(training is not null && (date < training.FirstDay || date > training.LastDay), OutsideTrainingDates);
        var (start, end) = (organisation.Zone.ToLocal(session.Start), organisation.Zone.ToLocal(session.End));
        AddIf(
            SlotSplit.Of(
                TimeOnly.FromDateTime(start.DateTime),
                TimeOnly.FromDateTime(end.DateTime),
                null,
                (organisation.LunchStart, organisation.LunchEnd)).Count > 1,
            WholeLunch);
        return found;

        void AddIf(bool so, string code)
        {
            if (so)
            {
                found.Add(new EditWarning(code));
            }
        }
    }
}
