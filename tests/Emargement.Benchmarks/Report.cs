using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Emargement.Benchmarks;

/// <summary>The figures, for a person or for a program.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions Options = new(
        JsonSerializerDefaults.Web)
    { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string Machine => $"{Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, "
        + $"{RuntimeInformation.FrameworkDescription}, storage emulator";

    public static string Heading => Invariant($"Machine: {Machine}.");

    public static string ToJson(IReadOnlyList<Figure> figures) =>
        JsonSerializer.Serialize(new { machine = Machine, figures = figures.Select(Rounded) }, Options);

    public static string ToText(Figure f) =>
        (f.Ratio is { } ratio
            ? Invariant($"{f.Name}: {f.Ours:0} {f.Unit}, bare client {f.Raw:0}: ratio {ratio:0.00}{Aim(f)}, {Rounds(f)}")
            : f.Latency is not null
            ? Invariant($"{f.Name}: {f.Ours:0} {f.Unit}, {Rounds(f)}")
            : Invariant($"{f.Name}: {f.Ours:0.0} {f.Unit} (aim at most {f.Aim:0}{Verdict(f)}), {Rounds(f)}"))
        + (f.CallsEach is { } calls ? Invariant($", {calls:0.0} storage calls each") : "")
        + (f.Note is { } note ? $"; {note}" : "")
        + (f.Processor is { } share ? TextOf(share) : "")
        + (f.Latency is { } latency ? TextOf(latency) : "");

    private static string Aim(Figure f) => f.Aim > 0 ? Invariant($" (aim {f.Aim:0.0#}{Verdict(f)})") : "";

    private static string TextOf(ProcessorShare share) => Invariant(
        $"; seconds of a processor {share.Ours.App:0.00} + {share.Ours.Storage:0.00} for the storage, bare client ")
        + Invariant($"{share.Raw.App:0.00} + {share.Raw.Storage:0.00}: ratio {share.Ratio:0.00}");

    private static string TextOf(Latency latency) =>
        Invariant($"; p50 {latency.P50:0} ms, p99 {latency.P99:0} ms")
        + (latency is { AppMilliseconds: { } app, StorageMilliseconds: { } storage }
            ? Invariant($"; {app:0.00} ms of a processor for the app, {storage:0.00} for the storage")
            : "");

    private static string Rounds(Figure f) => f.Rounds == 1 ? "one round" : Invariant($"median of {f.Rounds} rounds");

    private static string Verdict(Figure f) => f.Met ? "" : ", not met";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static double? Rounded(double? value) => value is { } known ? Math.Round(known, 2) : null;

    private static object Rounded(Figure f) => new
    {
        f.Name,
        f.Unit,
        Ours = Math.Round(f.Ours, 1),
        Raw = f.Raw is { } raw ? Math.Round(raw, 1) : (double?)null,
        Ratio = f.Ratio is { } ratio ? Math.Round(ratio, 3) : (double?)null,
        f.Aim,
        f.Met,
        f.Rounds,
        CallsEach = f.CallsEach is { } calls ? Math.Round(calls, 1) : (double?)null,
        f.Note,
        ProcessorRatio = Rounded(f.Processor?.Ratio),
        P50 = Rounded(f.Latency?.P50),
        P99 = Rounded(f.Latency?.P99),
        AppMilliseconds = Rounded(f.Latency?.AppMilliseconds),
        StorageMilliseconds = Rounded(f.Latency?.StorageMilliseconds),
    };
}
