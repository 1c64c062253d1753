using System.Globalization;
using System.Runtime.InteropServices;
using Emargement.LocalHost.Storage;

namespace Emargement.Tests.Platform.Outages;

/// <summary>A storage emulator of one test, which it may take away and bring back: stopped, or there and mute.</summary>
internal sealed class OwnStorage : IDisposable
{
    private const int SigCont = 18;
    private const int SigStop = 19;

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("emargement-outage-");
    private AzuriteProcess _emulator;
    private bool _frozen;
    private bool _stopped;

    public OwnStorage() => _emulator = AzuriteProcess.Start(_data.FullName);

    public string ConnectionString => _emulator.ConnectionString;

    /// <summary>Its process ends, and connections to it are refused.</summary>
    /// <remarks>Asked to end and not killed: the emulator, unlike a storage account, writes down what it acknowledged only now and then.
    /// </remarks>
    public void Stop()
    {
        _emulator.Dispose();
        _stopped = true;
    }

    /// <summary>Its process takes connections, and answers nothing.</summary>
    public void Freeze() => Signal(SigStop);

    public void BringBack()
    {
        if (_frozen)
        {
            Signal(SigCont);
        }
        else
        {
            _stopped = false;
            _emulator = AzuriteProcess.Start(_data.FullName, _emulator);
        }
    }

    public void Dispose()
    {
        if (_frozen)
        {
            Signal(SigCont);
        }

        if (!_stopped)
        {
            _emulator.Dispose();
        }

        _data.Delete(recursive: true);
    }

    private void Signal(int signal)
    {
        Kill(_emulator.ProcessId, signal).ShouldBe(0, string.Create(CultureInfo.InvariantCulture, $"signal {signal}"));
        _frozen = signal == SigStop;
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);
}
