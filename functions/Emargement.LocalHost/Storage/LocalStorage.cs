namespace Emargement.LocalHost.Storage;

/// <summary>The emulator on this checkout's data, for one program at a time.</summary>
internal sealed class LocalStorage : IDisposable
{
    private readonly FileStream _lock;
    private readonly AzuriteProcess _emulator;

    private LocalStorage(FileStream held, AzuriteProcess emulator)
    {
        _lock = held;
        _emulator = emulator;
    }

    public string ConnectionString => _emulator.ConnectionString;

    /// <summary>Null when another program has this checkout's data open.</summary>
    public static LocalStorage? Start()
    {
        FileStream held;
        try
        {
            held = new FileStream(Path.Combine(Checkout.DataFolder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }

        return new LocalStorage(
            held, AzuriteProcess.Start(Directory.CreateDirectory(Path.Combine(Checkout.DataFolder, "azurite")).FullName));
    }

    public void Dispose()
    {
        _emulator.Dispose();
        _lock.Dispose();
    }
}
