using Emargement.Functions.Accounts;
using Emargement.Functions.Accounts.Api;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Signing.Tablet;

public sealed record LeaveTabletRequest(string Password);

/// <summary><c>POST sessions/{session}/tablet/leave</c>: the person who handed the device round takes it back with their password.</summary>
public sealed class LeaveTabletFunction(Tablets tablets)
{
    [Function("LeaveTablet")]
    [Access(Callers.Tablet, PerMinute = 20)]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/organisations/{org}/sessions/{session}/tablet/leave")] HttpRequest request,
        string org,
        string session,
        CancellationToken cancellation) =>
        SessionRoute.RunAsync<LeaveTabletRequest, Account>(
            request,
            org,
            session,
            (_, body) => tablets.LeaveAsync(request, body.Password, ClientNetwork.Of(request), cancellation),
            account => ApiJson.Ok(SignedIn.Of(account)),
            cancellation);
}
