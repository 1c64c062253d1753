namespace Emargement.Domain.Platform;

/// <summary>How a presence was proved.</summary>
public enum SigningMethod
{
    /// <summary>Personal one-time-code token (TOTP) or printed card of single-use codes.</summary>
    Token,

    /// <summary>Code typed from the trainer's screen.</summary>
    Code,

    /// <summary>QR code scanned from the trainer's screen.</summary>
    Qr,

    /// <summary>Personal link sent by e-mail.</summary>
    Email,

    /// <summary>On the device that the trainer opened and handed round.</summary>
    Tablet,

    /// <summary>A distance Session, signed from anywhere inside the window.</summary>
    Remote,

    /// <summary>A sheet signed by hand, read by a person from its scan; or one kept beside, named by a correction.</summary>
    Paper,
}

public static class SigningMethods
{
    /// <summary>Every method that a learner may use; paper is entered by a manager.</summary>
    public static IReadOnlyList<SigningMethod> All { get; } =
        [SigningMethod.Token, SigningMethod.Code, SigningMethod.Qr, SigningMethod.Email, SigningMethod.Tablet, SigningMethod.Remote];
}
