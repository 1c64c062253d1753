using Azure;
using Azure.Data.Tables;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Domain.Signing;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Signing;

/// <summary>Whose failures are counted together: one learner (or nobody known) in one Session from one network.</summary>
/// <param name="Who">A learner's key, <see cref="Nobody"/> or <see cref="UnknownLogin"/>.</param>
public sealed record AttemptPath(OrganisationId Organisation, SessionId Session, string Network, string Who)
{
    /// <summary>A code typed without saying who one is.</summary>
    public const string Nobody = "-";

    /// <summary>
    /// A login that names no learner. Apart from <see cref="Nobody"/>, so that typing errors in names do not lock those who type none.
    /// </summary>
    public const string UnknownLogin = "~";

    public static AttemptPath Of(Session session, string network, Reference learner) =>
        new(session.Organisation, session.Id, network, learner.Key);
}

/// <summary>
/// Table <c>Attempts</c>: PK <c>{org}|{session}</c>, RK <c>{network}|{learner, - or ~}</c> with the network's '/' as '_'.
/// </summary>
public sealed class AttemptsTable(AppStorage storage)
{
    private const string Name = "Attempts";

    public async Task<Stored<Attempts>> FindAsync(AttemptPath path, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var row = await table.FindAsync(Partition(path), Row(path), cancellation);
        return row is null
            ? new Stored<Attempts>(Attempts.None, default)
            : new Stored<Attempts>(new Attempts(row.GetInt32("Failures")!.Value, row.GetDateTimeOffset("LastFailureAt")!.Value), row.ETag);
    }

    /// <returns>False when another failure was counted meanwhile.</returns>
    public async Task<bool> TryWriteAsync(AttemptPath path, Stored<Attempts> read, Attempts changed, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var entity = new TableEntity(
            Partition(path), Row(path))
        { ["Failures"] = changed.Failures, ["LastFailureAt"] = changed.LastFailureAt };
        return await table.TryWriteAsync(entity, read.ETag, cancellation);
    }

    private static string Partition(AttemptPath path) => $"{path.Organisation}|{path.Session}";

    // A table key holds no '/'.
    private static string Row(AttemptPath path) => $"{path.Network.Replace('/', '_')}|{path.Who}";
}
