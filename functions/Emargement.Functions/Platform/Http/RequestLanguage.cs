using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Platform.Http;

/// <summary>The language in which a request is answered.</summary>
public static class RequestLanguage
{
    public const string Default = "fr";

    public static IReadOnlyList<string> Known { get; } = ["fr", "en"];

    /// <summary>The known language that Accept-Language prefers; French unless it asks for another.</summary>
    public static string Of(HttpRequest request) =>
        request.GetTypedHeaders().AcceptLanguage
            .Where(l => l.Quality is null or > 0)
            .OrderByDescending(l => l.Quality ?? 1)
            .Select(l => Known.FirstOrDefault(k => l.Value.Value?.Split('-')[0].Equals(k, StringComparison.OrdinalIgnoreCase) == true))
            .FirstOrDefault(k => k is not null) ?? Default;
}
