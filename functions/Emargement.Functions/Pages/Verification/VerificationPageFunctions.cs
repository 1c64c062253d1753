using System.Diagnostics.CodeAnalysis;
using Emargement.Domain.Platform;
using Emargement.Domain.Verification;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Http.Bodies;
using Emargement.Functions.Verification;
using Emargement.Web.Verification;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Pages.Verification;

/// <summary>The pages on which anyone checks a sheet.</summary>
public sealed class VerificationPageFunctions(SheetChecking checking, LargeBodies bodies)
{
    /// <summary>Where to type a sheet's code or send its file.</summary>
    [SuppressMessage("Performance", "CA1822", Justification = "The worker calls functions on an instance.")]
    [Function("ShowVerifyPage")]
    [Public("Whoever holds a sheet may check it.", PerMinute = 60)]
    [Page]
    public async Task<IResult> Form([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v")] HttpRequest request) =>
        request.Query["code"].FirstOrDefault()?.Trim() is { Length: > 0 } code
            ? Results.Redirect($"/v/{Uri.EscapeDataString(code)}")
            : await request.PageAsync<VerifyPage, VerifyModel>(null, new VerifyModel());

    /// <summary>What the sheet kept under that code is worth. The QR code at the foot of every sheet leads here.</summary>
    [Function("ShowVerdictPage")]
    [Public("Whoever holds a sheet may check it; the answer names no learner, and a code is not to be guessed.", PerMinute = 30)]
    [Page]
    public async Task<IResult> ByCode(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v/{code}")] HttpRequest request, CancellationToken cancellation)
    {
        var asked = new VerifyModel { Code = request.RouteText("code") };
        var found = await checking.CodeAsync(asked.Code, cancellation);
        return found.IsOk
            ? await request.PageAsync<VerifyPage, VerifyModel>(null, asked with { Verdict = Verdicts.Of(found.Value) })
            : await request.PageAsync<VerifyPage, VerifyModel>(null, asked with { Unknown = true }, StatusCodes.Status404NotFound);
    }

    /// <summary>The verdict on a PDF sent by the page's form, which needs no script.</summary>
    [Function("ShowFileVerdictPage")]
    [Public("Whoever holds a sheet may check it; nothing of the file is kept.", PerMinute = 20)]
    [Page]
    public async Task<IResult> ByFile(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v")] HttpRequest request, CancellationToken cancellation)
    {
        var found = await CheckAsync(request, cancellation);
        return found.IsOk
            ? await request.PageAsync<VerifyPage, VerifyModel>(null, new VerifyModel { Verdict = Verdicts.Of(found.Value) })
            : await RefuseAsync(request, found.Refusal);
    }

    private async Task<Result<SheetVerification>> CheckAsync(HttpRequest request, CancellationToken cancellation)
    {
        var body = await bodies.ReadFileAsync(request, "file", BodyLane.Anyone, SheetChecking.LargestFile, cancellation);
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
