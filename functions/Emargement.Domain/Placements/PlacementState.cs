namespace Emargement.Domain.Placements;

/// <summary>Where one day stands.</summary>
public enum DayPhase
{
    Undeclared,

    /// <summary>Declared, or answered after a disagreement: the tutor's turn.</summary>
    ToValidate,

    /// <summary>The tutor disagreed: the learner's turn.</summary>
    Disputed,

    /// <summary>Validated by the tutor, or recorded from paper.</summary>
    Settled,
}

/// <summary>All that was said of one day, the latest statement of each sort.</summary>
public sealed record DayState(DateOnly Date)
{
    public DayDeclaration? Declaration { get; init; }

    /// <summary>When the day became the tutor's to validate: declared, corrected or maintained.</summary>
    public DateTimeOffset? ReadyAt { get; init; }

    public Disagreement? Disagreement { get; init; }

    public DateTimeOffset? DisagreedAt { get; init; }

    /// <summary>The place in the week of the disagreement, which names the mails about it.</summary>
    public int DisagreementSequence { get; init; }

    /// <summary>The learner corrected or maintained after the disagreement.</summary>
    public bool Answered { get; init; }

    /// <summary>What the learner wrote when maintaining.</summary>
    public Maintained? Maintained { get; init; }

    /// <summary>Minutes that count; null until validated or recorded from paper.</summary>
    public int? SettledMinutes { get; init; }

    public DateTimeOffset? SettledAt { get; init; }

    public bool FromPaper { get; init; }

    /// <summary>Who accepted the absence for the organisation, and why.</summary>
    public AbsenceJustified? Justification { get; init; }

    public DayPhase Phase => SettledMinutes is not null ? DayPhase.Settled
        : Disagreement is not null && !Answered ? DayPhase.Disputed
        : Declaration is not null ? DayPhase.ToValidate
        : DayPhase.Undeclared;
}

/// <summary>A placement as its facts make it.</summary>
public sealed class PlacementState
{
    private readonly Dictionary<DateOnly, DayState> _days = [];
    private readonly Dictionary<IsoWeek, int> _sequences = [];
    private readonly Dictionary<string, Mailed> _mailed = [];

    private PlacementState(Placement placement, IReadOnlyList<PlacementFact> facts) => (Placement, Facts) = (placement, facts);

    public Placement Placement { get; }

    /// <summary>In the order in which they happened.</summary>
    public IReadOnlyList<PlacementFact> Facts { get; }

    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>Who last changed the terms.</summary>
    public required string PlannedBy { get; init; }

    /// <summary>Of the last import that wrote the terms; null when none ever did.</summary>
    public string? FileHash { get; private init; }

    /// <summary>The first day as first planned.</summary>
    public DateOnly FirstPlannedDay { get; private init; }

    public IEnumerable<DayState> Days => _days.Values.OrderBy(d => d.Date);

    public IEnumerable<Mailed> Mails => Facts.OfType<Mailed>();

    public IEnumerable<DocumentSealed> Documents => Facts.OfType<DocumentSealed>();

    /// <summary>Reads the facts of one placement, in any order; null when it was never created.</summary>
    public static PlacementState? Of(PlacementId id, IEnumerable<PlacementFact> facts)
    {
        // Inside a week the sequence says what came first; between weeks, the server's time.
        var ordered = facts.OrderBy(f => f.At).ThenBy(f => f.Key, StringComparer.Ordinal).ToList();
        var plans = ordered.OfType<Planned>().OrderBy(p => p.Version).ToList();
        if (plans.Count == 0)
        {
            return null;
        }

        var last = plans[^1];
        var placement = new Placement
        {
            Organisation = last.Organisation,
            Id = id,
            LearnerRef = last.Learner,
            TrainingRef = last.Training,
            Group = last.Group,
            Terms = last.Terms,
            Version = last.Version,
            Cancelled = last.Cancelled,
        };
        var state = new PlacementState(placement, ordered)
        {
            CreatedAt = plans[0].At,
            FirstPlannedDay = plans[0].Terms.FirstDay,
            PlannedBy = last.By,
            FileHash = plans.LastOrDefault(p => p.FileHash is not null)?.FileHash,
        };
        foreach (var fact in ordered.OfType<WeekFact>().OrderBy(f => f.Week).ThenBy(f => f.Sequence))
        {
            state._sequences[fact.Week] = fact.Sequence + 1;
            foreach (var date in fact.Dates)
            {
                state._days[date] = Apply(state.Day(date), fact);
            }
        }

        foreach (var mail in state.Mails)
        {
            state._mailed[mail.Slot] = mail;
        }

        return state;
    }

    public DayState Day(DateOnly date) => _days.GetValueOrDefault(date) ?? new DayState(date);

    /// <summary>The place of the next statement about a week.</summary>
    public int NextSequence(IsoWeek week) => _sequences.GetValueOrDefault(week);

    /// <summary>How many times a tutor's links were revoked.</summary>
    public int Revocations(string tutor) => Facts.OfType<LinkRevoked>().Count(r => r.Tutor == tutor);

    public bool WasMailed(string slot) => _mailed.ContainsKey(slot);

    /// <summary>Statements about days of a period: what its document holds.</summary>
    public IEnumerable<WeekFact> StatementsOf(ValidationPeriod period) =>
        Facts.OfType<WeekFact>().Where(f => f.Dates.Any(d => period.First <= d && d <= period.Last));

    private static DayState Apply(DayState day, WeekFact fact) => fact switch
    {
        Declared d => day with
        {
            Declaration = d.Days.Last(x => x.Date == day.Date),
            ReadyAt = d.At,
            Answered = day.Disagreement is not null,
            Maintained = null,
        },
        Disagreed d => day with
        {
            Disagreement = d.Days.Last(x => x.Date == day.Date),
            DisagreedAt = d.At,
            DisagreementSequence = d.Sequence,
            Answered = false,
            Maintained = null,
        },
        Maintained m => day with { Answered = true, Maintained = m, ReadyAt = m.At },
        Validated v => day with { SettledMinutes = v.Days.Last(x => x.Date == day.Date).Minutes, SettledAt = v.At, FromPaper = false },
        PaperRecorded p => day with { SettledMinutes = p.Days.Last(x => x.Date == day.Date).Minutes, SettledAt = p.At, FromPaper = true },
        AbsenceJustified j => day with { Justification = j },
        _ => day,
    };
}
