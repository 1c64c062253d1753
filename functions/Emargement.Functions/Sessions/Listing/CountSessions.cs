using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Storage;
using Emargement.Functions.Sessions.Modes;

namespace Emargement.Functions.Sessions.Listing;

/// <summary>Counts who is expected and who signed in Sessions of a day or two: one range of the days' facts, or of each Session's where
/// they are few, and the rosters from this process's short memory.</summary>
public sealed class CountSessions(FactsTable facts, SessionScenes scenes, GroupModesTable modes)
{
    // A trainer's own few are a small part of what a large organisation has that day.
    private const int Few = 3;

    /// <param name="read">Each as stored, with what is said of it.</param>
    /// <returns>The same, in the same order, with their counts.</returns>
    public async Task<IReadOnlyList<SessionSummary>> RunAsync(
        OrganisationId organisation, IReadOnlyList<(Stored<Session> Stored, SessionSummary Summary)> read, CancellationToken cancellation)
    {
        if (read.Count == 0)
        {
            return [];
        }

        var known = await FactsAsync(organisation, [.. read.Select(r => r.Stored.Value.Id)], cancellation);
        var signing = await modes.LatelyAsync(organisation, cancellation);
        return await Task.WhenAll(read.Select(async r => Counted(
            r.Summary, r.Stored, (await scenes.RosterAsync(r.Stored.Value, cancellation)).Count, [.. known[r.Stored.Value.Id]]) with
        {
            Mode = signing.Of(r.Stored.Value),
        }));
    }

    private async Task<ILookup<SessionId, Fact>> FactsAsync(
        OrganisationId organisation, IReadOnlyList<SessionId> sessions, CancellationToken cancellation)
    {
        if (sessions.Count > Few)
        {
            return (await facts.OfDaysAsync(organisation, sessions.Min(s => s.Date), sessions.Max(s => s.Date), cancellation)
                .ToListAsync(cancellation)).ToLookup(f => f.Session, f => f.Fact);
        }

        var each = await Task.WhenAll(sessions.Select(
            async id => (Id: id, Facts: await facts.OfSessionWithoutDrawingsAsync(organisation, id, cancellation))));
        return each.SelectMany(e => e.Facts.Select(f => (e.Id, Fact: f))).ToLookup(f => f.Id, f => f.Fact);
    }

    private static SessionSummary Counted(SessionSummary summary, Stored<Session> stored, int expected, IReadOnlyList<Fact> facts) =>
        summary with
        {
            State = SessionLifecycle.StateOf(stored.Value, facts),
            Version = stored.ETag.ToString(),
            Expected = expected,
            Signed = facts.Count(f => f is Signed or OnPaper { IsPresent: true }),
            ClosedBy = facts.OfType<Closed>().FirstOrDefault()?.By,
            OnPaper = facts.Any(f => f is OnPaper or Corrected { Method: SigningMethod.Paper }),
            Replaced = stored.Value.Edits.Any(e => e.Field == EditedField.Trainer),
        };
}
