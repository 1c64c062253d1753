using Emargement.Web.Platform;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Platform.Http;

/// <summary>The language in which a request is answered.</summary>
public static class RequestLanguage
{
    /// <summary>Name of the query value and of the cookie by which a person chooses.</summary>
    public const string Choice = "lang";

    /// <summary>The language that the address or the cookie chose, else the known one that Accept-Language prefers, else French.</summary>
    public static string Of(HttpRequest request) => Texts.Choose(
        request.Query[Choice].FirstOrDefault() ?? request.Cookies[Choice], request.Headers.AcceptLanguage);
}
