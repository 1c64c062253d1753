using Emargement.Domain.Platform;
using Emargement.Domain.Platform.Calendar;

namespace Emargement.Domain.People;

/// <summary>A training organisation (organisme de formation): one tenant, with the settings that its rules read.</summary>
public sealed record Organisation
{
    public required OrganisationId Id { get; init; }

    public required string Name { get; init; }

    /// <summary>Numéro de déclaration d'activité: 11 digits.</summary>
    public required string Nda { get; init; }

    /// <summary>SIRET: 14 digits.</summary>
    public required string Siret { get; init; }

    /// <summary>The Région that a funder written REGION means, e.g. <c>occitanie</c>.</summary>
    public required string Region { get; init; }

    public SiteZone Zone { get; init; } = SiteZone.Paris;

    /// <summary>Local time after which the nightly import runs.</summary>
    public TimeOnly ImportAt { get; init; } = new(21, 0);

    /// <summary>A slot that contains all of this span, and names no break, is split by it.</summary>
    public TimeOnly LunchStart { get; init; } = new(12, 30);

    public TimeOnly LunchEnd { get; init; } = new(13, 30);

    /// <summary>Minutes before the start and after the end in which a Session may be signed.</summary>
    public int WindowBeforeMinutes { get; init; } = 15;

    public int WindowAfterMinutes { get; init; } = 15;

    /// <summary>A signature more than this many minutes after the start is late.</summary>
    public int LateAfterMinutes { get; init; } = 10;

    /// <summary>Methods allowed unless a training says otherwise.</summary>
    public IReadOnlyList<SigningMethod> Methods { get; init; } = SigningMethods.All;

    /// <summary>Whether a signature is drawn (or a name typed) with every method but the token.</summary>
    public bool DrawingWanted { get; init; } = true;

    public bool DrawingWithToken { get; init; }

    /// <summary>Whether a trainer may take over a colleague's Session that nobody opened.</summary>
    public bool TrainersMayTakeOver { get; init; } = true;

    /// <summary>Months (yyyy-MM) that were sent to the Région for good: imports and corrections leave them alone.</summary>
    public IReadOnlyList<YearMonth> LockedMonths { get; init; } = [];

    /// <summary>
    /// Months that the organisation has said to be right, and not taken up again: nothing changes them either. Only a month's own life
    /// writes them.
    /// </summary>
    public IReadOnlyList<YearMonth> FrozenMonths { get; init; } = [];

    /// <summary>Why what months say does not change any more: null when it may, else <c>month-locked</c> or
    /// <c>month-validated</c>.</summary>
    public Refusal? Refuses(params ReadOnlySpan<YearMonth> months)
    {
        foreach (var month in months)
        {
            if (LockedMonths.Contains(month) || FrozenMonths.Contains(month))
            {
                var code = LockedMonths.Contains(month) ? "month-locked" : "month-validated";
                return Refusal.Conflict(code, ("month", month.ToString()));
            }
        }

        return null;
    }

    /// <summary>Whether tutors in companies validate at the end of each month too, so that the Région's month is complete.</summary>
    public bool PlacementsMonthly { get; init; }

    /// <summary>Whether trainers take a second step when they sign in, as managers always do.</summary>
    public bool TrainersTakeSecondStep { get; init; }

    /// <summary>Of what people are reminded by mail.</summary>
    public IReadOnlyList<ReminderKind> Reminders { get; init; } = [ReminderKind.Unclosed, ReminderKind.Digest, ReminderKind.Validation];

    /// <summary>Days after which an absence that nobody has justified is a thing to settle.</summary>
    public int AbsenceDueAfterDays { get; init; } = 5;

    /// <summary>Which public holidays apply beside the national ones.</summary>
    public HolidayCalendar Holidays { get; init; } = HolidayCalendar.Metropole;
}
