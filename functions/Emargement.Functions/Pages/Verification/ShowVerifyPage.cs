using System.Diagnostics.CodeAnalysis;
using Emargement.Functions.Platform.Access;
using Emargement.Web.Verification;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Pages.Verification;

/// <summary><c>GET v</c>: where to type a sheet's code or send its file.</summary>
public sealed class ShowVerifyPage
{
    [SuppressMessage("Performance", "CA1822", Justification = "The worker calls functions on an instance.")]
    [Function("ShowVerifyPage")]
    [Public("Whoever holds a sheet may check it.", PerMinute = 60)]
    [Page]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v")] HttpRequest request) =>
        request.Query["code"].FirstOrDefault()?.Trim() is { Length: > 0 } code
            ? Results.Redirect($"/v/{Uri.EscapeDataString(code)}")
            : await request.PageAsync<VerifyPage, VerifyModel>(null, new VerifyModel());
}
