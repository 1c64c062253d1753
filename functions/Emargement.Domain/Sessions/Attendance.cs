using Emargement.Domain.Platform;

namespace Emargement.Domain.Sessions;

public enum AttendanceStatus
{
    /// <summary>No signature yet, and the Session is not closed.</summary>
    NotSigned,
    Present,
    Late,
    LeftEarly,
    AbsentJustified,
    AbsentUnjustified,
}

/// <summary>The record of one learner in one Session (assiduité). Minutes always add up: planned = done + late + left early + justified +
/// unjustified, except while nobody knows yet (<see cref="AttendanceStatus.NotSigned"/>), when all but planned are 0. R.6341-45: pay is cut
/// by unjustified minutes.</summary>
public sealed record Attendance
{
    public required AttendanceStatus Status { get; init; }

    public required int Planned { get; init; }

    public int Done { get; init; }

    public int Late { get; init; }

    public int LeftEarly { get; init; }

    public int Justified { get; init; }

    public int Unjustified { get; init; }

    public string? Reason { get; init; }

    /// <summary>Whether a document that justifies the absence was seen.</summary>
    public bool HasDocument { get; init; }

    /// <summary>Whether the reason of the absence lets it count as presence elsewhere.</summary>
    public bool CountsAsPresence { get; init; }

    /// <summary>What the learner's funder calls the reason in its files.</summary>
    public string? FunderCode { get; init; }

    /// <summary>The accepted absence that says it, when one does.</summary>
    public string? Claim { get; init; }

    /// <summary>Of the justified minutes, those that count as presence elsewhere; the learner stays absent.</summary>
    public int Assimilated => CountsAsPresence ? Justified : 0;

    public SigningMethod? Method { get; init; }

    public DateTimeOffset? SignedAt { get; init; }

    /// <summary>
    /// Reads a learner's facts in the order in which they happened; the latest statement stands, and a signature after an absence mark
    /// makes the learner present.
    /// </summary>
    /// <param name="plannedMinutes">Minutes that the Session asks of the learner.</param>
    /// <param name="facts">Facts about this learner in this Session, in any order.</param>
    public static Attendance Of(int plannedMinutes, IEnumerable<Fact> facts)
    {
        var state = new State();
        foreach (var fact in facts.OrderBy(f => f.At).ThenBy(f => f.Key, StringComparer.Ordinal))
        {
            state = fact switch
            {
                Signed s => state.Sign(s),
                // The sheet says all of the half-day: what was stated before it was read stands no more.
                OnPaper p => new State().Apply(p.Mark, p.Minutes, p.Reason, restores: true) with
                {
                    Method = p.IsPresent ? SigningMethod.Paper : null,
                },
                NotSigned => state.Known ? state : state with { Known = true, Absent = true },
                Marked m => state.Apply(m.Mark, m.Minutes, m.Reason, restores: state.SignedAt is not null) with
                {
                    HasDocument = m.DocumentSeen ?? m.DocumentSha256 is not null,
                    CountsAsPresence = m.CountsAsPresence ?? false,
                    FunderCode = m.FunderCode,
                    Claim = m.Claim,
                },
                Corrected c => state.Apply(c.Mark, c.Minutes, c.Reason, restores: true) with
                {
                    Method = c.Method ?? state.Method,
                    HasDocument = c.DocumentSeen ?? c.DocumentSha256 is not null,
                    CountsAsPresence = c.CountsAsPresence ?? false,
                    FunderCode = c.FunderCode,
                    Claim = c.Claim,
                },
                _ => state,
            };
        }

        return state.ToAttendance(plannedMinutes);
    }

    /// <summary>The same record without minutes that count elsewhere: taken off what was done first, so that the sum still holds.</summary>
    public Attendance Without(int minutes)
    {
        var left = Math.Min(minutes, Planned);
        int Less(int part)
        {
            var taken = Math.Min(part, left);
            left -= taken;
            return part - taken;
        }

        var planned = Planned - left;
        return this with
        {
            Planned = planned,
            Done = Less(Done),
            Unjustified = Less(Unjustified),
            Justified = Less(Justified),
            Late = Less(Late),
            LeftEarly = Less(LeftEarly),
        };
    }

    private sealed record State
    {
        /// <summary>Whether anything yet says present or absent.</summary>
        public bool Known { get; init; }

        public bool Absent { get; init; }

        public bool Justified { get; init; }

        /// <summary>Lateness that a person stated; it stands over the one computed from the signature's time.</summary>
        public int? LateStated { get; init; }

        public int Late { get; init; }

        public int LeftEarly { get; init; }

        public string? Reason { get; init; }

        public bool HasDocument { get; init; }

        public bool CountsAsPresence { get; init; }

        public string? FunderCode { get; init; }

        public string? Claim { get; init; }

        public SigningMethod? Method { get; init; }

        public DateTimeOffset? SignedAt { get; init; }

        public State Sign(Signed signed) => this with
        {
            Known = true,
            Absent = false,
            Late = LateStated ?? signed.LateMinutes,
            Method = signed.Method,
            SignedAt = signed.At,
            Reason = Absent ? null : Reason,
            FunderCode = Absent ? null : FunderCode,
        };

        // A trainer's "late" or "present" makes nobody present: the signature does, or a correction that gives its reason. It does take
        // back an "absent".
        public State Apply(AttendanceMark mark, int minutes, string? reason, bool restores) => mark switch
        {
            AttendanceMark.Present => (this with { LateStated = 0, Late = 0, LeftEarly = 0, Reason = reason }).NoLongerAbsent(restores),
            AttendanceMark.Late => (this with { LateStated = minutes, Late = minutes, Reason = reason }).NoLongerAbsent(restores),
            AttendanceMark.LeftEarly => (this with { LeftEarly = minutes, Reason = reason }).NoLongerAbsent(restores),
            AttendanceMark.AbsentJustified => this with { Known = true, Absent = true, Justified = true, Reason = reason },
            _ => this with { Known = true, Absent = true, Justified = false, Reason = reason },
        };

        private State NoLongerAbsent(bool present) => this with { Known = present, Absent = false };

        public Attendance ToAttendance(int planned)
        {
            if (!Known)
            {
                return new Attendance { Status = AttendanceStatus.NotSigned, Planned = planned };
            }

            if (Absent)
            {
                return new Attendance
                {
                    Status = Justified ? AttendanceStatus.AbsentJustified : AttendanceStatus.AbsentUnjustified,
                    Planned = planned,
                    Justified = Justified ? planned : 0,
                    Unjustified = Justified ? 0 : planned,
                    Reason = Reason,
                    HasDocument = HasDocument,
                    CountsAsPresence = CountsAsPresence,
                    FunderCode = FunderCode,
                    Claim = Claim,
                    Method = Method,
                    SignedAt = SignedAt,
                };
            }

            var late = Math.Clamp(Late, 0, planned);
            var early = Math.Clamp(LeftEarly, 0, planned - late);
            return new Attendance
            {
                Status = late > 0 ? AttendanceStatus.Late : early > 0 ? AttendanceStatus.LeftEarly : AttendanceStatus.Present,
                Planned = planned,
                Done = planned - late - early,
                Late = late,
                LeftEarly = early,
                Reason = Reason,
                FunderCode = FunderCode,
                Method = Method,
                SignedAt = SignedAt,
            };
        }
    }
}
