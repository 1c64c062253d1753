using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;

namespace Emargement.Domain.Region;

/// <summary>The sheet that proves a half-day: its name in the store and the SHA-256 of its bytes, lower-case hexadecimal.</summary>
public sealed record SheetProofOf(string Name, string Sha256)
{
    /// <summary>How many facts the sheet says; null when nobody counted them.</summary>
    public int? Facts { get; init; }
}

/// <summary>One learner in one half-day: a row of <c>demi_journees.csv</c>.</summary>
public sealed record HalfDayRow
{
    public required SessionId Session { get; init; }

    public required Reference Training { get; init; }

    public required Reference Learner { get; init; }

    /// <summary>The learner's own group, and who pays for it that day: the organisation's to know, in no CSV file.</summary>
    public required string Group { get; init; }

    public required string Funder { get; init; }

    /// <summary>Local wall-clock times of the site.</summary>
    public required TimeOnly Start { get; init; }

    public required TimeOnly End { get; init; }

    public string? Module { get; init; }

    public required Modality Modality { get; init; }

    /// <summary>First name and last name.</summary>
    public string? Trainer { get; init; }

    public required Attendance Attendance { get; init; }

    /// <summary>The reason, unless it names somebody else.</summary>
    public string? Reason { get; init; }

    /// <summary>
    /// Minutes that count as planned. A half-day in centre or at distance of which nobody yet says whether the learner came counts 0: it is
    /// neither done nor an absence, and pay is cut by absence (R.6341-45). Its times still say when it was planned, and the learner's line
    /// of the synthesis is not complete.
    /// </summary>
    public int PlannedMinutes => Attendance.Status == AttendanceStatus.NotSigned && Modality != Modality.Company ? 0 : Attendance.Planned;

    /// <summary>Whether presence is proven by a signature, or by a paper sheet that a correction names.</summary>
    public bool IsSigned =>
        Attendance.Status is AttendanceStatus.Present or AttendanceStatus.Late or AttendanceStatus.LeftEarly
        && (Attendance.SignedAt is not null || Attendance.Method == SigningMethod.Paper);

    public DateTimeOffset? TrainerSignedAt { get; init; }

    public SheetProofOf? Sheet { get; init; }

}

/// <summary>One learner in one training over the month: a row of <c>synthese.csv</c>, the sum of the learner's half-days.</summary>
public sealed record SummaryRow
{
    public required Reference Training { get; init; }

    public required FundedLearner Learner { get; init; }

    /// <summary>First day of the first period that the Région pays and that has a half-day in the month.</summary>
    public required DateOnly Entry { get; init; }

    public DateOnly? Exit { get; init; }

    public int HalfDaysPlanned { get; init; }

    public int HalfDaysSigned { get; init; }

    public MinutesByPlace Planned { get; init; }

    public MinutesByPlace Done { get; init; }

    /// <summary>In centre and at distance; a half-day in a company is proven by its week, never counted as an absence.</summary>
    public int Justified { get; init; }

    public int Unjustified { get; init; }

    public int Late { get; init; }

    public int LeftEarly { get; init; }

    /// <summary>Of the justified minutes, those that count as presence elsewhere.</summary>
    public int Assimilated { get; init; }

    /// <summary>How the signed half-days were signed: electronique, papier or mixte.</summary>
    public required string Mode { get; init; }

    /// <summary>
    /// Every half-day in centre and at distance has its outcome and belongs to a closed session, and every week in a company is validated.
    /// </summary>
    public required bool Complete { get; init; }
}

public readonly record struct MinutesByPlace(int Centre, int Distance, int Company)
{
    public MinutesByPlace Plus(Modality modality, int minutes) => modality switch
    {
        Modality.Centre => this with { Centre = Centre + minutes },
        Modality.Distance => this with { Distance = Distance + minutes },
        _ => this with { Company = Company + minutes },
    };
}

/// <summary>
/// Something that an inspector would ask about: a row of <c>anomalies.csv</c>. It never names nor counts another learner.
/// </summary>
/// <param name="Learner">Null when it concerns the whole session.</param>
public sealed record AnomalyRow(SessionId Session, Reference? Learner, Anomaly Anomaly)
{
    /// <summary>The word that accepts it and still stands; its reason names nobody else.</summary>
    public Acceptance? Accepted { get; init; }
}

/// <summary>A person's word that an anomaly is as it is, with the reason.</summary>
/// <param name="Code">Of the anomaly.</param>
/// <param name="Learner">Null when it concerns the whole half-day.</param>
public sealed record Acceptance(string Code, SessionId Session, Reference? Learner, string Reason, string By, DateTimeOffset At)
{
    /// <summary>Whether it still stands: the reason was about another state when a fact came after it.</summary>
    /// <param name="facts">Of the session.</param>
    public bool Stands(IEnumerable<Fact> facts) => facts.Where(f => Learner is null || f.About == Learner).All(f => f.At <= At);
}
