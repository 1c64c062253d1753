using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;

namespace Emargement.Functions.Sessions.Listing;

/// <summary>Which Sessions are asked for; what is null is not asked.</summary>
/// <param name="From">Local day, inclusive.</param>
/// <param name="To">Local day, inclusive.</param>
/// <param name="Unclosed">Only those that are open although their end has passed.</param>
public sealed record SessionsAsked(
    DateOnly From, DateOnly To, Reference? Training, string? Group, Reference? Trainer, SessionState? State, bool Unclosed);

/// <summary>Lists the Sessions of some days that concern the staff who asks: one range a month.</summary>
public sealed class ListSessionsBetween(OrganisationSettings organisations, SessionsTable sessions, SessionScenes scenes, TimeProvider time)
{
    /// <summary>Days of one list at most.</summary>
    public const int MaxDays = 31;

    /// <returns>The Sessions in order, or <c>period-too-long</c>.</returns>
    public async Task<Result<IReadOnlyList<DaySession>>> RunAsync(
        OrganisationId organisation, SessionsAsked asked, Caller caller, CancellationToken cancellation)
    {
        if (asked.To < asked.From || asked.To.DayNumber - asked.From.DayNumber >= MaxDays)
        {
            return Refusal.BadInput("period-too-long");
        }

        var settings = await organisations.GetAsync(organisation, cancellation);
        if (!settings.IsOk)
        {
            return settings.Refusal;
        }

        var now = time.GetUtcNow();
        var found = sessions.BetweenAsync(organisation, asked.From, asked.To, cancellation)
            .Select(s => s.Value)
            .Where(s => s.Modality != Modality.Company && SessionStaff.Check(caller, s) is null && Is(s, asked, now));
        var list = new List<DaySession>();
        await foreach (var session in found)
        {
            var training = await scenes.TrainingAsync(organisation, session.TrainingRef, cancellation);
            list.Add(new DaySession(SessionSummary.Of(session, training, settings.Value), null));
        }

        return list;
    }

    private static bool Is(Session session, SessionsAsked asked, DateTimeOffset now) =>
        (asked.Training is null || session.TrainingRef == asked.Training)
        && (asked.Group is null || session.Groups.Contains(asked.Group))
        && (asked.Trainer is null || session.IsTaughtBy(asked.Trainer))
        && (asked.State is null || session.State == asked.State)
        && (!asked.Unclosed || (session.State == SessionState.Open && session.End <= now));
}
