using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Domain.Signing;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Sessions;

namespace Emargement.Functions.Signing;

/// <summary>Turns a proof of presence into a ticket to sign with, or into the signature itself where that is asked for and nothing is to be
/// drawn.</summary>
public sealed class TakePresence(
    OrganisationSettings organisations,
    IEnumerable<IPresenceProof> proofs,
    FactsTable facts,
    PresenceTickets tickets,
    SignPresence sign,
    TimeProvider time)
{
    private readonly Dictionary<ProofKind, IPresenceProof> _proofs = proofs.ToDictionary(p => p.Kind);

    /// <param name="known">What the page that asks has found out already; null for none of it.</param>
    public async Task<Result<PresenceAnswer>> RunAsync(
        OrganisationId organisation,
        PresenceRequest request,
        Caller caller,
        SignatureOrigin origin,
        CancellationToken cancellation,
        PresenceKnown? known = null)
    {
        var settings = await organisations.GetAsync(organisation, cancellation);
        if (!settings.IsOk)
        {
            return settings.Refusal;
        }

        var ask = new PresenceAsk(settings.Value, request, caller, origin.Network, known);
        var proven = await _proofs[request.Proof.Kind].ProveAsync(ask, cancellation);
        if (!proven.IsOk)
        {
            return proven.Refusal;
        }

        var ticket = TicketOf(proven.Value, time.GetUtcNow());
        if (await LookAsync(proven.Value, ticket, cancellation) is { } stands)
        {
            return stands.IsOk ? Answer(proven.Value, null, stands.Value) : stands.Refusal;
        }

        if (SigningRules.Check(proven.Value.Scene, ticket.Learner, ticket.Method, ticket.IssuedAt) is { } refusal)
        {
            return refusal;
        }

        if (!request.Sign || ticket.DrawingWanted)
        {
            return Answer(proven.Value, ticket, null);
        }

        var signed = await sign.SignAsync(ticket, SignatureMark.None, origin, cancellation);
        return signed.IsOk ? Answer(proven.Value, null, signed.Value) : signed.Refusal;
    }

    // Nobody draws in vain, and a link goes on showing what was signed. A token's signature is one insert, which says by itself that there
    // is one.
    private async Task<Result<SignatureAnswer>?> LookAsync(Proven proven, PresenceTicket ticket, CancellationToken cancellation)
    {
        if (proven.Method == SigningMethod.Token && !ticket.DrawingWanted)
        {
            return null;
        }

        var (scene, learner) = (proven.Scene, proven.Learner);
        var presence = await facts.FindAsync(scene.Organisation.Id, scene.Session.Id, Signed.PresenceKey(learner), cancellation);
        return presence is null ? null
            : presence.Fact is Signed signed ? SignatureAnswer.Of(scene.Session.Id, signed, repeated: true)
            : Refusal.Conflict("session-closed");
    }

    private static PresenceTicket TicketOf(Proven proven, DateTimeOffset now) => new()
    {
        Organisation = proven.Scene.Organisation.Id,
        Session = proven.Scene.Session.Id,
        Learner = proven.Learner,
        Method = proven.Method,
        By = proven.By,
        SignedIn = proven.SignedIn,
        IssuedAt = now,
        PlannedStart = proven.Scene.Session.Start,
        WindowEnds = SigningWindow.Of(proven.Scene.Session, proven.Scene.Organisation).EndsAt,
        LateAfterMinutes = proven.Scene.Organisation.LateAfterMinutes,
        DrawingWanted = AllowedMethods.WantsDrawing(proven.Method, proven.Scene.Organisation),
    };

    private Result<PresenceAnswer> Answer(Proven proven, PresenceTicket? ticket, SignatureAnswer? already)
    {
        var line = proven.Scene.Find(proven.Learner);
        return line is null
            ? Refusal.Conflict("not-enrolled")
            : new PresenceAnswer(
                ticket is null ? null : tickets.Write(ticket),
                ticket?.ExpiresAt,
                SessionSummary.Of(proven.Scene.Session, proven.Scene.Training, proven.Scene.Organisation),
                new PresentLearner(line.Learner, line.LastName, line.FirstName, line.Apart),
                ticket?.DrawingWanted == true ? DrawingNeed.Wanted : DrawingNeed.None,
                already);
    }
}
