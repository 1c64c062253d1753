using Emargement.Domain.Platform;
using Emargement.Domain.Verification;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Http.Bodies;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Net.Http.Headers;

namespace Emargement.Functions.Verification;

/// <summary>Whether a sheet is what it says, for whoever holds it: by the code on the paper, or by the file.</summary>
public sealed class VerificationFunctions(SheetChecking checking, LargeBodies bodies)
{
    /// <summary>Checks the sheet kept under the code that the paper bears.</summary>
    [Function("VerifyByCode")]
    [Public("Whoever holds a sheet may check it; the answer names no learner, and a code is not to be guessed.", PerMinute = 30)]
    public Task<IResult> ByCode(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/verify/{code}")] HttpRequest request,
        CancellationToken cancellation) =>
        checking.CodeAsync(request.RouteText("code"), cancellation).ToHttp(found => ApiJson.Ok(found));

    /// <summary>Checks a PDF sent as the body.</summary>
    [Function("VerifyPdf")]
    [Public("Whoever holds a sheet may check it; nothing of the file is kept.", PerMinute = 20)]
    public Task<IResult> ByFile(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/verify")] HttpRequest request, CancellationToken cancellation) =>
        CheckAsync(request, cancellation).ToHttp(found => ApiJson.Ok(found));

    private async Task<Result<SheetVerification>> CheckAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("application/pdf", StringComparison.OrdinalIgnoreCase))
        {
            return Refusal.Of("content-type-not-pdf", RefusalKind.UnsupportedMediaType);
        }

        var body = await bodies.ReadAsync(request, BodyLane.Anyone, SheetChecking.LargestFile, cancellation);
        if (!body.IsOk)
        {
            return body.Refusal;
        }

        using var pdf = body.Value;
        return await checking.FileAsync(pdf.Bytes, cancellation);
    }
}
