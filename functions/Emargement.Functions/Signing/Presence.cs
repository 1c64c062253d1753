using System.Text.Json.Serialization;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Domain.Signing;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Sessions;

namespace Emargement.Functions.Signing;

/// <summary>What a person shows to prove presence.</summary>
public enum ProofKind
{
    /// <summary>The scanned QR code, by a signed-in learner.</summary>
    Qr,

    /// <summary>The typed code, by a signed-in learner.</summary>
    Code,

    /// <summary>The code of a personal token or card; it says who.</summary>
    Token,

    /// <summary>The secret of a personal link.</summary>
    Link,

    /// <summary>A name picked on the handed-round device.</summary>
    Tablet,

    /// <summary>A signed-in learner of a distance Session.</summary>
    Remote,
}

/// <param name="Value">The code, the token's code or the link's secret.</param>
/// <param name="Login">With a token: the learner's reference or e-mail, when nobody is signed in and the code alone is not enough.</param>
/// <param name="Learner">On a tablet: who was picked.</param>
public sealed record ProofRequest(ProofKind Kind, string? Value = null, string? Login = null, Reference? Learner = null);

/// <param name="Session">May be left out by a known learner: the Session of the moment is meant.</param>
/// <param name="Sign">Signs with the proof where no drawing is wanted: one request instead of two.</param>
public sealed record PresenceRequest(ProofRequest Proof, SessionId? Session = null, bool Sign = false);

/// <summary>What the page that asks has found out already.</summary>
/// <param name="ShownAt">When a code was shown that was kept over a sign-in; null for now.</param>
/// <param name="Link">The personal link of the proof.</param>
public sealed record PresenceKnown(DateTimeOffset? ShownAt = null, Link? Link = null);

/// <summary>A proof to judge, and from whom and where it comes.</summary>
public sealed record PresenceAsk(
    Organisation Organisation, PresenceRequest Request, Caller Caller, string Network, PresenceKnown? Known = null)
{
    public ProofRequest Proof => Request.Proof;

    /// <summary>The learner who is signed in here, or the refusal that asks to sign in. A scan says where, never who.</summary>
    public Result<Reference> SignedInLearner =>
        Caller.Kind == Callers.Learner && Caller.IsOf(Organisation.Id) && Caller.Person is { } learner
            ? learner
            : Refusal.Of("not-signed-in", RefusalKind.NotSignedIn);
}

/// <summary>A proof that held.</summary>
/// <param name="By">Who acts, as in <see cref="Fact.By"/>.</param>
/// <param name="SignedIn">The signature must come from the same caller: a login or a tablet stood behind the proof.</param>
public sealed record Proven(SessionScene Scene, Reference Learner, SigningMethod Method, string By, bool SignedIn);

/// <summary>One way to prove presence.</summary>
public interface IPresenceProof
{
    ProofKind Kind { get; }

    Task<Result<Proven>> ProveAsync(PresenceAsk ask, CancellationToken cancellation);
}

/// <summary>The answer to a proof that held: a ticket to sign with, or what was signed already.</summary>
/// <param name="Ticket">Absent when the learner has signed.</param>
/// <param name="Drawing">Whether the signature needs a drawing (or a typed name).</param>
/// <param name="Already">The signature that stands: from before, or made by this call.</param>
public sealed record PresenceAnswer(
    string? Ticket,
    DateTimeOffset? ExpiresAt,
    SessionSummary Session,
    PresentLearner Learner,
    DrawingNeed Drawing,
    SignatureAnswer? Already);

/// <param name="Apart">What tells them from another of the same name on the session's list; absent when nobody bears it.</param>
public sealed record PresentLearner(Reference Reference, string LastName, string FirstName, string? Apart);

public enum DrawingNeed
{
    None,
    Wanted,
}

/// <summary>A signature that stands.</summary>
/// <param name="Repeated">The learner had signed before this call.</param>
public sealed record SignatureAnswer(
    SessionId Session,
    Reference Learner,
    DateTimeOffset SignedAt,
    SigningMethod Method,
    AttendanceStatus Status,
    int LateMinutes,
    [property: JsonIgnore] bool Repeated)
{
    public static SignatureAnswer Of(SessionId session, Signed signed, bool repeated) => new(
        session,
        signed.Learner,
        signed.At,
        signed.Method,
        signed.LateMinutes > 0 ? AttendanceStatus.Late : AttendanceStatus.Present,
        signed.LateMinutes,
        repeated);
}
