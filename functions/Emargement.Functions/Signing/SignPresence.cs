using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Domain.Signing;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Telemetry;
using Emargement.Functions.Sessions;

namespace Emargement.Functions.Signing;

/// <param name="Drawing">SVG path of the signature; this or a typed name, where one is wanted.</param>
public sealed record SignatureRequest(string Ticket, string? Drawing = null, string? TypedName = null);

/// <summary>
/// Signs: the ticket carries all that is needed, so that this reads nothing and inserts the fact, which the storage refuses once the
/// Session is closed; a drawing costs one more insert. Whoever signed already, in a retry or at once from twenty devices, is answered with
/// the first signature.
/// </summary>
public sealed class SignPresence(
    PresenceTickets tickets, DrawingsTable drawings, FactsTable facts, Instruments instruments, TimeProvider time)
{
    public async Task<Result<SignatureAnswer>> RunAsync(
        OrganisationId organisation, SignatureRequest request, SignatureOrigin origin, Caller caller, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        if (tickets.Read(request.Ticket) is not { } ticket)
        {
            return Refusal.BadInput("ticket-invalid");
        }

        if (ticket.Check(organisation, now) is { } refusal)
        {
            return refusal;
        }

        // A ticket from a sign-in or a tablet serves nobody else.
        if (ticket.SignedIn && (!caller.IsOf(organisation) || caller.Id != ticket.By))
        {
            return Refusal.BadInput("ticket-invalid");
        }

        var mark = SignatureMark.Parse(request.Drawing, request.TypedName, ticket.DrawingWanted);
        if (!mark.IsOk)
        {
            return mark.Refusal;
        }

        return await SignAsync(ticket, mark.Value, origin, cancellation);
    }

    /// <summary>Signs with a ticket of this server that was checked already.</summary>
    internal async Task<Result<SignatureAnswer>> SignAsync(
        PresenceTicket ticket, SignatureMark mark, SignatureOrigin origin, CancellationToken cancellation)
    {
        var (organisation, now, drawing) = (ticket.Organisation, time.GetUtcNow(), mark.Drawing);
        var reused = drawing is not null
            && await drawings.NoteAsync(organisation, ticket.Learner, drawing.Sha256, ticket.Session, cancellation);
        var signed = new Signed
        {
            At = now,
            By = ticket.By,
            Learner = ticket.Learner,
            Method = ticket.Method,
            LateMinutes = ticket.LateMinutesAt(now),
            Network = origin.Network,
            Device = origin.Device,
            DrawingSha256 = drawing?.Sha256,
            TypedName = mark.TypedName,
            DrawingReused = reused,
        };
        if (await facts.AddWhileOpenAsync(organisation, ticket.Session, new NewFact(signed, drawing?.Path), cancellation) != Addition.Added)
        {
            return await FirstAsync(organisation, ticket, cancellation);
        }

        instruments.Signed(signed.Method);
        return SignatureAnswer.Of(ticket.Session, signed, repeated: false);
    }

    // Whoever signed before the closing has signed; nobody signs after it.
    private async Task<Result<SignatureAnswer>> FirstAsync(
        OrganisationId organisation, PresenceTicket ticket, CancellationToken cancellation)
    {
        var first = await facts.FindAsync(organisation, ticket.Session, Signed.PresenceKey(ticket.Learner), cancellation);
        return first?.Fact is Signed signed
            ? SignatureAnswer.Of(ticket.Session, signed, repeated: true)
            : Refusal.Conflict("session-closed");
    }
}
