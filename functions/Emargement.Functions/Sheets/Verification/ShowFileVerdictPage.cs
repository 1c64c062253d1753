using Emargement.Domain.Platform;
using Emargement.Domain.Sheets;
using Emargement.Functions.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Pages;
using Emargement.Functions.Sheets.Seal;
using Emargement.Web.Sheets;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Sheets.Verification;

/// <summary><c>POST v</c>: the verdict on a PDF sent by the page's form, which needs no script.</summary>
public sealed class ShowFileVerdictPage(SheetChecking checking, LargeBodies bodies)
{
    [Function("ShowFileVerdictPage")]
    [Public("Whoever holds a sheet may check it; nothing of the file is kept.", PerMinute = 20)]
    [Page]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v")] HttpRequest request, CancellationToken cancellation)
    {
        var found = await VerifyAsync(request, cancellation);
        return found.IsOk
            ? await request.PageAsync<VerifyPage, VerifyModel>(null, new VerifyModel { Verdict = Verdicts.Of(found.Value) })
            : await RefuseAsync(request, found.Refusal);
    }

    private async Task<Result<SheetVerification>> VerifyAsync(HttpRequest request, CancellationToken cancellation)
    {
        var body = await bodies.ReadFileAsync(request, "file", BodyLane.Anyone, PdfVerifier.LargestFile, cancellation);
        if (!body.IsOk)
        {
            return body.Refusal;
        }

        using var pdf = body.Value;
        return await checking.FileAsync(pdf.Bytes, cancellation);
    }

    private static Task<IResult> RefuseAsync(HttpRequest request, Refusal refusal)
    {
        Problem.SetRetryAfter(request.HttpContext.Response, refusal);
        var model = new VerifyModel { FileRefusal = request.Texts().Refusal(refusal) };
        return request.PageAsync<VerifyPage, VerifyModel>(null, model, Problem.StatusOf(refusal.Kind));
    }
}
