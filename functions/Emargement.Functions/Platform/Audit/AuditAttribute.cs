namespace Emargement.Functions.Platform.Audit;

/// <summary>What sort of act an audit row tells.</summary>
public enum AuditKind
{
    SignIn,
    SignOut,

    /// <summary>A call that was refused to somebody known, or a wrong proof of who one is: a password, a code, a passkey, a provider's
    /// word.</summary>
    Refused,

    /// <summary>A token, a second factor, a passkey.</summary>
    Factor,
    Password,

    /// <summary>Who may do what: a manager, a suspension.</summary>
    Role,
    Invitation,
    Key,
    Device,

    /// <summary>A document or a file that left.</summary>
    Export,

    /// <summary>People read by the list.</summary>
    Read,
    Correction,
    Cancellation,
    Hold,

    /// <summary>Somebody was erased.</summary>
    Erasure,

    /// <summary>The audit itself was read.</summary>
    Journal,

    /// <summary>A fact of a session, shown beside its events and never copied.</summary>
    Fact,

    /// <summary>Any other act: a setting, an import, a mail.</summary>
    Act,
}

/// <summary>
/// What the audit calls the acts of this function. One by which staff or machines change something is recorded without it, as
/// <see cref="AuditKind.Act"/>; one that only reads, or that learners or anybody call, is recorded only with it.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AuditAttribute(AuditKind kind) : Attribute
{
    public AuditKind Kind { get; } = kind;
}

/// <summary>What this function does is not recorded again: the facts that it states say who, when and what, and never change.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OwnFactsAttribute : Attribute;
