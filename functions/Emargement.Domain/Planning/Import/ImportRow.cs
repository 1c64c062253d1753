using Emargement.Domain.Platform;

namespace Emargement.Domain.Planning.Import;

/// <summary>One record of a file. Reads its values by column, and keeps the first reason for which the row must be refused.</summary>
public sealed class ImportRow(ImportHeading heading, int line, IReadOnlyList<string> values)
{
    /// <summary>Characters of one value at most.</summary>
    public const int MaxValueLength = 500;

    public int Line => line;

    /// <summary>Code and sentence of the first refusal, or null while the row is good.</summary>
    public (string Code, string Sentence)? Problem { get; private set; }

    /// <summary>The value without surrounding white space; empty when the column or the value is missing.</summary>
    public string Text(string column) => heading.IndexOf(column) is >= 0 and var i && i < values.Count ? values[i].Trim() : "";

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
        else if (text.Length > 0 && !Reference.TryParse(text, out _))
        {
            Refuse(ImportCode.MissingValue, ImportSentences.Unreadable(column, text));
        }

        return Reference.TryParse(text, out var reference) ? reference : default;
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
        if (!PlanningText.TryParseTime(text, out var time))
        {
            Refuse(ImportCode.InvalidTime, ImportSentences.Time(column, text));
        }

        return time;
    }

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
        }

        if (values.Skip(heading.Width).Any(v => v.Trim().Length > 0))
        {
            Refuse(ImportCode.TooManyValues, ImportSentences.TooMany(values.Count, heading.Width));
        }
    }

    public void Refuse(string code, string sentence) => Problem ??= (code, sentence);

    /// <summary>Reports the refusal, if there is one.</summary>
    /// <returns>True when the row is refused.</returns>
    public bool Reported(ImportJournal journal, string referenceColumn)
    {
        if (Problem is not var (code, sentence))
        {
            return false;
        }

        journal.Reject(heading.Kind, line, Cut(Text(referenceColumn)), code, sentence);
        return true;
    }

    private static string Cut(string text) => text.Length <= Reference.MaxLength ? text : text[..Reference.MaxLength];
}
