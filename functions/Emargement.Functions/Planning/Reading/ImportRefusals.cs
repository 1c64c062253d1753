using System.Globalization;
using Emargement.Domain.Platform;

namespace Emargement.Functions.Planning.Reading;

/// <summary>Why an import is refused whole: nothing of it is written.</summary>
public static class ImportRefusals
{
    /// <param name="limit">Bytes.</param>
    public static Refusal TooLarge(long limit) => Refusal.Of(
        "import-too-large", RefusalKind.TooLarge, ("limit", (limit / 1024 / 1024).ToString(CultureInfo.InvariantCulture) + " Mo"));

    public static Refusal ContentType { get; } = Refusal.Of("import-content-type", RefusalKind.UnsupportedMediaType);

    public static Refusal Empty { get; } = Refusal.BadInput("import-empty");

    public static Refusal ArchiveDamaged { get; } = Refusal.BadInput("import-archive-damaged");

    public static Refusal FormDamaged { get; } = Refusal.BadInput("import-form-damaged");

    public static Refusal FileEmpty(string file) => Refusal.BadInput("import-file-empty", ("file", file));

    public static Refusal TooManyRows(string file, int limit) =>
        Refusal.Of("import-too-many-rows", RefusalKind.TooLarge, ("file", file), ("limit", limit.ToString(CultureInfo.InvariantCulture)));

    public static Refusal TooManyFiles(int limit) =>
        Refusal.BadInput("import-too-many-files", ("limit", limit.ToString(CultureInfo.InvariantCulture)));

    public static Refusal NotText(string file) => Refusal.BadInput("import-not-text", ("file", file));

    public const string HeadingUnknownCode = "import-heading-unknown";

    public static Refusal HeadingUnknown(string file) => Refusal.BadInput(HeadingUnknownCode, ("file", file));

    /// <summary>A page, mostly of signing in, that a link gave in place of the file.</summary>
    public static Refusal WebPage(string file) => Refusal.BadInput("import-web-page", ("file", file));

    public static Refusal TooManyColumns(string file, int limit) =>
        Refusal.BadInput("import-too-many-columns", ("file", file), ("limit", limit.ToString(CultureInfo.InvariantCulture)));

    public static Refusal LineTooLong(string file, long line) =>
        Refusal.BadInput("import-line-too-long", ("file", file), ("line", line.ToString(CultureInfo.InvariantCulture)));

    public const string RunningCode = "import-running";

    /// <summary>Another import of the organisation is under way.</summary>
    public static Refusal Running(string run) => Refusal.Conflict(RunningCode, ("run", run));

    /// <summary>The process that imported died: what it wrote stands, and importing the same files again completes it.</summary>
    public static Refusal Stopped { get; } = Refusal.Conflict("import-stopped");

    public static Refusal ColumnsMissing(string file, IEnumerable<string> columns) =>
        Refusal.BadInput("import-column-missing", ("file", file), ("columns", string.Join(", ", columns)));

    public static Refusal QuoteOpen(string file, long line) =>
        Refusal.BadInput("import-quote-open", ("file", file), ("line", line.ToString(CultureInfo.InvariantCulture)));

    public static Refusal SameKindTwice(string first, string second) =>
        Refusal.BadInput("import-same-kind-twice", ("first", first), ("second", second));

    public static Refusal ArchiveUnsafe(string entry) => Refusal.BadInput("import-archive-unsafe", ("entry", entry));

    /// <summary>The planning has fewer than half of the Sessions that it would replace.</summary>
    public static Refusal Truncated(int inFile, int replaced) => Refusal.Conflict(
        "import-truncated",
        ("inFile", inFile.ToString(CultureInfo.InvariantCulture)),
        ("replaced", replaced.ToString(CultureInfo.InvariantCulture)));
}
