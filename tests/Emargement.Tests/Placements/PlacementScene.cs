using System.Globalization;
using Emargement.Domain.Placements;
using Emargement.Domain.Placements.Workflow;
using Emargement.Domain.Platform;
using Emargement.Domain.Platform.Calendar;

namespace Emargement.Tests.Placements;

/// <summary>One placement whose workflow is run by hand: decide, do, sleep until the next wake-up, as the orchestration does.
/// Times are local to Paris.</summary>
internal sealed class PlacementScene
{
    public static readonly OrganisationId Organisation = OrganisationId.Parse("garonne");
    public static readonly FactSignature Signature = new(null, "Zoë Lefèbvre", "192.0.2.0/24");
    private readonly List<PlacementFact> _facts = [];
    private readonly List<string> _log = [];
    private readonly WorkflowContext _context;

    public PlacementScene(
        PlacementTerms terms, string created, bool learnerHasEmail = true, Func<DateOnly, bool>? isHoliday = null, string learner = "S1")
    {
        _context = new WorkflowContext(PlacementClock.Of(SiteZone.Paris), isHoliday ?? (_ => false), learnerHasEmail);
        Now = At(created);
        Id = PlacementId.Of(Organisation, Reference.Parse(learner), Reference.Parse("A1"), "G1", terms.Company, terms.FirstDay);
        _facts.Add(new Planned
        {
            At = Now,
            By = "manager:M1",
            Version = 0,
            Organisation = Organisation,
            Learner = Reference.Parse(learner),
            Training = Reference.Parse("A1"),
            Group = "G1",
            Terms = terms,
        });
    }

    public PlacementId Id { get; }

    public DateTimeOffset Now { get; private set; }

    public bool Finished { get; private set; }

    /// <summary>What the workflow did: local time and slot.</summary>
    public IReadOnlyList<string> Log => _log;

    public PlacementState State => PlacementState.Of(Id, _facts)!;

    public PlacementCalendar Calendar => new(State.Placement.Terms, _context.IsHoliday);

    public DateOnly Today => _context.Clock.DateAt(Now);

    /// <summary>From Monday 2 to Friday 27 November 2026, seven hours a day, one tutor.</summary>
    public static PlacementTerms Terms(
        string first = "2026-11-02", string last = "2026-11-27", ValidationRhythm validation = ValidationRhythm.AtEnd) => new()
        {
            Company = "Chez Ruiz",
            FirstDay = DateOnly.Parse(first),
            LastDay = DateOnly.Parse(last),
            MinutesADay = 420,
            Tutors = [Tutor(first, last)],
            Validation = validation,
        };

    public static TutorPeriod Tutor(string first, string last, string key = "t1", string? email = "ruiz@chez-ruiz.example") =>
        new(key, "Mme Ruiz", email is null ? null : EmailAddress.Parse(email), DateOnly.Parse(first), DateOnly.Parse(last));

    /// <summary>Runs the workflow until a local time.</summary>
    public PlacementScene Until(string local) => Until(At(local));

    public PlacementScene Until(DateTimeOffset end)
    {
        while (true)
        {
            var decision = PlacementWorkflow.Decide(State, _context, Now);
            foreach (var action in decision.Actions)
            {
                Do(action);
            }

            Finished = decision.Finished;
            if (decision.Actions.Count > 0)
            {
                continue;
            }

            if (decision.WakeAt is not { } wake || wake > end)
            {
                Now = end;
                return this;
            }

            wake.ShouldBeGreaterThan(Now, "a workflow that wakes in the past never sleeps");
            Now = wake;
        }
    }

    /// <summary>The service is down from now until a local time: nothing is decided, nothing is sent.</summary>
    public PlacementScene Down(string until) => Down(At(until));

    public PlacementScene Down(DateTimeOffset until)
    {
        Now = until;
        return this;
    }

    /// <summary>The learner declares the expected days of a week, or of the part of it that lies before today.</summary>
    public PlacementScene Declare(string week, int minutes = 420)
    {
        IsoWeek.TryParse(week, out var iso).ShouldBeTrue();
        var days = Calendar.Expected(iso.Monday, iso.Sunday)
            .Where(d => d <= Today && State.Day(d).Phase != DayPhase.Settled)
            .Select(d => DayDeclaration.Worked(d, minutes))
            .ToList();
        var declared = LearnerStatements.Declare(
            State, Calendar, iso, days, Signature, "learner:" + State.Placement.LearnerRef, Today, Now);
        declared.Refusal.ShouldBeNull();
        _facts.Add(declared.Value!);
        return this;
    }

    public Result<IReadOnlyList<WeekFact>> Validate(string? week = null, int tutor = 0, IReadOnlyDictionary<DateOnly, int>? decided = null)
    {
        var state = State;
        var seen = state.Days.Select(d => IsoWeek.Of(d.Date)).Distinct().ToDictionary(w => w, state.NextSequence);
        IsoWeek[]? weeks = week is null ? null : [IsoWeek.TryParse(week, out var iso) ? iso : default];
        return Keep(
            TutorStatements.Validate(
                state, state.Placement.Terms.Tutors[tutor], weeks, seen, decided ?? new Dictionary<DateOnly, int>(), Signature, Now));
    }

    public Result<IReadOnlyList<WeekFact>> Disagree(string day, int minutes, string reason = "Partie à midi")
    {
        var state = State;
        var date = DateOnly.Parse(day);
        var seen = new Dictionary<IsoWeek, int> { [IsoWeek.Of(date)] = state.NextSequence(IsoWeek.Of(date)) };
        return Keep(
            TutorStatements.Disagree(state, state.Placement.Terms.Tutors[0], [new Disagreement(date, minutes, reason)], seen, null, Now));
    }

    public Result<Maintained> Maintain(string day)
    {
        var date = DateOnly.Parse(day);
        var maintained = LearnerStatements.Maintain(State, IsoWeek.Of(date), [date], "J'ai fini le soir", "learner:S1", Now);
        if (maintained.IsOk)
        {
            _facts.Add(maintained.Value);
        }

        return maintained;
    }

    public PlacementScene Change(Func<PlacementTerms, PlacementTerms> change, string reason = "Avenant")
    {
        var planned = PlacementPlanning.Change(State, State.Placement.Version, change(State.Placement.Terms), reason, "manager:M1", Now);
        planned.Refusal.ShouldBeNull();
        _facts.Add(planned.Value!);
        return this;
    }

    public PlacementScene Add(PlacementFact fact)
    {
        _facts.Add(fact);
        return this;
    }

    public static DateTimeOffset At(string local)
    {
        var parsed = DateTime.ParseExact(local, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return SiteZone.Paris.ToInstant(DateOnly.FromDateTime(parsed), TimeOnly.FromDateTime(parsed));
    }

    private Result<IReadOnlyList<WeekFact>> Keep(Result<IReadOnlyList<WeekFact>> facts)
    {
        _facts.AddRange(facts.IsOk ? facts.Value : []);
        return facts;
    }

    private void Do(PlacementAction action)
    {
        var time = SiteZone.Paris.ToLocal(Now).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        switch (action)
        {
            case SendMail mail:
                _log.Add($"{time} {mail.Slot}");
                var tutor = mail.Purpose == MailPurpose.ValidateHours
                    ? Calendar.Periods().SelectMany(Calendar.Sections).Single(s => s.Key == mail.About).Tutor.Email
                    : null;
                _facts.Add(
                    new Mailed
                    {
                        At = Now,
                        By = "system",
                        Slot = mail.Slot,
                        Purpose = mail.Purpose,
                        About = mail.About,
                        Step = mail.Step,
                        To = tutor,
                    });
                break;
            case SealPeriod seal:
                _log.Add($"{time} seal {seal.Period} v{seal.Version}");
                _facts.Add(
                    new DocumentSealed
                    {
                        At = Now,
                        By = "system",
                        Period = seal.Period,
                        Version = seal.Version,
                        Sha256 = "00",
                        Code = "X",
                        Covers = seal.Covers,
                    });
                break;
        }
    }
}
