using Azure;
using Emargement.Domain.Planning.Hand;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Sessions.Hand;

/// <summary>What changes of a Session's planning; members left out stay, an empty text takes the value away.</summary>
/// <param name="Date">Local day.</param>
/// <param name="Start">Local time.</param>
/// <param name="End">Local time; not after the start, it is on the next day.</param>
/// <param name="Reason">Why: obligatory for people.</param>
public sealed record SessionPatch(
    DateOnly? Date = null,
    TimeOnly? Start = null,
    TimeOnly? End = null,
    string? Trainer = null,
    string? Site = null,
    string? Room = null,
    string? Module = null,
    Modality? Modality = null,
    string? Reason = null)
{
    public PlanningPatch Planning => new(Date, Start, End, Trainer, Site, Room, Module, Modality);
}

/// <summary>
/// Changes the planning of a Session by hand: read, replaced under its ETag, and a fact of each change. The same change again changes
/// nothing and answers the same; hours of another half-day, or another day, move it.
/// </summary>
public sealed class EditSession(
    HandScenes scenes, HandWriter writer, WarnOfEdit warn, TrainersTable trainers, SessionsTable sessions, FactsTable facts)
{
    /// <param name="ifMatch">The version of the row that the caller read.</param>
    public async Task<Result<EditedSession>> RunAsync(
        OrganisationId organisation, SessionId id, SessionPatch patch, ETag ifMatch, Caller caller, CancellationToken cancellation)
    {
        var read = await scenes.ReadAsync(organisation, id, patch.Reason, caller, cancellation);
        if (!read.IsOk)
        {
            return read.Refusal;
        }

        var scene = read.Value;
        var asked = patch.Planning.ApplyTo(scene.Session, scene.Organisation.Zone);
        if (!asked.IsOk)
        {
            return asked.Refusal;
        }

        if (scene.Session.MovedTo is not null)
        {
            return await RepeatMoveAsync(scene, asked.Value, cancellation);
        }

        if (!EditTrace.Differences(scene.Session, asked.Value).Any())
        {
            return await warn.RunAsync(scene.Organisation, scene.Stored, null, cancellation);
        }

        if (await CheckAsync(scene, asked.Value, ifMatch, caller, cancellation) is { } refusal)
        {
            return refusal;
        }

        var changed = EditTrace.Marked(scene.Session, asked.Value, scene.Act, scene.Today);
        return await writer.WriteAsync(scene.Stored, changed, cancellation) is { } written
            ? await warn.RunAsync(scene.Organisation, written, id == written.Value.Id ? null : id, cancellation)
            : HandScenes.ChangedMeanwhile;
    }

    private async Task<Refusal?> CheckAsync(
        HandScene scene, Session asked, ETag ifMatch, Caller caller, CancellationToken cancellation)
    {
        if (scene.CheckVersion(ifMatch) is { } changed)
        {
            return changed;
        }

        if (asked.TrainerRef is { } trainer && trainer != scene.Session.TrainerRef
            && await trainers.FindAsync(scene.Organisation.Id, trainer, cancellation) is null)
        {
            return Refusal.BadInput("trainer-unknown");
        }

        var hours = scene.Session.Start != asked.Start || scene.Session.End != asked.End;
        var signed = hours && scene.Session.State == SessionState.Open
            && (await facts.OfSessionWithoutDrawingsAsync(scene.Organisation.Id, scene.Session.Id, cancellation)).Any(f => f is Signed);
        return EditRules.Check(scene.Session, asked, signed, caller.Kind == Callers.Manager, scene.Organisation);
    }

    // The answer of the first try may have been lost, or the first try stopped half-way.
    private async Task<Result<EditedSession>> RepeatMoveAsync(HandScene scene, Session asked, CancellationToken cancellation)
    {
        if (asked.Id != scene.Session.MovedTo)
        {
            return SessionLifecycle.NotOpen(scene.Session);
        }

        var arrived = scene.Session.Id.Month == asked.Id.Month
            ? await sessions.FindAsync(scene.Organisation.Id, asked.Id, cancellation)
            : await writer.ArriveAsync(scene.Session, cancellation);
        if (arrived is null)
        {
            return Refusal.NotFound("session-not-found");
        }

        await writer.TraceAsync(arrived.Value, PlanningFacts.Of(arrived.Value), cancellation);
        return await warn.RunAsync(scene.Organisation, arrived, scene.Session.Id, cancellation);
    }
}
