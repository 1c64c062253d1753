using System.Globalization;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Domain.Sessions.Modes;
using Emargement.Functions.Platform.Http.Bodies;

namespace Emargement.Functions.Pages.Sessions.Paper;

/// <summary>A half-day as it was entered, or why it cannot be read.</summary>
internal sealed record PaperTyped(SessionId Session, Result<PaperEntry> Entry);

/// <summary>
/// What the form of a paper week says: for column <c>c</c>, the session <c>s.c</c>, the head-count <c>h.c</c>, the trainer's signature
/// <c>t.c</c>, and of each learner a mark <c>m.c.key</c> and minutes <c>n.c.key</c>. A column in which nothing was entered is left alone.
/// </summary>
internal static class PaperForms
{
    private const int MostColumns = 30;

    /// <returns>The half-days, or <c>form-invalid</c>, or <c>paper-incomplete</c> when there is none.</returns>
    public static Result<IReadOnlyList<PaperTyped>> Read(FormFields form)
    {
        var typed = new List<PaperTyped>();
        for (var column = 0; column < MostColumns; column++)
        {
            var people = People(form, column);
            if (!people.IsOk)
            {
                return people.Refusal;
            }

            var (counted, signed) = (form.Text($"h.{column}"), form.Text($"t.{column}") is not null);
            if (people.Value.Count == 0 && string.IsNullOrWhiteSpace(counted) && !signed)
            {
                continue;
            }

            if (!SessionId.TryParse(form.Text($"s.{column}"), out var session))
            {
                return Refusal.BadInput("form-invalid");
            }

            typed.Add(new PaperTyped(session, Number(counted) is { } present
                ? new PaperEntry(form.Text("scan") ?? "", signed, present, people.Value, form.Text("reason"))
                : Refusal.BadInput("head-count-invalid")));
        }

        return typed.Count == 0
            ? Refusal.BadInput("paper-incomplete")
            : Result<IReadOnlyList<PaperTyped>>.FromT(typed);
    }

    private static Result<List<PaperPerson>> People(FormFields form, int column)
    {
        var people = new List<PaperPerson>();
        foreach (var (key, said) in form.Under($"m.{column.ToString(CultureInfo.InvariantCulture)}"))
        {
            if (said.Length == 0)
            {
                continue;
            }

            if (!Reference.TryParseKey(key, out var learner)
                || !Enum.TryParse<AttendanceMark>(said, out var mark) || !Enum.IsDefined(mark))
            {
                return Refusal.BadInput("form-invalid");
            }

            var counted = mark is AttendanceMark.Late or AttendanceMark.LeftEarly;
            people.Add(new PaperPerson(learner, mark, counted ? Number(form.Text($"n.{column}.{key}")) : null));
        }

        return people;
    }

    private static int? Number(string? text) =>
        int.TryParse(text?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
