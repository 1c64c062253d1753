using System.Globalization;
using Azure;
using Azure.Identity;
using Emargement.Functions.Platform.Storage;
using Emargement.Functions.Platform.Telemetry;
using Emargement.Functions.Sealing.Seal;
using Microsoft.Extensions.Logging;

namespace Emargement.Functions.Health;

public enum ReadyStatus
{
    Ok,

    /// <summary>It works, and somebody should look.</summary>
    Degraded,

    /// <summary>It cannot do its work.</summary>
    Failing,
}

/// <param name="Says">What was found and, unless all is well, what to do.</param>
/// <param name="AgeSeconds">Since that work last ended, where there is one.</param>
public sealed record ReadyCheck(string Name, ReadyStatus Status, string Says, long? AgeSeconds = null);

/// <param name="Status">The worst of the checks.</param>
public sealed record ReadyAnswer(ReadyStatus Status, DateTimeOffset At, IReadOnlyList<ReadyCheck> Checks);

/// <summary>
/// Looks whether this system can do its work. Looked at once for all who ask within ten
/// seconds, so that asking costs the storage nothing.
/// </summary>
public sealed partial class Readiness(
    AppStorage storage, PulseTable pulses, Func<SealCertificate> certificate, TimeProvider time, ILogger<Readiness> logger) : IDisposable
{
    private const string Renew = "Import a new one: docs/operations.md, \"Renewing certificates\".";

    private const string NoStorage = "The storage does not answer. "
        + "Look at Azure's status, at the account's network rules and at the rights of the app's identity.";

    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Warned = TimeSpan.FromDays(30);

    private readonly SemaphoreSlim _gate = new(1);
    private ReadyAnswer? _last;

    public async Task<ReadyAnswer> LookAsync(CancellationToken cancellation)
    {
        if (Known() is { } known)
        {
            return known;
        }

        await _gate.WaitAsync(cancellation);
        try
        {
            return Known() ?? (_last = await AskAsync(cancellation));
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private ReadyAnswer? Known() => _last is { } last && time.GetUtcNow() - last.At < Kept ? last : null;

    private async Task<ReadyAnswer> AskAsync(CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        var now = time.GetUtcNow();
        List<ReadyCheck> checks = [];
        try
        {
            var found = await pulses.AllAsync(both.Token);
            await (await storage.ContainerAsync("platform")).ExistsAsync(both.Token);
            checks.Add(new("storage", ReadyStatus.Ok, "Tables and blobs answer."));
            checks.Add(Certificate(now));
            var (import, export) = (found.GetValueOrDefault(Pulse.NightlyImport), found.GetValueOrDefault(Pulse.MonthlyExport));
            checks.Add(Work("import", import, now, "organisations whose last night is not imported", "import-missing"));
            checks.Add(Work("export", export, now, "months of Régions that are not exported", "export-missing"));
        }
        catch (Exception fault) when (IsOfStorage(fault) && !cancellation.IsCancellationRequested)
        {
            LogStorage(Faults.TypesOf(fault));
            checks = [new("storage", ReadyStatus.Failing, NoStorage)];
        }

        return new ReadyAnswer(checks.Max(c => c.Status), now, checks);
    }

    private ReadyCheck Certificate(DateTimeOffset now)
    {
        var used = certificate().Certificate;
        var (from, until) = (new DateTimeOffset(used.NotBefore.ToUniversalTime()), new DateTimeOffset(used.NotAfter.ToUniversalTime()));
        var day = until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return now >= until || now < from
            ? new("certificate", ReadyStatus.Failing, $"The seal certificate is not valid now; it ends on {day}. {Renew}")
            : until - now < Warned
                ? new("certificate", ReadyStatus.Degraded, $"The seal certificate ends on {day}. {Renew}")
                : new("certificate", ReadyStatus.Ok, $"The seal certificate is valid until {day}.");
    }

    private static ReadyCheck Work(string name, Pulse? pulse, DateTimeOffset now, string late, string manual)
    {
        var age = (long?)(now - pulse?.DoneAt)?.TotalSeconds;
        return pulse is { Late: > 0 }
            ? new(
                name,
                ReadyStatus.Degraded,
                string.Create(CultureInfo.InvariantCulture, $"{pulse.Late} {late}: docs/operations.md, \"{manual}\"."),
                age)
            : new(name, ReadyStatus.Ok, age is null ? "None has ended yet." : "Nothing is late.", age);
    }

    private static bool IsOfStorage(Exception fault) =>
        fault is RequestFailedException or AuthenticationFailedException or OperationCanceledException
        || (fault is AggregateException all && all.InnerExceptions.All(IsOfStorage));

    [LoggerMessage(1, LogLevel.Error, "The storage does not answer: {ExceptionTypes}")]
    private partial void LogStorage(string exceptionTypes);
}
