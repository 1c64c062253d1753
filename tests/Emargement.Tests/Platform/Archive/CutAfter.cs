using Azure.Core;
using Azure.Core.Pipeline;

namespace Emargement.Tests.Platform.Archive;

/// <summary>Lets so many calls reach the storage, and no more: what a killed process looks like from there.</summary>
internal sealed class CutAfter(int calls) : HttpPipelineSynchronousPolicy
{
    private int _left = calls;

    public override void OnSendingRequest(HttpMessage message)
    {
        if (Interlocked.Decrement(ref _left) < 0)
        {
            throw new IOException("The process was killed.");
        }
    }
}
