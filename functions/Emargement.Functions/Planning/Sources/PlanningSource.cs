using Emargement.Domain.People;
using Emargement.Domain.Planning.Import;
using Emargement.Domain.Planning.Sources;
using Emargement.Functions.Planning.Runs;

namespace Emargement.Functions.Planning.Sources;

/// <summary>What became of a source's last run.</summary>
/// <param name="Code">Why it was refused whole; null when it was not.</param>
/// <param name="Args">What fills that sentence.</param>
/// <param name="FailedNights">Nights in a row that gave nothing.</param>
/// <param name="Night">The last night of which the outcome is known: local date, yyyy-MM-dd.</param>
public sealed record SourceOutcome(
    string? Run, ImportRunState? State, DateTimeOffset? At, string? Code, IReadOnlyDictionary<string, string>? Args,
    int Created, int Updated, int Cancelled, int Rejected, int FailedNights, string? Night)
{
    /// <summary>Nights after which the managers are told.</summary>
    public const int NightsBeforeMail = 3;

    public static SourceOutcome None { get; } = new(null, null, null, null, null, 0, 0, 0, 0, 0, null);
}

/// <summary>Where an organisation's planning is fetched from each night.</summary>
/// <param name="Id">Eight hexadecimal digits.</param>
/// <param name="Address">What is downloaded; null when it was written with keys that are lost. Whoever knows it reads the planning, so
/// that it is never shown again.</param>
/// <param name="Host">The server alone, to be shown.</param>
/// <param name="Ypareo">Of YPAREO, how it is read; null, too, when it was written with keys that are lost.</param>
public sealed record PlanningSource(
    string Id, SourceKind Kind, string Name, Uri? Address, string Host, bool Paused, string By, DateTimeOffset CreatedAt,
    SourceOutcome Last, YpareoAccess? Ypareo = null)
{
    /// <summary>When it is read by itself next, UTC; null while it is paused, and for what sends by itself.</summary>
    public DateTimeOffset? NextRun(Organisation organisation, DateTimeOffset now) =>
        Paused || Kind == SourceKind.Push ? null : NightSchedule.Next(organisation, now);
}
