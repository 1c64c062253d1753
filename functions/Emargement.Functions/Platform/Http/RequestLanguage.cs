using Emargement.Web.Platform;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Platform.Http;

/// <summary>The language in which the API answers a request.</summary>
public static class RequestLanguage
{
    /// <summary>The language of ours that Accept-Language prefers; French unless it asks for another.</summary>
    public static string Of(HttpRequest request) => Texts.Choose(null, request.Headers.AcceptLanguage.ToString());
}
