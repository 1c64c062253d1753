using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Domain.Sessions.Modes;
using Emargement.Domain.Signing;
using Emargement.Functions.Sessions;

namespace Emargement.Functions.Signing;

/// <summary>What must hold whatever the proof.</summary>
internal static class SigningRules
{
    /// <summary>Null when this learner may sign this Session in this way now.</summary>
    public static Refusal? Check(SessionScene scene, Reference learner, SigningMethod method, DateTimeOffset now) =>
        CheckSession(scene, method, now) ?? (scene.Find(learner) is null ? Refusal.Conflict("not-enrolled") : null);

    /// <summary>Null when somebody may sign this Session in this way now.</summary>
    public static Refusal? CheckSession(SessionScene scene, SigningMethod method, DateTimeOffset now) =>
        (scene.OnPaper ? GroupModes.OnPaper(scene.Session) : null)
        ?? SessionLifecycle.CheckSigning(scene.Session, scene.Organisation, now)
        ?? AllowedMethods.Check(method, scene.Session, scene.Training, scene.Organisation);
}
