using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Emargement.Domain.Platform;
using Emargement.Domain.Sealing;
using Emargement.Domain.Sessions;

namespace Emargement.Domain.Statements;

/// <summary>The version of a sheet that a statement rests on.</summary>
/// <param name="Code">Its verification code, in groups of four.</param>
public sealed record SheetUsed(SessionId Session, int Version, string Code);

/// <summary>
/// What a statement rests on, as leaves of its tree: what is printed above, then each half-day with the version and hash of its sealed
/// sheet and the minutes taken from it, then each week. The same leaves are the same statement.
/// </summary>
public static class StatementEvidence
{
    /// <param name="content">What is printed.</param>
    /// <param name="sheet">The latest sealed sheet of a Session.</param>
    public static IReadOnlyList<EvidenceFact> Of(
        StatementContent content, Reckoned reckoned, Func<SessionId, SheetNamed?> sheet)
    {
        var heading = new HeadingLine(
            content.Kind, reckoned.Training, content.Training, reckoned.Learner, content.Learner, content.Span.ToString(),
            FiguresOf(content.Figures),
            content.Signatory is { } s ? new SignatoryLine(s.Name, s.Capacity, s.Place, Hash(s.Drawing ?? s.TypedName)) : null);
        return
        [
            Leaf("0-heading", heading),
            .. reckoned.HalfDays.Select(h => Leaf($"1-{h.Row.Session}", Line(h, sheet(h.Row.Session)))),
            .. reckoned.Weeks.Index().Select(w => Leaf($"2-{w.Item.Week}-{w.Index}", w.Item)),
        ];
    }

    /// <summary>SHA-256 of the figures alone, lower-case hexadecimal: another version of a sheet may leave them as they are.</summary>
    public static string FiguresOf(StatementFigures figures) => Convert.ToHexStringLower(SHA256.HashData(Write(figures)));

    /// <summary>The sheets that the evidence of a statement names.</summary>
    /// <param name="evidence">As <see cref="Evidence.Write"/> wrote it.</param>
    public static IReadOnlyList<SheetUsed> SheetsOf(byte[] evidence)
    {
        using var json = JsonDocument.Parse(evidence);
        return
        [
            .. json.RootElement.GetProperty("facts").EnumerateArray()
                .Where(fact => fact.GetProperty("key").GetString()!.StartsWith("1-", StringComparison.Ordinal))
                .Select(fact => JsonSerializer.Deserialize<HalfDayLine>(fact.GetProperty("json").GetString()!, CanonicalJson.Options)!)
                .Where(line => line is { Version: not null, Code: not null })
                .Select(line => new SheetUsed(SessionId.Parse(line.Session), line.Version!.Value, line.Code!)),
        ];
    }

    private static HalfDayLine Line(ReckonedHalfDay halfDay, SheetNamed? sheet)
    {
        var (row, attendance) = (halfDay.Row, halfDay.Row.Attendance);
        return new HalfDayLine(
            row.Session.ToString(), sheet?.Version, sheet?.Code, row.Sheet?.Sha256, attendance.Status, row.PlannedMinutes, attendance.Done,
            attendance.Justified, attendance.Unjustified, attendance.Late, attendance.LeftEarly);
    }

    private static EvidenceFact Leaf<T>(string key, T line) => new(key, Write(line), null);

    private static byte[] Write<T>(T line) => JsonSerializer.SerializeToUtf8Bytes(line, CanonicalJson.Options);

    private static string? Hash(string? text) =>
        text is null ? null : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private sealed record HeadingLine(
        StatementKind Kind, Reference Training, string Title, Reference Learner, string Name, string Span, string Figures,
        SignatoryLine? Signatory);

    private sealed record SignatoryLine(string Name, string Capacity, string Place, string? MarkSha256);

    private sealed record HalfDayLine(
        string Session, int? Version, string? Code, string? SheetSha256, AttendanceStatus Status, int Planned, int Done, int Justified,
        int Unjustified, int Late, int LeftEarly);
}
