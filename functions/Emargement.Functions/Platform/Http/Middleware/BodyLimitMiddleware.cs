using Microsoft.AspNetCore.Http.Features;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace Emargement.Functions.Platform.Http.Middleware;

/// <summary>
/// Refuses any body that is larger than the largest that a function takes, before the
/// Functions host would: its proxy breaks at 32 MB without a word.
/// </summary>
internal sealed class BodyLimitMiddleware : IFunctionsWorkerMiddleware
{
    /// <summary>Bytes of a body at most, whichever function it is for; each function has its own limit below it.</summary>
    public const int LargestBody = 26 * 1024 * 1024;

    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.HttpCall()?.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = LargestBody;
        }

        return next(context);
    }
}
