using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;

namespace Emargement.Domain.Planning;

/// <summary>Compares a planning file with the stored Sessions, which pass one by one: only those that differ are kept in memory.</summary>
public sealed class PlanningDiff
{
    private readonly IReadOnlyList<PlannedSession> _planned;
    private readonly IReadOnlySet<Reference> _refusedSlots;
    private readonly IReadOnlyDictionary<Reference, DateOnly> _cancelledSlots;
    private readonly HashSet<(Reference Training, string Group)>? _groups;
    private readonly PlanningScope _scope;
    private readonly string? _source;
    private readonly HashSet<Reference> _plannedSlots = [];
    private readonly HashSet<Reference> _trainings = [];
    private readonly Dictionary<Reference, int> _byRef;
    private readonly bool[] _same;
    private readonly bool[] _live;
    private readonly List<(ExistingSession Row, string Code)> _holding = [];
    private readonly Dictionary<int, ExistingSession> _atSameKey = [];
    private readonly Dictionary<int, List<ExistingSession>> _elsewhere = [];
    private readonly List<ExistingSession> _absent = [];
    private readonly List<SessionChange> _agreed = [];
    private readonly List<TakenSpan> _others = [];
    private readonly List<Session> _left = [];
    private readonly List<Session> _asked = [];
    private readonly List<Session> _otherSessions = [];
    private readonly DateOnly _first = DateOnly.MaxValue;
    private readonly DateOnly _last = DateOnly.MinValue;

    /// <param name="planned">The good rows' Sessions, no reference twice.</param>
    /// <param name="refusedSlots">References of rows that were refused: they are in the file, so their Sessions are not absent from
    /// it.</param>
    /// <param name="cancelledSlots">Slots that the file says no longer take place, wherever they are; with the day of each.</param>
    /// <param name="byGroup">Whether the file speaks only of the groups that it names, as a calendar does.</param>
    /// <param name="scope">What the planning stands for; null for what a file does.</param>
    /// <param name="source">Whose planning it is, where it may name no Session.</param>
    public PlanningDiff(
        IReadOnlyList<PlannedSession> planned,
        IReadOnlySet<Reference> refusedSlots,
        IReadOnlyDictionary<Reference, DateOnly>? cancelledSlots = null,
        bool byGroup = false,
        PlanningScope? scope = null,
        string? source = null)
    {
        (_scope, _source) = (scope ?? PlanningScope.File, source);
        _cancelledSlots = cancelledSlots ?? new Dictionary<Reference, DateOnly>();
        _groups = byGroup ? [.. planned.SelectMany(s => s.Groups.Select(g => (s.TrainingRef, g)))] : null;
        _planned = planned;
        _refusedSlots = refusedSlots;
        _same = new bool[planned.Count];
        _live = new bool[planned.Count];
        _byRef = new Dictionary<Reference, int>(planned.Count);
        for (var i = 0; i < planned.Count; i++)
        {
            var session = planned[i];
            _byRef.Add(session.Ref, i);
            _plannedSlots.Add(session.SlotRef);
            _trainings.Add(session.TrainingRef);
            _first = session.Date < _first ? session.Date : _first;
            _last = session.Date > _last ? session.Date : _last;
        }
    }

    /// <summary>Stored Sessions that the file stands for: of a training that it names, dated inside its first and last dates, made by an
    /// import, not cancelled.</summary>
    public int Replaced { get; private set; }

    /// <summary>A file with fewer than half of the Sessions it would replace was cut short on its way.</summary>
    public bool LooksTruncated => (_planned.Count + _refusedSlots.Count + _cancelledSlots.Count) * 2 < Replaced;

    /// <summary>Stored Sessions that stay and that the file does not name, by whom and what they take; negative lines.</summary>
    public IReadOnlyList<TakenSpan> Others => _others;

    /// <summary>The months from the file's first date to its last, and those of what it cancels.</summary>
    public IReadOnlyCollection<YearMonth> Months
    {
        get
        {
            var months = new SortedSet<YearMonth>(_cancelledSlots.Values.Select(YearMonth.Of));
            months.UnionWith(_scope.Days.SelectMany(d => YearMonth.Between(d.First, d.Last)));
            months.UnionWith(_planned.Count == 0 ? []
                : _scope.IsNamedOnly ? _planned.Select(s => s.Month)
                : YearMonth.Between(_first, _last));
            return months;
        }
    }

    /// <summary>Marks of what the file names: a Session that it moves or cancels may be in another month.</summary>
    public IReadOnlySet<int> Marks() =>
        _planned.Select(s => s.Ref).Concat(_plannedSlots).Concat(_cancelledSlots.Keys).Select(MonthContent.Mark).ToHashSet();

    // What it names becomes its own; what it no longer names it cancels only among its own.
    private string Source => _source ?? (_planned.Count > 0 ? _planned[0].Source : PlannedSession.ImportSource);

    /// <summary>Rows of which a file once said something else than a person, and of which this one speaks again.</summary>
    public IReadOnlyList<Session> Asked => _asked;

    /// <summary>Takes note of a stored Session.</summary>
    public void See(ExistingSession existing)
    {
        var session = existing.Session;
        var active = session.State != SessionState.Cancelled;
        var imported = PlannedSession.IsImported(session.Source);
        var inScope = active && IsOfThisPlanning(session);
        Replaced += inScope ? 1 : 0;

        if (session.Asked is not null && (_plannedSlots.Contains(session.SlotRef) || IsOfThisPlanning(session)))
        {
            _asked.Add(session);
        }

        if (!active && session.MovedTo is { } to && to.Month != session.Id.Month)
        {
            _left.Add(session);
        }

        if (imported && SlotRule.Holds(session) is { } code)
        {
            _holding.Add((existing, code));
        }

        if (_byRef.TryGetValue(session.Id.Reference, out var i))
        {
            var planned = _planned[i];
            _live[i] |= active && !session.EditedByHand;
            if (active)
            {
                planned.KeepUnsaid(session);
            }

            if (planned.Date == session.Id.Date && planned.HalfDay == session.Id.HalfDay)
            {
                SeeAtSameKey(i, existing, active);
            }
            else if (active && imported)
            {
                (_elsewhere.TryGetValue(i, out var list) ? list : _elsewhere[i] = []).Add(existing);
            }
        }
        else if (active && imported && ((inScope && !_refusedSlots.Contains(session.SlotRef)) || _plannedSlots.Contains(session.SlotRef)
                || (_cancelledSlots.ContainsKey(session.SlotRef) && (!_scope.IsNamedOnly || session.Source == Source))))
        {
            _absent.Add(existing);
        }
        else if (active)
        {
            AddOther(session);
        }
    }

    /// <summary>What to write, in the order of the file, cancellations last. Sessions in no change are unchanged.</summary>
    public IReadOnlyList<SessionChange> Changes()
    {
        var changes = new List<SessionChange>(_agreed);
        for (var i = 0; i < _planned.Count; i++)
        {
            var leftovers = _elsewhere.TryGetValue(i, out var list) ? list : [];
            if (!_same[i])
            {
                var moved = leftovers.FirstOrDefault();
                var existing = _atSameKey.GetValueOrDefault(i);
                leftovers = leftovers.Skip(1).ToList();
                changes.Add(new SessionChange(
                    existing is null && moved is null ? ChangeKind.Create : ChangeKind.Update, _planned[i], existing, moved));
            }

            // An import that stopped between writing the new row and cancelling the old one left two: the old one goes now.
            _absent.AddRange(leftovers);
        }

        changes.AddRange(_absent.Select(e => new SessionChange(ChangeKind.Cancel, null, e)));
        return changes;
    }

    /// <summary>Rows that a person's move to another month left behind.</summary>
    public IReadOnlyList<Session> Left => _left;

    /// <summary>Slots of which a row stands above the file, changed or not; with that row and why.</summary>
    public IReadOnlyDictionary<Reference, SlotHold> Held()
    {
        var agreed = _agreed.Select(c => c.Existing!).ToHashSet(ReferenceEqualityComparer.Instance);
        var held = new Dictionary<Reference, SlotHold>();
        foreach (var (row, code) in _holding.Where(h => !agreed.Contains(h.Row) && !IsSettledElsewhere(h.Row.Session)))
        {
            held.TryAdd(row.Session.SlotRef, new SlotHold(row.Session.Id.Reference, code, row.Session));
        }

        return held;
    }

    /// <summary>Sessions that the file plans anew where a stored one, under another reference, has the same group at the same time: lines
    /// with that reference.</summary>
    public IEnumerable<(PlannedSession Planned, Reference Stored)> ProbableDoubles(IEnumerable<SessionChange> changes)
    {
        var before = _absent.Select(e => e.Session).Concat(_otherSessions)
            .ToLookup(s => (s.TrainingRef, s.Start, s.End));
        return changes.Where(c => c.Kind == ChangeKind.Create)
            .Select(c => (c.Planned!, Twin: before[(c.Planned!.TrainingRef, c.Planned.Start, c.Planned.End)]
                .FirstOrDefault(s => s.SlotRef != c.Planned.SlotRef && s.Groups.Intersect(c.Planned.Groups).Any())))
            .Where(d => d.Twin is not null)
            .Select(d => (d.Item1, d.Twin!.Id.Reference));
    }

    private bool IsOfThisPlanning(Session session) =>
        session.Source == Source && (_scope.IsOfFile ? IsOfFile(session) : _scope.Covers(session));

    private bool IsOfFile(Session session) =>
        _trainings.Contains(session.TrainingRef) && session.Id.Date >= _first && session.Id.Date <= _last
        && _groups?.IsSupersetOf(session.Groups.Select(g => (session.TrainingRef, g))) != false;

    // A person moved it, and the file has agreed since: the place that it left holds nothing.
    private bool IsSettledElsewhere(Session left) =>
        left is { MovedTo: not null, State: SessionState.Cancelled }
        && (_byRef.TryGetValue(left.Id.Reference, out var i)
            ? _live[i] || _agreed.Exists(c => c.Ref == left.Id.Reference)
            : _absent.Exists(e => e.Session.Id.Reference == left.Id.Reference && !e.Session.EditedByHand));

    private void SeeAtSameKey(int i, ExistingSession existing, bool active)
    {
        var session = existing.Session;
        var hash = _planned[i].ContentHash();
        if (active && session.EditedByHand && SessionContent.Hash(session) == hash)
        {
            _same[i] = true;
            _agreed.Add(new SessionChange(ChangeKind.Agree, _planned[i], existing));
        }
        else if (active && !session.EditedByHand && PlannedSession.IsImported(session.Source) && session.ContentHash == hash)
        {
            _same[i] = true;
        }
        else
        {
            _atSameKey[i] = existing;
        }
    }

    private void AddOther(Session session)
    {
        _otherSessions.Add(session);
        var line = -1 - _others.Count;
        foreach (var resource in SessionResources.Of(session))
        {
            _others.Add(new TakenSpan(resource, session.Start, session.End, line, $"séance {session.Id.Reference}"));
        }
    }
}
