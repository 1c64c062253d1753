using Emargement.LocalHost.Storage;
using Emargement.Tests.Platform;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]

namespace Emargement.Tests.Platform;

/// <summary>
/// One storage emulator for the whole run, in memory and on free ports, started by the first test that asks for it.
/// Each test takes its own table prefix and container names, so that all run at the same time.
/// </summary>
public sealed class AzuriteFixture : IDisposable
{
    private static readonly Lazy<AzuriteProcess> Emulator = new(() => AzuriteProcess.Start());

    /// <summary>
    /// The emulator of a whole run pauses for seconds on a busy machine. Only tests of a storage that is away want to be told after four.
    /// </summary>
    public AzuriteFixture() => Environment.SetEnvironmentVariable("Storage__Patience", "00:01:00");

    public static string ConnectionString => Emulator.Value.ConnectionString;

    /// <summary>A prefix no other test has, valid in table and container names.</summary>
    public static string NewPrefix() => "t" + Guid.NewGuid().ToString("N")[..12];

    public void Dispose()
    {
        if (Emulator.IsValueCreated)
        {
            Emulator.Value.Dispose();
        }
    }
}
