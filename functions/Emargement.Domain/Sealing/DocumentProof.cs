namespace Emargement.Domain.Sealing;

/// <param name="Nda">Numéro de déclaration d'activité.</param>
public sealed record SheetOrganisation(string Name, string Nda, string Siret);

/// <param name="Method">How it was given, in French; null for the trainer's own.</param>
/// <param name="Drawing">The path data of the drawing (SVG 1.1 section 8.3), y downwards; null when there is none.</param>
/// <param name="TypedName">What was typed by someone who does not draw; null otherwise.</param>
public sealed record SheetSignature(DateTimeOffset SignedAt, string? Method, string? Drawing, string? TypedName);

/// <param name="Version">1 for the first sheet of the session.</param>
/// <param name="Supersedes">SHA-256 of the version before, lower-case hexadecimal; null for version 1.</param>
/// <param name="Code">The verification code, as printed.</param>
/// <param name="Url">The verification page of that code.</param>
/// <param name="MerkleRoot">Root over the facts, lower-case hexadecimal.</param>
/// <param name="SealedBy">The name in the seal's certificate.</param>
/// <param name="SealedAt">When the seal was asked for; a timestamp inside the signature, when there is one, is the proof of the
/// time.</param>
/// <param name="Development">The certificate was generated on the machine: the sheet says that it proves nothing elsewhere.</param>
public sealed record SheetProof(
    int Version, string? Supersedes, string Code, Uri Url, string MerkleRoot, string SealedBy, DateTimeOffset SealedAt, bool Development);
