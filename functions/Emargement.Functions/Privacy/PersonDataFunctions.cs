using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts;
using Emargement.Functions.Accounts.Api;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Gates;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Privacy;

/// <param name="Password">Asked again: whoever finds a browser signed in takes nothing away.</param>
public sealed record DownloadOwnDataBody(string Password);

/// <summary>A person's data, for that person, and for the manager who answers a written request.</summary>
public sealed class PersonDataFunctions(ExportPersonData export, LoginCheck logins)
{
    /// <summary>All that is kept of oneself, as a ZIP.</summary>
    [Function("DownloadOwnData")]
    [Access(Callers.Learner | Callers.Trainer | Callers.Manager, PerMinute = 5)]
    public Task<IResult> Own(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = AccountRoute.OwnAddress + "/data")] HttpRequest request,
        CancellationToken cancellation)
    {
        var own = AccountRoute.Own(request);
        return Endpoint.RunAsync(
            request,
            (DownloadOwnDataBody body) => logins
                .ConfirmAsync(
                    own.Organisation,
                    own.Id,
                    body.Password,
                    TryPath.Of(own.Organisation, "own-password", own.Id.Key),
                    cancellation)
                .ThenAsync(_ => export.RunAsync(own, cancellation)),
            ToFile,
            cancellation);
    }

    /// <summary>All that is kept of a person, as a ZIP.</summary>
    [Function("DownloadPersonData")]
    [Access(Callers.Manager, PerMinute = 5)]
    public Task<IResult> OfPerson(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = AccountRoute.Address + "/data")] HttpRequest request,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(AccountRoute.Of(request), (Route<AccountId> person) => export.RunAsync(person, cancellation), ToFile);

    private static IResult ToFile(byte[] file) => Results.File(file, "application/zip", "donnees-personnelles.zip");
}
