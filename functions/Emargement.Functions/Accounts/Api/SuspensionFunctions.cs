using Emargement.Domain.Accounts;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Accounts.Api;

/// <summary>Accounts taken out of use: of somebody who left, or whose access somebody else may have.</summary>
public sealed class SuspensionFunctions(SuspendAccount suspend)
{
    private const string Address = AccountRoute.Address + "/suspension";

    /// <summary>Suspends an account: it signs nobody in, and its devices are signed out.</summary>
    [Function("SuspendAccount")]
    [Access(Callers.Manager | Callers.Operator)]
    [Audit(AuditKind.Role)]
    public Task<IResult> Suspend(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Address)] HttpRequest request, CancellationToken cancellation) =>
        ToAsync(request, suspended: true, cancellation);

    /// <summary>Gives a suspended account back, with the password that it had.</summary>
    [Function("RestoreAccount")]
    [Access(Callers.Manager | Callers.Operator)]
    [Audit(AuditKind.Role)]
    public Task<IResult> Restore(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = Address)] HttpRequest request, CancellationToken cancellation) =>
        ToAsync(request, suspended: false, cancellation);

    private Task<IResult> ToAsync(HttpRequest request, bool suspended, CancellationToken cancellation) => Endpoint.RunAsync(
        AccountRoute.Of(request),
        (Route<AccountId> account) => suspend.RunAsync(account, suspended, request.Caller(), cancellation),
        _ => Results.NoContent());
}
