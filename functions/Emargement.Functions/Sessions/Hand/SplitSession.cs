using Azure;
using Emargement.Domain.Planning.Hand;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Sessions.Hand;

/// <param name="At">Local time at which the first part ends.</param>
/// <param name="Resume">Local time at which the second begins; left out, the same, or the end of the lunch break.</param>
/// <param name="Reason">Why: obligatory for people.</param>
public sealed record SplitRequest(TimeOnly At, TimeOnly? Resume = null, string? Reason = null);

/// <summary>
/// Cuts a planned Session in two, at once: its row stays behind, cancelled, or keeps the first part when it is itself a part of a slot.
/// </summary>
public sealed class SplitSession(HandScenes scenes, HandWriter writer, WarnOfEdit warn, SessionsTable sessions)
{
    /// <returns>The first part; asked again, the same.</returns>
    public async Task<Result<EditedSession>> RunAsync(
        OrganisationId organisation, SessionId id, SplitRequest request, ETag ifMatch, Caller caller, CancellationToken cancellation)
    {
        var read = await scenes.ReadAsync(organisation, id, request.Reason, caller, cancellation);
        if (!read.IsOk)
        {
            return read.Refusal;
        }

        var scene = read.Value;
        var day = await sessions.BetweenAsync(organisation, id.Date, id.Date, cancellation).ToListAsync(cancellation);
        var cut = SlotCut.Of(scene.Session, request.At, request.Resume, scene.Organisation, IsTaken);
        if (!cut.IsOk)
        {
            return cut.Refusal;
        }

        var (first, second) = cut.Value;
        if (scene.Session.State == SessionState.Cancelled && Live(first.Id) is { } done && Live(second.Id) is not null)
        {
            return await warn.RunAsync(scene.Organisation, done, id, cancellation);
        }

        if ((scene.CheckVersion(ifMatch) ?? Check(scene, first)) is { } refusal)
        {
            return refusal;
        }

        return await WriteAsync(scene, first, second, day, cancellation) is { } written
            ? await warn.RunAsync(scene.Organisation, written, first.Id == id ? null : id, cancellation)
            : HandScenes.ChangedMeanwhile;

        bool IsTaken(Reference reference) => day.Exists(s => s.Value.Id.Reference == reference && s.Value.State != SessionState.Cancelled);

        Stored<Session>? Live(SessionId part) => day.Find(s => s.Value.Id == part && s.Value.State != SessionState.Cancelled);
    }

    // Only what is still to be opened: a half-day that is open is being signed as it is.
    private static Refusal? Check(HandScene scene, Session first) =>
        scene.Session.State == SessionState.Open ? Refusal.Conflict("session-open")
        : EditRules.Check(scene.Session, first, signed: false, byManager: true, scene.Organisation);

    private async Task<Stored<Session>?> WriteAsync(
        HandScene scene, Session first, Session second, List<Stored<Session>> day, CancellationToken cancellation)
    {
        var parts = new[] { first, second }.Select(p => EditTrace.Marked(scene.Session, p, scene.Act, scene.Today)).ToList();
        var left = EditTrace.Marked(
            scene.Session, scene.Session with { State = SessionState.Cancelled }, scene.Act, scene.Today) with
        {
            EditedByHand = false,
        };
        var rows = parts.ConvertAll(p => (Part: p, Row: day.Find(s => s.Value.Id == p.Id)));
        if (rows.Exists(r => r.Row is { Value.State: not SessionState.Cancelled } && r.Row.Value.Id != scene.Session.Id))
        {
            return null;
        }

        var replaced = rows.Where(r => r.Row is not null).Select(r => new Replacement<Session>(r.Row!, r.Part)).ToList();
        if (!replaced.Exists(r => r.Read.Value.Id == left.Id))
        {
            replaced.Add(new Replacement<Session>(scene.Stored, left));
        }

        if (!await sessions.TryWriteAsync(rows.Where(r => r.Row is null).Select(r => r.Part), replaced, cancellation))
        {
            return null;
        }

        foreach (var part in parts)
        {
            await writer.TraceAsync(part, PlanningFacts.Of(part), cancellation);
        }

        return await sessions.FindAsync(first.Organisation, first.Id, cancellation);
    }
}
