using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Telemetry;
using Emargement.Web.Platform;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Pages;

/// <summary>Says that the service is out of reach for now, and leads back to where the reader was going.</summary>
internal sealed class UnavailablePage(Instruments instruments) : IUnavailablePage
{
    public Task<IResult> OfAsync(HttpRequest request, Refusal refusal)
    {
        instruments.Refused(refusal.Code);
        var status = Problem.StatusOf(refusal.Kind);
        var texts = request.Texts();
        var again = new LinkModel(request.PathBase + request.Path + request.QueryString, texts["message.again"]);
        return request.PageAsync<MessagePage, MessageModel>(
            null, new MessageModel(texts[$"refused.{status}"], texts.Refusal(refusal), again), status);
    }
}
