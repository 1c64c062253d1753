namespace Emargement.Functions.Platform.Storage;

/// <summary>
/// How long this process waits for the storage, one call with its retries: seconds where somebody waits for the answer, a minute for work
/// in the background, which is tried again later anyway.
/// </summary>
public static class StoragePatience
{
    private static readonly TimeSpan OfWork = TimeSpan.FromSeconds(60);

    private static readonly AsyncLocal<TimeSpan?> OfSomebody = new();

    /// <summary>For one call made now.</summary>
    public static TimeSpan OfCall => OfSomebody.Value ?? OfWork;

    /// <summary>From here on, and in all that this calls, somebody waits.</summary>
    public static void SomebodyWaits(StorageOptions options) => OfSomebody.Value = options.Patience;
}
