using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Domain.Signing;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Sessions.Marks;
using Emargement.Functions.Sessions.Paper;

namespace Emargement.Functions.Sessions;

/// <param name="HeadCount">People that the trainer counts in the room.</param>
/// <param name="Drawing">SVG path of the trainer's signature; this or a typed name.</param>
public sealed record CloseRequest(int HeadCount, string? Drawing = null, string? TypedName = null);

/// <summary>
/// Closes a Session: one transaction inserts the closing and a "not signed" for everybody who did not, and takes the door away, so that a
/// signature and the closing never disagree. A retry, or a second closing, answers with the first one.
/// </summary>
public sealed class CloseSession(SessionsTable sessions, ClosingWriter writer, IAcceptedAbsences absences, TimeProvider time)
{
    /// <summary>People in a room at most.</summary>
    internal const int MaxHeadCount = 1000;

    /// <returns>The closing that stands, or why there is none.</returns>
    public async Task<Result<Recorded<Closed>>> RunAsync(
        OrganisationId organisation, SessionId id, CloseRequest request, string network, Caller caller, CancellationToken cancellation)
    {
        if (request.HeadCount is < 0 or > MaxHeadCount)
        {
            return Refusal.BadInput("head-count-invalid");
        }

        var mark = SignatureMark.Parse(request.Drawing, request.TypedName, wanted: true);
        if (!mark.IsOk)
        {
            return mark.Refusal;
        }

        if (await sessions.FindAsync(organisation, id, cancellation) is not { } stored)
        {
            return Refusal.NotFound("session-not-found");
        }

        if (SessionStaff.Check(caller, stored.Value) is { } notYours)
        {
            return notYours;
        }

        if (stored.Value.State is SessionState.Planned or SessionState.Cancelled)
        {
            return SessionLifecycle.NotOpen(stored.Value);
        }

        var closing = ToFact(request.HeadCount, mark.Value, network, caller);
        var closed = await writer.WriteAsync(
            stored,
            async before => Result<IReadOnlyList<IReadOnlyList<Fact>>>.FromT(Closing.Plan(
                closing with { At = time.GetUtcNow() },
                stored.Value.OpenedAt,
                before.Expected,
                before.Known,
                ClosingWriter.GroupSize,
                before.Expected.All(before.Known.OfType<Signed>().Select(s => s.Learner).ToHashSet().Contains)
                    ? []
                    : await absences.OfAsync(organisation, id, cancellation))),
            mark.Value.Drawing?.Path,
            cancellation);
        return closed.Then(c => new Recorded<Closed>(c, SealRequested.Of(organisation, id)));
    }

    private Closed ToFact(int headCount, SignatureMark mark, string network, Caller caller) => new()
    {
        At = time.GetUtcNow(),
        By = caller.Id,
        HeadCount = headCount,
        Expected = 0,
        SignedCount = 0,
        Network = network,
        DrawingSha256 = mark.Drawing?.Sha256,
        TypedName = mark.TypedName,
    };
}
