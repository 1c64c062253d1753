using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Sessions;

/// <summary>The Session that an address names.</summary>
public static class SessionRoute
{
    /// <summary>Where the Sessions of an organisation are.</summary>
    public const string All = "api/organisations/{org}/sessions";

    /// <summary>Where one Session is.</summary>
    public const string Address = All + "/{session}";

    /// <returns>The Session, or <c>organisation-unknown</c>, or <c>session-not-found</c> when the address is written like none.</returns>
    public static Result<Route<SessionId>> Of(HttpRequest request) =>
        Routes.Of<SessionId>(request, "session", SessionId.TryParse, "session-not-found");

    /// <summary>The page that a scanned QR code opens.</summary>
    public const string Scan = "s/{org}/{session}/{code}";

    /// <summary>What stands in a QR code before its rotating part.</summary>
    /// <param name="publicAddress">Scheme and host without a final slash.</param>
    public static string QrPrefix(string publicAddress, OrganisationId organisation, SessionId session) =>
        $"{publicAddress}/s/{organisation}/{session}/";

    /// <summary>Where a page reaches this Session in the API.</summary>
    public static string Url(Route<SessionId> session) => $"/api/organisations/{session.Organisation}/sessions/{session.Id}";
}
