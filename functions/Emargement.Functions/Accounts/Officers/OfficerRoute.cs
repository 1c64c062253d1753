using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts.Invitations;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Accounts.Officers;

/// <summary>Officers as addresses name them.</summary>
internal static class OfficerRoute
{
    /// <returns>The Région, or <c>region-unknown</c>.</returns>
    public static Result<RegionCode> Of(HttpRequest request) =>
        RegionCode.TryParse(request.RouteText("region"), out var region) ? region : Refusal.NotFound("region-unknown");

    /// <returns>The account, or <c>region-unknown</c>, <c>account-unknown</c>.</returns>
    public static Result<Route<AccountId>> AccountOf(HttpRequest request) =>
        !RegionCode.TryParse(request.RouteText("region"), out var region) ? Refusal.NotFound("region-unknown")
        : !AccountId.TryParseKey(request.RouteText("account"), out var account) ? Refusal.NotFound("account-unknown")
        : new Route<AccountId>(OrganisationId.OfRegion(region), account);

    public static InviteBody InvitationOf(InviteOfficerBody body) =>
        new(AccountKind.Officer, body.LastName, body.FirstName, body.Email);

    /// <summary>The answer, with whom it is about told to the Région's audit.</summary>
    public static IResult Noted(HttpRequest request, AccountId whom, IResult answer)
    {
        request.HttpContext.NoteWhom(OrganisationId.OfRegion(Of(request).Value), whom);
        return answer;
    }
}
