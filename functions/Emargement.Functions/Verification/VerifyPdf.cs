using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Sealing.Seal;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Net.Http.Headers;

namespace Emargement.Functions.Verification;

/// <summary>Checks a PDF sent as the body.</summary>
public sealed class VerifyPdf(SheetChecking checking)
{
    [Function("VerifyPdf")]
    [Public("Whoever holds a sheet may check it; nothing of the file is kept.", PerMinute = 20)]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/verify")] HttpRequest request, CancellationToken cancellation)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("application/pdf", StringComparison.OrdinalIgnoreCase))
        {
            return Problem.From(Refusal.Of("content-type-not-pdf", RefusalKind.UnsupportedMediaType));
        }

        var body = await request.ReadBytesAsync(PdfVerifier.LargestFile, cancellation);
        return body.IsOk ? await checking.FileAsync(body.Value, cancellation).ToHttp(found => ApiJson.Ok(found)) : Problem.From(body.Refusal);
    }
}
