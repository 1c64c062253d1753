using Emargement.Domain.Platform;
using Emargement.Functions.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Sheets.Seal;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Net.Http.Headers;

namespace Emargement.Functions.Sheets.Verification;

/// <summary>Checks a PDF sent as the body.</summary>
public sealed class VerifyPdf(SheetChecking checking, LargeBodies bodies)
{
    [Function("VerifyPdf")]
    [Public("Whoever holds a sheet may check it; nothing of the file is kept.", PerMinute = 20)]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/verify")] HttpRequest request, CancellationToken cancellation)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("application/pdf", StringComparison.OrdinalIgnoreCase))
        {
            return Problem.From(Refusal.Of("content-type-not-pdf", RefusalKind.UnsupportedMediaType));
        }

        var body = await bodies.ReadAsync(request, BodyLane.Anyone, PdfVerifier.LargestFile, cancellation);
        if (!body.IsOk)
        {
            return Problem.From(body.Refusal);
        }

        using var pdf = body.Value;
        return await checking.FileAsync(pdf.Bytes, cancellation).ToHttp(found => ApiJson.Ok(found));
    }
}
