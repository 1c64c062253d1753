using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Storage;
using Microsoft.Extensions.Logging;

namespace Emargement.Functions.Platform.Gates;

/// <summary>What may be told of a try.</summary>
/// <param name="Outcome">The value or the refusal that was judged; null when nothing may be told, or nothing was judged.</param>
/// <param name="LockedUntil">Until when nothing more is told on this path; null when another try may be made.</param>
/// <param name="Left">Wrong tries that may still follow.</param>
public readonly record struct Told<T>(Result<T>? Outcome, DateTimeOffset? LockedUntil, int Left);

/// <summary>
/// The one gate of everything that can be guessed: an outcome is told only once a conditional write has counted it, so that a thousand
/// guesses sent at once learn no more than five sent one after the other.
/// </summary>
public sealed class TryGate(TriesTable table, TimeProvider time, ILogger<TryGate> logger)
{
    private readonly Turns<TryPath> _turns = new();
    private readonly ShortMemory<TryPath, Stored<Tries>> _known = new(time);
    private readonly ShortMemory<TryPath, ClosedNetwork> _closed = new(time);

    /// <summary>Judges a try and counts what came of it: one read, one write.</summary>
    /// <param name="judge">What the try is worth: a value when it is right, a refusal when it is wrong, null when there is no time to
    /// judge it: then nothing is counted. Not asked while the path is locked.</param>
    /// <param name="shared">Whether the right ones of the path are different people's: they are not counted, but told only while the path
    /// is not locked. A class comes at once: within half a minute each goes on from what the one before wrote, and the row is read again
    /// only where another process has written since. (On a person's own path, a call less would tell that somebody was there.)</param>
    public async Task<Told<T>> TellAsync<T>(
        TryPath path, Func<Task<Result<T>?>> judge, CancellationToken cancellation, bool shared = false)
    {
        if (path.Network is not null && _closed.Find(NetworkOf(path)) is { } closed && closed.Until > time.GetUtcNow())
        {
            return new Told<T>(null, closed.Until, 0);
        }

        // In turn: those that come together would otherwise all be judged, and all but one write in vain.
        using var turn = await _turns.TakeAsync(path, cancellation);
        Result<T>? judged = null;
        while (true)
        {
            var read = (shared ? _known.Find(path) : null) ?? await table.FindAsync(path, cancellation);
            if (read.Value.LockedUntil(time.GetUtcNow()) is { } until)
            {
                return new Told<T>(null, until, 0);
            }

            if ((judged ??= await judge()) is not { } outcome)
            {
                return new Told<T>(null, null, 0);
            }

            var now = time.GetUtcNow();
            var after = shared && outcome.IsOk ? read.Value : read.Value.Next(outcome.IsOk, now);
            if (await table.WriteAsync(path, read, after, cancellation) is not { } written)
            {
                _known.Forget(path);
                continue;
            }

            if (shared)
            {
                _known.Keep(path, written);
            }

            var locked = after.LockedUntil(now);
            if (locked is not null && !outcome.IsOk)
            {
                GateLog.Locked(logger, path.Organisation, path.Way);
            }

            // Only where something was wrong, so that nobody who is right pays for it. A process that does not know yet that a network
            // is closed tells it one outcome more.
            if (!outcome.IsOk && path.Network is not null)
            {
                await CountAsync(NetworkOf(path), cancellation);
            }

            return new Told<T>(outcome, locked, after.Left);
        }
    }

    /// <summary>Counts what is right for nobody and wrong for nobody, such as a wish for a mail, by the network it comes from: one read,
    /// one write.</summary>
    /// <returns>Until when nothing more is taken from there; null when this one is.</returns>
    public async Task<DateTimeOffset?> CountAsync(
        OrganisationId organisation, string way, string network, CancellationToken cancellation) =>
        await CountAsync(TryPath.Of(organisation, "network", way, network), cancellation);

    private async Task<DateTimeOffset?> CountAsync(TryPath network, CancellationToken cancellation)
    {
        using var turn = await _turns.TakeAsync(network, cancellation);
        while (true)
        {
            if (_closed.Find(network) is { } closed && closed.Until > time.GetUtcNow())
            {
                return closed.Until;
            }

            var (read, now) = (await table.FindAsync(network, cancellation), time.GetUtcNow());
            var before = new NetworkTries(read.Value.Told, read.Value.LastAt);
            var after = before.Next(now);
            if (before.ClosedUntil(now) is null
                && await table.WriteAsync(network, read, new Tries(after.Wrong, after.Since, WasRight: false), cancellation) is null)
            {
                continue;
            }

            if (after.ClosedUntil(now) is { } until)
            {
                _closed.Keep(network, new ClosedNetwork(until));
                GateLog.Closed(logger, network.Organisation, network.Key.Split('|')[1]);
            }

            return before.ClosedUntil(now);
        }
    }

    private static TryPath NetworkOf(TryPath path) => TryPath.Of(path.Organisation, "network", path.Way, path.Network!);

    private sealed record ClosedNetwork(DateTimeOffset Until);
}
