using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Sealing.Seal;
using Emargement.Functions.Verification;
using Emargement.Web.Verification;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Pages.Verification;

/// <summary><c>POST v</c>: the verdict on a PDF sent by the page's form, which needs no script.</summary>
public sealed class ShowFileVerdictPage(SheetChecking checking)
{
    // The form's own lines beside the file.
    private const int FormBytes = 64 * 1024;

    [Function("ShowFileVerdictPage")]
    [Public("Whoever holds a sheet may check it; nothing of the file is kept.", PerMinute = 20)]
    [Page]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v")] HttpRequest request, CancellationToken cancellation)
    {
        var pdf = await FileAsync(request, cancellation);
        var found = pdf.IsOk ? await checking.FileAsync(pdf.Value, cancellation) : pdf.Refusal;
        return found.IsOk
            ? await request.PageAsync<VerifyPage, VerifyModel>(null, new VerifyModel { Verdict = Verdicts.Of(found.Value) })
            : await request.PageAsync<VerifyPage, VerifyModel>(
                null, new VerifyModel { FileRefusal = request.Texts().Refusal(found.Refusal) }, Problem.StatusOf(found.Refusal.Kind));
    }

    private static async Task<Result<byte[]>> FileAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (request.ContentLength > PdfVerifier.LargestFile + FormBytes)
        {
            return Refusal.Of("body-too-large", RefusalKind.TooLarge);
        }

        if (!request.HasFormContentType || (await request.ReadFormAsync(cancellation)).Files.GetFile("file") is not { Length: > 0 } file)
        {
            return Refusal.BadInput("not-a-pdf");
        }

        using var content = new MemoryStream();
        await file.CopyToAsync(content, cancellation);
        return content.ToArray();
    }
}
