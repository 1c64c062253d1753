using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts;
using Emargement.Functions.Platform.Gates;
using Emargement.Functions.Platform.Http;

namespace Emargement.Functions.Privacy;

/// <param name="Password">Asked again: whoever finds a browser signed in takes nothing away.</param>
public sealed record TakeOwnDataBody(string Password);

/// <summary>Hands somebody all that is kept of them, if they know their password.</summary>
public sealed class TakeOwnData(ExportPersonData export, LoginCheck logins)
{
    /// <returns>The file, or <c>sign-in-wrong</c> or <c>sign-in-locked</c>: tries are counted with those of changing it.</returns>
    public Task<Result<byte[]>> RunAsync(Route<AccountId> own, TakeOwnDataBody body, CancellationToken cancellation) => logins
        .ConfirmAsync(
            own.Organisation,
            own.Id,
            body.Password,
            TryPath.Of(own.Organisation, "own-password", own.Id.Key),
            cancellation)
        .ThenAsync(_ => export.RunAsync(own, cancellation));
}
