namespace Emargement.LocalHost.Orchestration;

/// <summary>How the orchestration engine works.</summary>
/// <param name="LeaseDuration">How long other processes leave an instance alone whose activities run here; renewed while they run.</param>
/// <param name="Activities">Activities at once, as <c>maxConcurrentActivityFunctions</c> of host.json.</param>
/// <param name="Orchestrations">Orchestrations advanced at once.</param>
/// <param name="PollInterval">How often work that another process has left is looked for, in real time.</param>
internal sealed record EngineOptions(TimeSpan LeaseDuration, int Activities, int Orchestrations, TimeSpan PollInterval)
{
    public static EngineOptions Default { get; } = new(TimeSpan.FromSeconds(10), 8, 4, TimeSpan.FromSeconds(5));
}
