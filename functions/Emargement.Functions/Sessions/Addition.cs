using Azure;
using Emargement.Domain.Sessions;

namespace Emargement.Functions.Sessions;

/// <summary>What became of a fact that can only happen in an open Session.</summary>
public enum Addition
{
    Added,

    /// <summary>A fact with this key exists: somebody, perhaps an earlier try of the same call, was first.</summary>
    Taken,

    /// <summary>The Session is not open, or no longer: nothing was written.</summary>
    NotOpen,
}

/// <summary>The facts of a Session that is to be closed.</summary>
/// <param name="Door">The state of its door when they were read; null when there is none.</param>
public sealed record ClosingFacts(IReadOnlyList<Fact> Facts, ETag? Door);
