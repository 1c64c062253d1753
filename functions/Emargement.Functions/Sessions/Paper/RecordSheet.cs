using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Domain.Sessions.Modes;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Sessions.Marks;
using Emargement.Functions.Sessions.Modes;

namespace Emargement.Functions.Sessions.Paper;

/// <summary>
/// Records a half-day from the sheet that was signed by hand, whose scan is kept already: what a person read of each learner, and the
/// closing, together. In an electronic month it is a rescue, and asks for a reason.
/// </summary>
public sealed class RecordSheet(
    SessionScenes scenes, SheetScans scans, FactsTable facts, GroupModesTable modes, IAcceptedAbsences absences, ClosingWriter writer,
    TimeProvider time)
{
    /// <returns>The closing; the first one again when it repeats it. Or <c>scan-unknown</c>, <c>head-count-invalid</c>,
    /// <c>session-cancelled</c>, <c>session-in-company</c>, <c>window-not-open</c>, <c>month-locked</c>, <c>month-validated</c>, or what
    /// <see cref="PaperSheet"/> refuses; <c>paper-entered</c> to whoever comes second with another reading.</returns>
    public async Task<Result<Recorded<Closed>>> RunAsync(
        OrganisationId organisation, SessionId id, PaperEntry entry, Caller caller, CancellationToken cancellation)
    {
        var scene = await scenes.NowForAsync(organisation, id, caller, cancellation);
        if (!scene.IsOk)
        {
            return scene.Refusal;
        }

        if (Check(scene.Value, entry) is { } refusal)
        {
            return refusal;
        }

        var session = scene.Value.Session;
        if (await scans.TypeAsync(organisation, session.TrainingRef, id.Month, entry.Scan, cancellation) is null)
        {
            return Refusal.BadInput("scan-unknown");
        }

        var mode = (await modes.NowAsync(organisation, cancellation)).Of(session);
        Fact? mine = null;
        var closed = await writer.WriteAsync(
            scene.Value.Stored,
            async before =>
            {
                var accepted = await absences.OfAsync(organisation, id, cancellation);
                var read = PaperSheet.Read(
                    entry, session, before.Expected, before.Known, mode, accepted, caller.Id, time.GetUtcNow());
                mine = read.IsOk ? read.Value[^1] : null;
                return read.Then(all => (IReadOnlyList<IReadOnlyList<Fact>>)[.. all.Chunk(ClosingWriter.GroupSize)]);
            },
            drawing: null,
            cancellation);
        return !closed.IsOk ? closed.Refusal
            : ReferenceEquals(mine, closed.Value) || await RepeatsAsync(organisation, id, entry, cancellation)
                ? new Recorded<Closed>(closed.Value, SealRequested.Of(organisation, id))
            : Refusal.Conflict("paper-entered");
    }

    private async Task<bool> RepeatsAsync(
        OrganisationId organisation, SessionId id, PaperEntry entry, CancellationToken cancellation) =>
        PaperSheet.Repeats(entry, await facts.OfSessionWithoutDrawingsAsync(organisation, id, cancellation));

    private Refusal? Check(SessionScene scene, PaperEntry entry)
    {
        var session = scene.Session;
        return session.State == SessionState.Cancelled ? SessionLifecycle.NotOpen(session)
            : session.Modality == Modality.Company ? Refusal.Conflict("session-in-company")
            : entry.HeadCount is < 0 or > CloseSession.MaxHeadCount ? Refusal.BadInput("head-count-invalid")
            : scene.Organisation.Refuses(session.Id.Month) is { } closed ? closed
            : SigningWindow.Of(session, scene.Organisation) is var window && time.GetUtcNow() < window.OpensAt
                ? window.Check(time.GetUtcNow())
            : null;
    }
}
