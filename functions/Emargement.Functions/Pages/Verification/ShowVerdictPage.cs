using Emargement.Functions.Platform.Access;
using Emargement.Functions.Verification;
using Emargement.Web.Verification;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Pages.Verification;

/// <summary><c>GET v/{code}</c>: what the sheet kept under that code is worth. The QR code at the foot of every sheet leads here.</summary>
public sealed class ShowVerdictPage(SheetChecking checking)
{
    [Function("ShowVerdictPage")]
    [Public("Whoever holds a sheet may check it; the answer names no learner, and a code is not to be guessed.", PerMinute = 30)]
    [Page]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v/{code}")] HttpRequest request, string code, CancellationToken cancellation)
    {
        var found = await checking.CodeAsync(code, cancellation);
        return found.IsOk
            ? await request.PageAsync<VerifyPage, VerifyModel>(null, new VerifyModel { Code = code, Verdict = Verdicts.Of(found.Value) })
            : await request.PageAsync<VerifyPage, VerifyModel>(null, new VerifyModel { Code = code, Unknown = true }, StatusCodes.Status404NotFound);
    }
}
