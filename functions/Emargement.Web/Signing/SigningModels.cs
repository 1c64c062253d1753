using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Web.Platform;

namespace Emargement.Web.Signing;

/// <summary>The session that a learner signs, in the words of the page.</summary>
public sealed record SignedSessionModel(SessionId Id, string Training, DateTimeOffset Start, DateTimeOffset End, string? Place);

/// <summary>One learner about to sign one session, by a QR code or a personal link.</summary>
public sealed record SignModel
{
    public required OrganisationId Organisation { get; init; }

    public string? LearnerName { get; init; }

    public SignedSessionModel? Session { get; init; }

    /// <summary>Presence ticket: with it, one POST signs.</summary>
    public string? Ticket { get; init; }

    public bool DrawingWanted { get; init; } = true;

    /// <summary>Already signed: what stands.</summary>
    public SignatureModel? Done { get; init; }

    /// <summary>Why it cannot be signed now; says what to do.</summary>
    public string? Refusal { get; init; }

    /// <summary>Where a refused person can go on.</summary>
    public LinkModel? Instead { get; init; }

    /// <summary>The form that signs, come back without a signature.</summary>
    public ReturnedForm? Returned { get; init; }

    /// <summary>Address to POST to for a new link, sent to the same e-mail address; set when an e-mail link has expired.</summary>
    public string? RenewUrl { get; init; }
}

/// <param name="LateMinutes">0 when on time.</param>
public sealed record SignatureModel(DateTimeOffset SignedAt, int LateMinutes);

/// <summary>What a learner finds at home: the day's sessions and the ways to sign them.</summary>
public sealed record LearnerHomeModel
{
    public required OrganisationId Organisation { get; init; }

    public required DateOnly Today { get; init; }

    /// <summary>Null when nobody is signed in: then only a personal token says who signs.</summary>
    public string? LearnerName { get; init; }

    public IReadOnlyList<LearnerSessionModel> Sessions { get; init; } = [];

    /// <summary>A form of this page that came back.</summary>
    public ReturnedForm? Returned { get; init; }

    /// <summary>Weeks to declare, by the company's name.</summary>
    public IReadOnlyList<LinkModel> Placements { get; init; } = [];
}

/// <param name="Remote">A distance session that can be signed from here now.</param>
/// <param name="OpensAt">When signing will be possible, if not yet.</param>
public sealed record LearnerSessionModel(SignedSessionModel Session, SessionState State, bool Signed, bool Remote, DateTimeOffset? OpensAt);

/// <summary>The device that a trainer opened for one session and hands round.</summary>
public sealed record TabletModel
{
    public required OrganisationId Organisation { get; init; }

    public required SignedSessionModel Session { get; init; }

    /// <summary>Learners who have not signed, by name.</summary>
    public required IReadOnlyList<TabletPersonModel> Unsigned { get; init; }

    /// <summary>Who was picked on the trainer's page already.</summary>
    public string? Chosen { get; init; }
}

/// <param name="Learner">The learner's reference.</param>
public sealed record TabletPersonModel(string Learner, string Name);
