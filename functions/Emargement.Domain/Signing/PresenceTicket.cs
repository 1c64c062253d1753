using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;

namespace Emargement.Domain.Signing;

/// <summary>Says that the server saw a proof of one learner's presence in one Session: all that the signature needs, so that signing reads
/// nothing.
/// It travels encrypted and signed by the server; a client can neither read nor make one.</summary>
public sealed record PresenceTicket
{
    /// <summary>How long a person has to draw.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    public required OrganisationId Organisation { get; init; }

    /// <summary>The Session, and with it the day and the half-day.</summary>
    public required SessionId Session { get; init; }

    public required Reference Learner { get; init; }

    public required SigningMethod Method { get; init; }

    /// <summary>Who acts, as in <see cref="Fact.By"/>: the learner, or the trainer whose tablet is handed round.</summary>
    public required string By { get; init; }

    /// <summary>Whether the signature must come from the same caller: a sign-in or a tablet stood behind the proof.</summary>
    public required bool SignedIn { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>Planned start of the Session, against which lateness is counted.</summary>
    public required DateTimeOffset PlannedStart { get; init; }

    /// <summary>End of the signing window: presence shown in time does not allow a signature after it.</summary>
    public required DateTimeOffset WindowEnds { get; init; }

    /// <summary>Minutes after the planned start that do not count as late.</summary>
    public required int LateAfterMinutes { get; init; }

    /// <summary>Whether the signature needs a drawing or a typed name.</summary>
    public required bool DrawingWanted { get; init; }

    public DateTimeOffset ExpiresAt => IssuedAt + Lifetime < WindowEnds ? IssuedAt + Lifetime : WindowEnds;

    /// <summary>Null when it may be used for this organisation now; else the refusal.</summary>
    public Refusal? Check(OrganisationId organisation, DateTimeOffset now) =>
        Organisation != organisation || now < IssuedAt ? Refusal.BadInput("ticket-invalid")
        : now > WindowEnds ? Refusal.Conflict("window-closed", ("endedAt", SigningWindow.Text(WindowEnds)))
        : now > ExpiresAt ? Refusal.Of("ticket-expired", RefusalKind.Gone)
        : null;

    public int LateMinutesAt(DateTimeOffset signedAt) => SigningWindow.LateMinutes(PlannedStart, signedAt, LateAfterMinutes);
}
