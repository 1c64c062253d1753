using Emargement.Domain.Platform;

namespace Emargement.Domain.Planning.Import.Rows;

/// <summary>One record of a file. Reads its values by column, and keeps the first reason for which the row must be refused and what is
/// remarked on it.</summary>
/// <param name="heading">The headings of its file.</param>
/// <param name="line">Physical line on which it starts.</param>
/// <param name="values">Its cells as the file has them.</param>
/// <param name="repaired">Values whose characters were put right while they were read.</param>
public sealed class ImportRow(ImportHeading heading, int line, IReadOnlyList<string> values, IReadOnlyList<string>? repaired = null)
{
    /// <summary>Characters of one value at most.</summary>
    public const int MaxValueLength = 500;

    private readonly List<(string Code, string Sentence)> _remarks =
        [.. (repaired ?? []).Select(value => (ImportCode.RepairedText, ImportSentences.Repaired(value)))];

    public int Line => line;

    public ImportHeading Heading => heading;

    /// <summary>Whether it says that its slot no longer takes place.</summary>
    public bool Cancels { get; init; }

    /// <summary>Code and sentence of the first refusal, or null while the row is good.</summary>
    public (string Code, string Sentence)? Problem { get; private set; }

    /// <summary>The value in the form of <see cref="PlainText"/>; empty when the column or the value is missing.</summary>
    public string Text(string column) => heading.IndexOf(column) is >= 0 and var i && i < values.Count ? PlainText.Of(values[i]) : "";

    public string? Optional(string column) => Text(column) is { Length: > 0 } text ? text : null;

    public string Required(string column)
    {
        var text = Text(column);
        if (text.Length == 0)
        {
            Refuse(ImportCode.MissingValue, ImportSentences.Missing(column));
        }

        return text;
    }

    public Reference RequiredReference(string column, int maxLength = Reference.MaxLength)
    {
        var text = Required(column);
        if (text.Length > maxLength)
        {
            Refuse(ImportCode.ValueTooLong, ImportSentences.TooLong(column, text, maxLength));
        }

        return Reference.TryParse(text, out var reference) ? reference : default;
    }

    /// <summary>The reference that a column names: as written, or in another case when only one is meant, which is remarked on.</summary>
    public Reference Named(string column, Reference written, KnownReferences known)
    {
        if (written == default || known.Find(written) is not { } found || found == written)
        {
            return written;
        }

        Warn(ImportCode.ReferenceByCase, ImportSentences.ByCase(column, written.Value, found.Value));
        return found;
    }

    public DateOnly RequiredDate(string column)
    {
        var text = Required(column);
        if (!PlanningText.TryParseDate(text, out var date))
        {
            Refuse(ImportCode.InvalidDate, ImportSentences.Date(column, text));
        }

        return date;
    }

    public DateOnly? OptionalDate(string column) => Text(column).Length == 0 ? null : RequiredDate(column);

    public TimeOnly RequiredTime(string column)
    {
        var text = Required(column);
        if (!PlanningText.TryParseTime(WithoutDay(text), out var time))
        {
            Refuse(ImportCode.InvalidTime, ImportSentences.Time(column, text));
        }

        return time;
    }

    /// <summary>The address, or null with a remark when something stands there that is none. A person without e-mail is a normal
    /// person.</summary>
    public EmailAddress? OptionalEmail(string column)
    {
        var text = Text(column);
        if (EmailAddress.TryParse(text, out var email))
        {
            return email;
        }

        if (text.Length > 0)
        {
            Warn(ImportCode.ValueIgnored, ImportSentences.Ignored(column, text));
        }

        return null;
    }

    /// <summary>As <see cref="RequiredTime"/>, and 24:00.</summary>
    public TimeOnly RequiredEnd(string column) =>
        PlanningText.TryParseEnd(WithoutDay(Text(column)), out var end) ? end : RequiredTime(column);

    /// <summary>Refuses a value that no column may hold, and a record with more values than columns. Comes first.</summary>
    public void CheckShape()
    {
        foreach (var column in ImportColumns.Of(heading.Kind))
        {
            var text = Text(column.Name);
            if (text.Length > MaxValueLength)
            {
                Refuse(ImportCode.ValueTooLong, ImportSentences.TooLong(column.Name, text, MaxValueLength));
            }

            if (PlainText.IsUndecodable(text))
            {
                Refuse(ImportCode.Undecodable, ImportSentences.Undecodable(column.Name, text));
            }

            if (SpreadsheetText.IsBrokenFormula(text))
            {
                Refuse(ImportCode.SpreadsheetError, ImportSentences.BrokenFormula(column.Name, text));
            }
            else if (SpreadsheetText.IsAbbreviated(text))
            {
                Refuse(ImportCode.SpreadsheetError, ImportSentences.AbbreviatedNumber(column.Name, text));
            }
        }

        if (values.Skip(heading.Width).Any(v => v.AsSpan().Trim().Length > 0))
        {
            Refuse(ImportCode.TooManyValues, ImportSentences.TooMany(values.Count, heading.Width));
        }
    }

    public void Refuse(string code, string sentence) => Problem ??= (code, sentence);

    /// <summary>Remarks on the row, if it is not refused.</summary>
    public void Warn(string code, string sentence) => _remarks.Add((code, sentence));

    /// <summary>Reports the refusal, or else the remarks.</summary>
    /// <returns>True when the row is refused.</returns>
    public bool Reported(ImportJournal journal, string referenceColumn)
    {
        var reference = Cut(Text(referenceColumn));
        if (Problem is var (code, sentence))
        {
            journal.RejectRow(heading.Kind, line, reference, code, sentence);
            return true;
        }

        _remarks.ForEach(r => journal.Warn(heading.Kind, line, reference, r.Code, r.Sentence));
        _remarks.Clear();
        if (heading.DateColumns.Any(c => PlanningText.IsSerialDate(Text(c))))
        {
            journal.WarnOnce(heading.Kind, line, reference, ImportCode.SerialDates, ImportSentences.SerialDates);
        }

        return false;
    }

    // A day before the hour may stand there when it is the row's own.
    private string WithoutDay(string text)
    {
        var cut = text.AsSpan().LastIndexOfAny(' ', 'T');
        return cut >= 8 && PlanningText.TryParseDate(text[..cut], out var day)
            && PlanningText.TryParseDate(Text("date"), out var own) && own == day
            ? text[(cut + 1)..]
            : text;
    }

    private static string Cut(string text) => text.Length <= Reference.MaxLength ? text : text[..Reference.MaxLength];
}
