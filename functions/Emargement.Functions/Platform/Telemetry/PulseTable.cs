using Azure.Data.Tables;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Platform.Telemetry;

/// <summary>That a timer ran to its end, and what it found of the work that it looks after.</summary>
/// <param name="Timer">The name of its function.</param>
/// <param name="LookedAt">When it last ran to its end.</param>
/// <param name="DoneAt">When that work last ended well; null when it never has, or when the timer looks after none.</param>
/// <param name="Late">How much of it is late: organisations, or months of Régions.</param>
public sealed record Pulse(string Timer, DateTimeOffset LookedAt, DateTimeOffset? DoneAt, int Late)
{
    public const string NightlyImport = "NightlyImportTimer";
    public const string MonthlyExport = "MonthlyExportTimer";
    public const string SheetSweep = "SweepSheets";
    public const string ArrivalSettling = "SettleArrivals";
    public const string TriesForgetting = "ForgetTries";
    public const string AuditCompletion = "CompleteAudit";
    public const string Forgetting = "ForgetDue";
    public const string MonthSummaries = "SummarizeMonths";
    public const string Reminders = "SendReminders";
    public const string Watch = "WatchPulses";

    /// <summary>Every timer there is: one whose pulse stands still is reported.</summary>
    public static IReadOnlyList<string> Timers { get; } =
    [
        NightlyImport, MonthlyExport, SheetSweep, ArrivalSettling, TriesForgetting, AuditCompletion, Forgetting, MonthSummaries, Reminders,
        Watch,
    ];
}

/// <summary>
/// Table <c>Pulses</c>: PK <c>pulse</c>, RK the name of the work. So few rows that all
/// are one read, however many organisations there are.
/// </summary>
public sealed class PulseTable(AppStorage storage, TimeProvider time)
{
    private const string Name = "Pulses";
    private const string Partition = "pulse";

    public async Task<IReadOnlyDictionary<string, Pulse>> AllAsync(CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var pulses = new Dictionary<string, Pulse>();
        await foreach (var row in table.StartingWith(Partition, "", cancellation))
        {
            pulses[row.RowKey] = new Pulse(
                row.RowKey, row.GetDateTimeOffset("LookedAt")!.Value, row.GetDateTimeOffset("DoneAt"), row.GetInt32("Late")!.Value);
        }

        return pulses;
    }

    /// <summary>Notes that a timer which looks after no such work ran to its end.</summary>
    public Task NoteAsync(string timer, CancellationToken cancellation) => NoteAsync(timer, null, 0, cancellation);

    /// <summary>Notes what was found now. When another look was faster, that one stands: it is as recent.</summary>
    /// <param name="doneAt">Null when this look saw nothing that ended; what was known stays.</param>
    public async Task NoteAsync(string timer, DateTimeOffset? doneAt, int late, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var before = await table.FindAsync(Partition, timer, cancellation);
        var row = new TableEntity(Partition, timer) { ["LookedAt"] = time.GetUtcNow(), ["Late"] = late };
        row.SetIfAny("DoneAt", doneAt ?? before?.GetDateTimeOffset("DoneAt"));
        if (before is null)
        {
            await table.TryInsertAsync(row, cancellation);
            return;
        }

        row.ETag = before.ETag;
        await table.TryReplaceAsync(row, cancellation);
    }
}
