using Emargement.Domain.Sealing;

namespace Emargement.Functions.Statements.Records;

/// <summary>One sealed version of a statement, as recorded. It names nobody but by reference.</summary>
public sealed record StatementRecord
{
    public required StatementKey Key { get; init; }

    /// <summary>1 for the first.</summary>
    public required int Version { get; init; }

    public required VerificationCode Code { get; init; }

    /// <summary>Of the stored PDF, lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Sha256 of the version before; null for version 1.</summary>
    public string? Supersedes { get; init; }

    /// <summary>Merkle root over what it rests on: the same root needs no new version.</summary>
    public required string Root { get; init; }

    /// <summary>SHA-256 of its figures.</summary>
    public required string Figures { get; init; }

    /// <summary>Who asked for it.</summary>
    public required string By { get; init; }

    public required DateTimeOffset SealedAt { get; init; }

    public required bool Development { get; init; }
}
