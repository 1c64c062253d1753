namespace Emargement.Functions.Platform.Access;

/// <summary>Sorts of callers; a function names those that it lets in.</summary>
[Flags]
public enum Callers
{
    None = 0,
    Learner = 1,
    Trainer = 2,
    Manager = 4,

    /// <summary>A device that a trainer opened for one Session, or for a learner's week in a company, and hands over.</summary>
    Tablet = 8,

    /// <summary>Another system of the organisation, with an API key and its rights.</summary>
    Machine = 16,

    /// <summary>A Région's system, with an API key.</summary>
    RegionKey = 32,

    /// <summary>Whoever runs the service, with the key of its configuration.</summary>
    Operator = 64,

    /// <summary>Somebody of the staff who has signed in with one factor where two are asked: let in to the second step alone.</summary>
    OneFactor = 128,

    /// <summary>Somebody of a Région, with an account and a role.</summary>
    Officer = 256,
}
