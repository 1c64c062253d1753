namespace Emargement.Functions.Platform.Storage;

/// <summary>
/// How long this process waits for the storage, one call with its retries: seconds where somebody waits for the answer, a minute for work
/// in the background, which is tried again later anyway.
/// </summary>
public static class StoragePatience
{
    // What is left of five seconds is for the rest of an answer.
    private static readonly TimeSpan OfPeople = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan OfWork = TimeSpan.FromSeconds(60);

    private static readonly AsyncLocal<bool> Somebody = new();

    /// <summary>For one call made now.</summary>
    public static TimeSpan OfCall => Somebody.Value ? OfPeople : OfWork;

    /// <summary>From here on, and in all that this calls, somebody waits.</summary>
    public static void SomebodyWaits() => Somebody.Value = true;
}
