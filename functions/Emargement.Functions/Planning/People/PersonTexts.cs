using System.Globalization;
using Emargement.Domain.People;
using Emargement.Domain.Planning.Import.Rows;
using Emargement.Domain.Platform;
using Emargement.Domain.Platform.Calendar;

namespace Emargement.Functions.Planning.People;

/// <summary>Reads what a person types of people: a value that is left out stays, an empty one takes the value away.</summary>
internal static class PersonTexts
{
    private const int MaxName = 100;

    /// <returns>The text, null when it is empty; or <c>value-too-long</c>.</returns>
    public static Result<string?> Text(string? typed, string? stored)
    {
        if (typed is null)
        {
            return Result<string?>.FromT(stored);
        }

        var plain = PlainText.Of(typed);
        return plain.Length > EnrolmentRules.MaxText || PlainText.IsUndecodable(plain)
            ? Refusal.BadInput("value-too-long", ("limit", EnrolmentRules.MaxText.ToString(CultureInfo.InvariantCulture)))
            : Result<string?>.FromT(plain.Length == 0 ? null : plain);
    }

    /// <returns>The name, or <c>name-invalid</c>.</returns>
    public static Result<string> Name(string? typed, string? stored) =>
        (typed is null ? stored : PlainText.Within(typed, MaxName)) is { } name ? name : Refusal.BadInput("name-invalid");

    /// <returns>The address, or <c>email-invalid</c>.</returns>
    public static Result<EmailAddress?> Email(string? typed, EmailAddress? stored) =>
        typed is null ? Result<EmailAddress?>.FromT(stored)
        : PlainText.Of(typed).Length == 0 ? Result<EmailAddress?>.FromT(null)
        : EmailAddress.TryParse(typed, out var email) ? Result<EmailAddress?>.FromT(email)
        : Refusal.BadInput("email-invalid");

    /// <returns>The day, or <c>date-invalid</c>.</returns>
    public static Result<DateOnly?> Day(string? typed, DateOnly? stored) =>
        typed is null ? Result<DateOnly?>.FromT(stored)
        : PlainText.Of(typed).Length == 0 ? Result<DateOnly?>.FromT(null)
        : CalendarDay.TryParse(typed, out var day) ? Result<DateOnly?>.FromT(day)
        : Refusal.BadInput("date-invalid");

    /// <returns>Two letters, or <c>language-invalid</c>.</returns>
    public static Result<string> Language(string? typed, string stored) =>
        typed is null ? stored
        : PlainText.Of(typed).Length == 0 ? "fr"
        : LanguageNames.TryParse(typed, out var language) ? language
        : Refusal.BadInput("language-invalid");
}
