using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Verification;

/// <summary>Checks the sheet kept under the code that the paper bears.</summary>
public sealed class VerifyByCode(SheetChecking checking)
{
    [Function("VerifyByCode")]
    [Public("Whoever holds a sheet may check it; the answer names no learner, and a code is not to be guessed.", PerMinute = 30)]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/verify/{code}")] HttpRequest request, string code, CancellationToken cancellation) =>
        checking.CodeAsync(code, cancellation).ToHttp(found => ApiJson.Ok(found));
}
