using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Functions.Platform.Http;

/// <summary>
/// The one place where a refusal becomes an HTTP answer: RFC 7807, with a stable
/// <c>type</c> and a sentence in the caller's language.
/// </summary>
public static class Problem
{
    public const string TypePrefix = "urn:emargement:problem:";

    public static IResult From(Refusal refusal) => new ProblemResult(refusal, null);

    /// <summary>The answer to a fault: it says nothing but the number under which the log tells more.</summary>
    internal static IResult FromFault(string traceId) => new ProblemResult(Refusal.Of("fault", RefusalKind.Fault), traceId);

    /// <summary>Maps a result once: the value by <paramref name="ok"/>, a refusal to its problem.</summary>
    public static IResult ToHttp<T>(this Result<T> result, Func<T, IResult> ok) => result.Match(ok, From);

    public static async Task<IResult> ToHttp<T>(this Task<Result<T>> result, Func<T, IResult> ok) => (await result).ToHttp(ok);

    public static int StatusOf(RefusalKind kind) => kind switch
    {
        RefusalKind.BadInput => StatusCodes.Status400BadRequest,
        RefusalKind.NotSignedIn => StatusCodes.Status401Unauthorized,
        RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
        RefusalKind.NotFound => StatusCodes.Status404NotFound,
        RefusalKind.Conflict => StatusCodes.Status409Conflict,
        RefusalKind.Gone => StatusCodes.Status410Gone,
        RefusalKind.PreconditionFailed => StatusCodes.Status412PreconditionFailed,
        RefusalKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
        RefusalKind.UnsupportedMediaType => StatusCodes.Status415UnsupportedMediaType,
        RefusalKind.TooMany => StatusCodes.Status429TooManyRequests,
        RefusalKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };

    /// <summary>Says when to come back, where the refusal knows.</summary>
    internal static void SetRetryAfter(HttpResponse response, Refusal refusal)
    {
        if (refusal.Args?.TryGetValue("retryAfter", out var seconds) == true)
        {
            response.Headers.RetryAfter = seconds;
        }
    }

    private sealed class ProblemResult(Refusal refusal, string? traceId) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var texts = httpContext.RequestServices.GetRequiredService<IRefusalTexts>();
            var language = RequestLanguage.Of(httpContext.Request);
            var (title, detail) = texts.Of(refusal, language);
            var status = StatusOf(refusal.Kind);
            httpContext.RequestServices.GetRequiredService<Instruments>().Refused(refusal.Code);
            var more = new Dictionary<string, object?> { ["code"] = refusal.Code };
            foreach (var (name, value) in refusal.Args ?? new Dictionary<string, string>())
            {
                // A member of every problem is never said twice: the sentence has this value all the same.
                if (name is not ("type" or "title" or "status" or "detail" or "instance"))
                {
                    more.TryAdd(name, value);
                }
            }

            if (traceId is not null)
            {
                more["traceId"] = traceId;
            }

            httpContext.Response.Headers.ContentLanguage = language;
            SetRetryAfter(httpContext.Response, refusal);
            await Results.Problem(detail, null, status, title, TypePrefix + refusal.Code, more).ExecuteAsync(httpContext);
        }
    }
}
