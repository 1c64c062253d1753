using Emargement.Domain.Platform;

namespace Emargement.Functions.Platform.Audit;

/// <summary>Who did what to whom, when and from where.</summary>
/// <param name="Scope">Whose journal it stands in: an organisation's short name, <c>region:{code}</c>, or <c>operator</c>.</param>
/// <param name="What">The function's name.</param>
/// <param name="By">As <c>Fact.By</c>; empty for nobody known.</param>
/// <param name="Person">Key of the account concerned, such as <c>learner:S1</c>.</param>
/// <param name="About">What else the address named, such as <c>keyId=ab12</c>; never a secret.</param>
/// <param name="Network">Cut to /24 or /48.</param>
/// <param name="Outcome"><c>done</c> or <c>refused</c>.</param>
/// <param name="Trace">Under which telemetry knows the call.</param>
public sealed record AuditEvent(
    string Scope,
    DateTimeOffset At,
    AuditKind Kind,
    string What,
    string By,
    string? Person,
    string? Session,
    string? About,
    string Network,
    string Outcome,
    string? Trace)
{
    public const string Done = "done";

    /// <summary>Row key, the same under every partition: newest first.</summary>
    public required string Row { get; init; }

    public YearMonth Month => YearMonth.Of(DateOnly.FromDateTime(At.UtcDateTime));
}
