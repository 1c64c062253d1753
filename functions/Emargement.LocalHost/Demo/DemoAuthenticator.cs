using Emargement.Functions.Platform.Codes;
using Emargement.LocalHost.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Emargement.LocalHost.Demo;

/// <summary>
/// The demonstration manager's authenticator app: a page that shows its code, so that whoever tries the product needs no telephone. It
/// knows the secret from the file of the demonstration; no other account is in it.
/// </summary>
internal static class DemoAuthenticator
{
    /// <summary>The file of who can sign in to the demonstration.</summary>
    public static string Identities { get; } = Path.Combine(Checkout.DataFolder, "demo.json");

    public static void MapAuthenticator(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/dev/authenticator", Show);

    /// <param name="stepsOff">Half minutes from now.</param>
    public static string Code(DemoIdentities identities, TimeProvider clock, int stepsOff = 0) =>
        TimeCodes.CodeAt(TimeCodes.Read(identities.Authenticator!), TimeCodes.ClockStep(clock.GetUtcNow()) + stepsOff);

    private static IResult Show(TimeProvider clock) => DemoIdentities.Read(Identities) is { Authenticator: not null } identities
        ? Results.Content(
            "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta http-equiv=\"refresh\" content=\"5\">"
            + "<title>Authenticator</title>"
            + $"<body><h1>{DemoPlanning.Manager}</h1><p style=\"font-size:3rem\">{Code(identities, clock)}</p>"
            + "<p>The code of the second step. It changes every half minute, and counts once.</p></body></html>",
            "text/html; charset=utf-8")
        : Results.NotFound();
}
