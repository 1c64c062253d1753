using Emargement.Domain.Platform;
using Emargement.Domain.Platform.Calendar;
using Emargement.Functions.Platform.Audit;

namespace Emargement.Functions.Journal;

/// <summary>What an address asks of a journal, as it is written there.</summary>
public sealed record JournalAsk(string? Person, string? Session, string? Actor, string? From, string? To, string? Continuation);

/// <summary>What is asked of an organisation's journal.</summary>
/// <param name="Question">Null for all of it.</param>
/// <param name="From">The first day, in the organisation's time zone.</param>
/// <param name="To">The last day, inclusive.</param>
/// <param name="After">The last row of the page before.</param>
public sealed record JournalQuery(AuditQuestion? Question, DateOnly From, DateOnly To, string? After)
{
    /// <summary>Days at once at most.</summary>
    public const int MostDays = 366;

    private const int UsualDays = 30;

    /// <param name="today">In the organisation's time zone; 30 days end there unless days are named.</param>
    /// <returns>What is asked, or <c>date-invalid</c>, <c>period-invalid</c>, <c>journal-question</c>.</returns>
    public static Result<JournalQuery> Of(JournalAsk ask, DateOnly today)
    {
        var last = today;
        if (Text(ask.To) is { } toText && !CalendarDay.TryParse(toText, out last))
        {
            return Refusal.BadInput("date-invalid");
        }

        var first = last.AddDays(1 - UsualDays);
        if (Text(ask.From) is { } fromText && !CalendarDay.TryParse(fromText, out first))
        {
            return Refusal.BadInput("date-invalid");
        }

        AuditQuestion?[] questions =
        [
            Text(ask.Person) is { } person ? AuditQuestion.Person(person) : null,
            Text(ask.Session) is { } session ? AuditQuestion.Session(session) : null,
            Text(ask.Actor) is { } actor ? AuditQuestion.Actor(actor) : null,
        ];
        return first > last || last.DayNumber - first.DayNumber >= MostDays ? Refusal.BadInput("period-invalid")
            : questions.Count(q => q is not null) > 1 ? Refusal.BadInput("journal-question")
            : new JournalQuery(questions.FirstOrDefault(q => q is not null), first, last, Text(ask.Continuation));
    }

    private static string? Text(string? asked) => asked?.Trim() is { Length: > 0 and <= 200 } text ? text : null;
}
