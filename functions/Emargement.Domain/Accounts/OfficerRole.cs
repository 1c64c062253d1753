namespace Emargement.Domain.Accounts;

/// <summary>What an officer of a Région may do; each may all that those before may.</summary>
public enum OfficerRole
{
    /// <summary>Sees, and downloads (lecture).</summary>
    Reading,

    /// <summary>Acknowledges and returns months (instruction).</summary>
    Handling,

    /// <summary>Closes months and opens them again, looks after officers and settings (responsable).</summary>
    Leading,
}
