using Emargement.Domain.Accounts;
using Emargement.Functions.Platform.Codes;
using Emargement.Web.Accounts;

namespace Emargement.Tests.Accounts.Factors;

/// <summary>What the gallery shows of the second step.</summary>
internal static class SecondStepPages
{
    private const string Secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
    private const string Address =
        $"otpauth://totp/Garonne%20Formation:ines.roche%40example.org?secret={Secret}&issuer=Garonne%20Formation";

    private static readonly DateTimeOffset Start = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    public static SecondStepModel Code { get; } = new("garonne", "Garonne Formation", "/o/garonne/today");

    public static EnrolModel Enrolment { get; } =
        new("garonne", "offer", new Uri(Address), Secret, TimeCodes.QrSvg(Address), NeedsPassword: false, "/o/garonne/today");

    public static AccountPageModel Account { get; } = new(
        "Inès Roche",
        "DIRECTION",
        "ines.roche@example.org",
        "ines.roche@example.org",
        [new("b", DeviceUse.Browser, "Firefox, Windows", "203.0.113.0/24", Start, true)])
    {
        SecondStep = new(
            Start.AddDays(-40),
            8,
            [new("ab12cd34ef", "Ordinateur du secrétariat", Start.AddDays(-12), Start), new("0f0f", "Téléphone", Start, null)]),
    };
}
