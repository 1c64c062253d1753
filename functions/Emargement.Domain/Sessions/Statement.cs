using Emargement.Domain.Platform;

namespace Emargement.Domain.Sessions;

/// <summary>The rules of what a person may state about a learner's attendance.</summary>
public static class Statement
{
    /// <summary>Characters of a reason at most.</summary>
    public const int MaxReason = 300;

    private const string Justified = "Absence justifiée";
    private const string JustifiedSeen = Justified + ", document vu";

    /// <summary>What facts say in place of a reason of health.</summary>
    public static string Discreet(bool documentSeen) => documentSeen ? JustifiedSeen : Justified;

    /// <summary>Whether a reason stands in place of one of health.</summary>
    public static bool IsDiscreet(string? reason) => reason is Justified or JustifiedSeen;

    /// <summary>Null when it may be stated; else <c>mark-minutes</c> or <c>reason-invalid</c>.</summary>
    public static Refusal? Check(AttendanceMark mark, int? minutes, string? reason, int plannedMinutes)
    {
        var counted = mark is AttendanceMark.Late or AttendanceMark.LeftEarly;
        if (counted ? minutes is not > 0 || minutes > plannedMinutes : minutes is not (null or 0))
        {
            return Refusal.BadInput(
                "mark-minutes", ("planned", plannedMinutes.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        }

        return Tidy(reason) is { } text && PlainText.Within(text, MaxReason) is null ? Refusal.BadInput("reason-invalid") : null;
    }

    /// <summary>A reason as <see cref="PlainText"/>; null when nothing of it can be seen.</summary>
    public static string? Tidy(string? reason) => PlainText.Of(reason) is { Length: > 0 } text ? text : null;
}
