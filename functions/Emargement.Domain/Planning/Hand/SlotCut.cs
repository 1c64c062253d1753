using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;

namespace Emargement.Domain.Planning.Hand;

/// <summary>A Session cut in two, or two of one half-day put together.</summary>
public static class SlotCut
{
    /// <summary>The two parts, named as the import names those of a slot with a break, so that a file with the same break agrees: an hour
    /// of the lunch break cuts it out. A part of a slot keeps its reference and gives the rest the next letter.</summary>
    /// <param name="at">Local time at which the first part ends.</param>
    /// <param name="resume">Local time at which the second begins; null for the same, or the end of the lunch break.</param>
    /// <param name="taken">Whether a reference is another live Session's of that day.</param>
    /// <returns>The parts, or <c>session-split-invalid</c>.</returns>
    public static Result<(Session First, Session Second)> Of(
        Session session, TimeOnly at, TimeOnly? resume, Organisation organisation, Func<Reference, bool> taken)
    {
        var zone = organisation.Zone;
        var (start, end) = (Local(session.Start), Local(session.End));
        var lunch = SlotSplit.Of(start, end, null, (organisation.LunchStart, organisation.LunchEnd));
        if (resume is null && lunch.Count > 1 && at >= organisation.LunchStart && at <= organisation.LunchEnd)
        {
            (at, resume) = (organisation.LunchStart, organisation.LunchEnd);
        }

        var again = resume ?? at;
        if (at - start <= TimeSpan.Zero || at - start >= end - start || again - start < at - start || again - start >= end - start)
        {
            return Refusal.BadInput("session-split-invalid");
        }

        var (one, two) = Names(session, taken);
        var first = PlanningPatch.Between(session with { Id = session.Id with { Reference = one } }, session.Id.Date, start, at, zone);
        var second = PlanningPatch.Between(session with { Id = session.Id with { Reference = two } }, session.Id.Date, again, end, zone);
        return first.IsOk && second.IsOk ? (first.Value, second.Value) : Refusal.BadInput("session-split-invalid");

        TimeOnly Local(DateTimeOffset instant) => TimeOnly.FromDateTime(zone.ToLocal(instant).DateTime);
    }

    /// <summary>Null when the two can be one: planned, of one group, day and half-day, for each half-day is signed.</summary>
    public static Refusal? CheckMerge(Session first, Session second) =>
        first.Id.Date != second.Id.Date || first.Id.HalfDay != second.Id.HalfDay ? Refusal.Conflict("merge-two-half-days")
        : first.Id == second.Id || first.State != SessionState.Planned || second.State != SessionState.Planned
            || first.TrainingRef != second.TrainingRef || first.Group != second.Group || first.Modality != second.Modality
            ? Refusal.Conflict("merge-other-group")
            : null;

    private static (Reference First, Reference Second) Names(Session session, Func<Reference, bool> taken)
    {
        var name = session.Id.Reference;
        if (name == session.SlotRef)
        {
            return (Reference.Parse(name.Value + SlotSplit.BeforeBreak), Reference.Parse(name.Value + SlotSplit.AfterBreak));
        }

        var letter = 'B';
        while (taken(Reference.Parse($"{name.Value}-{letter}")))
        {
            letter++;
        }

        return (name, Reference.Parse($"{name.Value}-{letter}"));
    }
}
