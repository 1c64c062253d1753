using System.Text.Json.Serialization;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Durable;

namespace Emargement.Functions.Sessions;

/// <summary>
/// The work that Sessions asks for once a Session is closed, and after each fact added to it then: its sheet, sealed anew. The
/// orchestration that does it takes this name, and this as its input.
/// </summary>
/// <remarks>The two ids are all that travels: runs that are under way have them as their input.</remarks>
public sealed record SealRequested(string Organisation, string Session)
{
    /// <summary>Name of the orchestration.</summary>
    public const string Orchestration = "SealSheet";

    /// <summary>The fact that a run under way may have missed; null after a closing, which every run has read.</summary>
    [JsonIgnore]
    public Fact? Added { get; init; }

    /// <summary>The run's id. Session ids are unique inside an organisation only, so both name it.</summary>
    [JsonIgnore]
    public string Run => RunId.Of($"seal-{Organisation}-{Session}");

    /// <summary>Id of the run that follows one under way, under the added fact's own name.</summary>
    [JsonIgnore]
    public string? NextRun => Added is null ? null : $"{Run}-{Added.At.UtcTicks}";

    public static SealRequested Of(OrganisationId organisation, SessionId session, Fact? added = null) =>
        new(organisation.Value, session.ToString()) { Added = added };
}

/// <summary>A fact that stands, and the sealing that it asks for, if any.</summary>
public sealed record Recorded<TFact>(TFact Fact, SealRequested? Seal)
    where TFact : Fact;
