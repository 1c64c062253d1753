using System.Security.Cryptography;
using Emargement.Functions.Platform.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Emargement.Functions.Platform.Protection;

/// <summary>
/// Reads the key ring before the first request. The ring is read synchronously, by whoever needs it first, and all others hold a thread
/// meanwhile: a class that arrives at a cold instance would take every thread, the ones that the reading needs included.
/// </summary>
internal sealed class WarmKeyRing(IDataProtectionProvider protection, IOptions<StorageOptions> storage) : IHostedService
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.Run(Read, cancellationToken).WaitAsync(LongestWait, cancellationToken);
        }
        catch (Exception fault) when (fault is CryptographicException || OutOfReach.Is(fault))
        {
            // The storage is away: the app starts all the same, and says so to those who come.
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Read()
    {
        StoragePatience.SomebodyWaits(storage.Value);
        _ = protection.CreateProtector("start").Protect([1]);
    }
}
