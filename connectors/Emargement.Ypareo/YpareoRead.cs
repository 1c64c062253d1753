namespace Emargement.Ypareo;

/// <summary>A training that a school year makes.</summary>
public sealed record YpareoTraining(string Ref, string Title, DateOnly FirstDay, DateOnly LastDay);

/// <param name="Email">Empty when there is none; null when YPAREO gives no addresses.</param>
public sealed record YpareoPerson(string Ref, string LastName, string FirstName, string? Email);

/// <param name="Ref">Learner and group.</param>
public sealed record YpareoEnrolment(string Ref, string Learner, string Training, string Group, string Funder, DateOnly Entry);

/// <param name="Groups">Names of the groups that attend, in order.</param>
/// <param name="Trainers">References, the first being the trainer.</param>
/// <param name="Start">As YPAREO writes it, HH:mm:ss.</param>
public sealed record YpareoSession(
    string Ref, string Training, DateOnly Date, string Start, string End, IReadOnlyList<string> Groups, IReadOnlyList<string> Trainers,
    string Module, string Room, bool IsDistance);

/// <summary>Days of a group whose planning was read to its end; both days inclusive.</summary>
public sealed record YpareoSpan(string Training, string Group, DateOnly First, DateOnly Last);

/// <summary>What was found out on the way.</summary>
/// <param name="Code"><c>ypareo-refused</c>, <c>ypareo-unread</c> or <c>ypareo-part-of-group</c>.</param>
/// <param name="Sentence">In French, as reports are.</param>
public sealed record YpareoRemark(string Code, string Sentence);

/// <summary>All that YPAREO gave.</summary>
/// <param name="Refused">The answer that left nothing to read; null when there is something.</param>
public sealed record YpareoRead(
    IReadOnlyList<YpareoTraining> Trainings,
    IReadOnlyList<YpareoPerson> Trainers,
    IReadOnlyList<YpareoPerson> Learners,
    IReadOnlyList<YpareoEnrolment> Enrolments,
    IReadOnlyList<YpareoSession> Sessions,
    IReadOnlyList<YpareoSpan> Spans,
    IReadOnlyList<YpareoRemark> Remarks,
    YpareoAnswer? Refused = null);
