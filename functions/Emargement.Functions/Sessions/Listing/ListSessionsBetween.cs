using System.Runtime.CompilerServices;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Sessions.Listing;

/// <summary>Which Sessions are asked for; what is null is not asked.</summary>
/// <param name="From">Local day, inclusive.</param>
/// <param name="To">Local day, inclusive.</param>
/// <param name="Unclosed">Only those that are open although their end has passed.</param>
/// <param name="After">The last Session of the page before.</param>
public sealed record SessionsAsked(
    DateOnly From, DateOnly To, Reference? Training, string? Group, Reference? Trainer, SessionState? State, bool Unclosed,
    SessionId? After = null);

/// <summary>Lists the Sessions of some days that concern the staff who asks: one range a month.</summary>
public sealed class ListSessionsBetween(OrganisationSettings organisations, SessionsTable sessions, SessionScenes scenes, TimeProvider time)
{
    /// <summary>Days of one list at most.</summary>
    public const int MaxDays = 31;

    /// <summary>Sessions of one page at most.</summary>
    public const int MaxPage = 500;

    /// <returns>A page of the Sessions in order, or <c>period-too-long</c>.</returns>
    public async Task<Result<Page<DaySession>>> RunAsync(
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
        var found = AfterAsync(organisation, asked, cancellation)
            .Where(s => s.Value.Modality != Modality.Company && SessionStaff.Check(caller, s.Value) is null && Is(s.Value, asked, now));
        var list = new List<DaySession>();
        await foreach (var stored in found)
        {
            if (list.Count == MaxPage)
            {
                return new Page<DaySession>(list, list[^1].Session.Session.ToString());
            }

            var training = await scenes.TrainingAsync(organisation, stored.Value.TrainingRef, cancellation);
            var summary = SessionSummary.Of(stored.Value, training, settings.Value);
            list.Add(new DaySession(summary with { Version = stored.ETag.ToString() }, null));
        }

        return new Page<DaySession>(list, null);
    }

    // No Session's row is ever deleted, so the last one of a page is found where it was.
    private async IAsyncEnumerable<Stored<Session>> AfterAsync(
        OrganisationId organisation, SessionsAsked asked, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var from = asked.After is { } last && last.Date > asked.From ? last.Date : asked.From;
        var begun = asked.After is null;
        await foreach (var stored in sessions.BetweenAsync(organisation, from, asked.To, cancellation))
        {
            begun |= stored.Value.Id.Date > asked.After?.Date;
            if (begun)
            {
                yield return stored;
            }

            begun |= stored.Value.Id == asked.After;
        }
    }

    private static bool Is(Session session, SessionsAsked asked, DateTimeOffset now) =>
        (asked.Training is null || session.TrainingRef == asked.Training)
        && (asked.Group is null || session.Groups.Contains(asked.Group))
        && (asked.Trainer is null || session.IsTaughtBy(asked.Trainer))
        && (asked.State is null || session.State == asked.State)
        && (!asked.Unclosed || (session.State == SessionState.Open && session.End <= now));
}
