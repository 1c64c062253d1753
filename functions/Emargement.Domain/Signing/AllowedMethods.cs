using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;

namespace Emargement.Domain.Signing;

/// <summary>Which methods sign a Session: the training's own list, else the organisation's; remote only at a distance.</summary>
public static class AllowedMethods
{
    public static IReadOnlyList<SigningMethod> Of(Session session, Training? training, Organisation organisation) =>
        [.. (training?.Methods ?? organisation.Methods).Where(
            m => m != SigningMethod.Paper && (m != SigningMethod.Remote || session.Modality == Modality.Distance))];

    /// <summary>Null when the method may be used; else the refusal.</summary>
    public static Refusal? Check(SigningMethod method, Session session, Training? training, Organisation organisation) =>
        Of(session, training, organisation).Contains(method) ? null : Refusal.Forbidden("method-not-allowed");

    /// <summary>Whether a signature by this method needs a drawing or a typed name.</summary>
    public static bool WantsDrawing(SigningMethod method, Organisation organisation) =>
        method == SigningMethod.Token ? organisation.DrawingWithToken : organisation.DrawingWanted;
}
