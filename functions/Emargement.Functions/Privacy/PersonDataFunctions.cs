using Emargement.Domain.Accounts;
using Emargement.Functions.Accounts.Api;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Privacy;

/// <summary>A person's data, for that person, and for the manager who answers a written request.</summary>
public sealed class PersonDataFunctions(ExportPersonData export, TakeOwnData take)
{
    /// <summary>All that is kept of oneself, as a ZIP.</summary>
    [Function("DownloadOwnData")]
    [Access(Callers.Learner | Callers.Trainer | Callers.Manager, PerMinute = 5)]
    [Audit(AuditKind.Export)]
    public Task<IResult> Own(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = AccountRoute.OwnAddress + "/data")] HttpRequest request,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            request,
            (TakeOwnDataBody body) => take.RunAsync(AccountRoute.Own(request), body, cancellation),
            ToFile,
            cancellation);

    /// <summary>All that is kept of a person, as a ZIP.</summary>
    [Function("DownloadPersonData")]
    [Access(Callers.Manager, PerMinute = 5)]
    [Audit(AuditKind.Export)]
    public Task<IResult> OfPerson(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = AccountRoute.Address + "/data")] HttpRequest request,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(AccountRoute.Of(request), (Route<AccountId> person) => export.RunAsync(person, cancellation), ToFile);

    private static IResult ToFile(byte[] file) => Results.File(file, "application/zip", "donnees-personnelles.zip");
}
