using Azure;
using Azure.Identity;
using Grpc.Core;

namespace Emargement.Functions.Platform.Storage;

/// <summary>Tells the faults of a storage that does not answer, which pass by themselves, from those of this app.</summary>
public static class OutOfReach
{
    /// <summary>
    /// Whether a call failed because the storage, the Durable engine on it, or the identity that opens it did not answer in time. A call
    /// that was given up counts: who gave it up is the caller's to tell.
    /// </summary>
    public static bool Is(Exception fault) => fault switch
    {
        RequestFailedException answer => answer.Status is 0 or 408 or 429 or >= 500,
        RpcException engine => engine.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.Unknown,
        AggregateException all => all.InnerExceptions.All(Is),
        OperationCanceledException or TimeoutException or AuthenticationFailedException => true,
        { InnerException: { } inner } => Is(inner),
        _ => false,
    };
}
