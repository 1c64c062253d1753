namespace Emargement.Domain.People;

/// <summary>What somebody is reminded of by mail, unless they or their organisation ask for silence.</summary>
public enum ReminderKind
{
    /// <summary>A trainer, of half-days that are left open.</summary>
    Unclosed,

    /// <summary>Managers, of what waits for them, on working days on which something of it is new.</summary>
    Digest,

    /// <summary>Managers, of a month that is over and waits for its validation.</summary>
    Validation,

    /// <summary>A learner, of an absence that may still be justified.</summary>
    Absence,
}
