using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Domain.Signing;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Sessions;

namespace Emargement.Functions.Signing;

/// <summary>Turns a proof of presence into a ticket to sign with. Nothing is written but failed attempts and used one-time codes.</summary>
public sealed class TakePresence(
    OrganisationSettings organisations, IEnumerable<IPresenceProof> proofs, FactsTable facts, PresenceTickets tickets, TimeProvider time)
{
    private readonly Dictionary<ProofKind, IPresenceProof> _proofs = proofs.ToDictionary(p => p.Kind);

    /// <param name="shownAt">When a scanned code was shown that was kept over a sign-in; null for now.</param>
    public async Task<Result<PresenceAnswer>> RunAsync(
        OrganisationId organisation,
        PresenceRequest request,
        Caller caller,
        string network,
        CancellationToken cancellation,
        DateTimeOffset? shownAt = null)
    {
        var settings = await organisations.GetAsync(organisation, cancellation);
        if (!settings.IsOk)
        {
            return settings.Refusal;
        }

        var ask = new PresenceAsk(settings.Value, request, caller, network, shownAt);
        var proven = await _proofs[request.Proof.Kind].ProveAsync(ask, cancellation);
        return proven.IsOk ? await AnswerAsync(proven.Value, cancellation) : proven.Refusal;
    }

    private async Task<Result<PresenceAnswer>> AnswerAsync(Proven proven, CancellationToken cancellation)
    {
        var (scene, learner) = (proven.Scene, proven.Learner);
        var presence = await facts.FindAsync(scene.Organisation.Id, scene.Session.Id, Signed.PresenceKey(learner), cancellation);
        if (presence?.Fact is Signed signed)
        {
            return Answer(proven, null, SignatureAnswer.Of(scene.Session.Id, signed, repeated: true));
        }

        if (presence is not null)
        {
            return Refusal.Conflict("session-closed");
        }

        var now = time.GetUtcNow();
        if (SigningRules.Check(scene, learner, proven.Method, now) is { } refusal)
        {
            return refusal;
        }

        var ticket = new PresenceTicket
        {
            Organisation = scene.Organisation.Id,
            Session = scene.Session.Id,
            Learner = learner,
            Method = proven.Method,
            By = proven.By,
            SignedIn = proven.SignedIn,
            IssuedAt = now,
            PlannedStart = scene.Session.Start,
            WindowEnds = SigningWindow.Of(scene.Session, scene.Organisation).EndsAt,
            LateAfterMinutes = scene.Organisation.LateAfterMinutes,
            DrawingWanted = AllowedMethods.WantsDrawing(proven.Method, scene.Organisation),
        };
        return Answer(proven, ticket, null);
    }

    private Result<PresenceAnswer> Answer(Proven proven, PresenceTicket? ticket, SignatureAnswer? already)
    {
        var line = proven.Scene.Find(proven.Learner);
        return line is null
            ? Refusal.Conflict("not-enrolled")
            : new PresenceAnswer(
                ticket is null ? null : tickets.Write(ticket),
                ticket?.ExpiresAt,
                SessionSummary.Of(proven.Scene.Session, proven.Scene.Training, proven.Scene.Organisation),
                new PresentLearner(line.Learner, line.LastName, line.FirstName),
                ticket?.DrawingWanted == true ? DrawingNeed.Wanted : DrawingNeed.None,
                already);
    }
}
