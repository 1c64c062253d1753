using System.Globalization;
using Emargement.Domain.Platform;
using Emargement.Domain.Signing;
using Microsoft.Extensions.Logging;

namespace Emargement.Functions.Signing;

/// <summary>Counts failed proofs and keeps a locked path shut, right codes included.</summary>
public sealed partial class AttemptGate(AttemptsTable table, TimeProvider time, ILogger<AttemptGate> logger)
{
    /// <summary>Null when a proof may be looked at: one call.</summary>
    public async Task<Refusal?> CheckAsync(AttemptPath path, CancellationToken cancellation) =>
        (await table.FindAsync(path, cancellation)).Value.Check(time.GetUtcNow());

    /// <summary>Counts a failure.</summary>
    /// <returns>What to answer: the refusal with the number of tries left, or <c>locked</c> when there is none.</returns>
    public async Task<Refusal> FailAsync(AttemptPath path, string code, CancellationToken cancellation)
    {
        while (true)
        {
            var now = time.GetUtcNow();
            var read = await table.FindAsync(path, cancellation);
            if (read.Value.Check(now) is { } locked)
            {
                return locked;
            }

            var changed = read.Value.Fail(now);
            if (!await table.TryWriteAsync(path, read, changed, cancellation))
            {
                continue;
            }

            if (changed.Check(now) is { } nowLocked)
            {
                LogLocked(path.Organisation.Value, path.Session.ToString(), path.Network);
                return nowLocked;
            }

            return Refusal.BadInput(code, ("left", (Attempts.Allowed - changed.Failures).ToString(CultureInfo.InvariantCulture)));
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Five failed proofs lock a path of {Organisation} {Session} from {Network}")]
    private partial void LogLocked(string organisation, string session, string network);
}
