using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
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

    public static string ToJson(IReadOnlyList<Figure> figures) =>
        JsonSerializer.Serialize(new { machine = Machine, figures = figures.Select(Rounded) }, Options);

    public static string ToText(IReadOnlyList<Figure> figures)
    {
        var text = new StringBuilder().AppendLine(Invariant($"Machine: {Machine}."));
        foreach (var f in figures)
        {
            text.AppendLine((f.Ratio is { } ratio
                ? Invariant(
                    $"{f.Name}: {f.Ours:0} {f.Unit}, bare client {f.Raw:0}: ratio {ratio:0.00} (aim {f.Aim:0.0}{Verdict(f)}), {Rounds(f)}")
                : Invariant($"{f.Name}: {f.Ours:0.0} {f.Unit} (aim at most {f.Aim:0}{Verdict(f)}), {Rounds(f)}"))
                + (f.CallsEach is { } calls ? Invariant($", {calls:0.0} storage calls each") : ""));
        }

        return text.ToString().TrimEnd();
    }

    private static string Rounds(Figure f) => f.Rounds == 1 ? "one round" : Invariant($"median of {f.Rounds} rounds");

    private static string Verdict(Figure f) => f.Met ? "" : ", not met";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

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
    };
}
