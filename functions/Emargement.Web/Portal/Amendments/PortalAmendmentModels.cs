using Emargement.Domain.Months;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Web.Platform;

namespace Emargement.Web.Portal.Amendments;

/// <summary>What organisations ask a Région to amend, those that wait first.</summary>
public sealed record PortalAmendmentsModel(int Waiting, IReadOnlyList<PortalAmendmentRow> Rows);

/// <param name="Count">How many corrections it asks for.</param>
/// <param name="Version">Of the export that says it, once made.</param>
public sealed record PortalAmendmentRow(
    string Href, string Name, string Nda, YearMonth Month, int Number, AmendmentState State, int Count, DateTimeOffset At, int? Version);

/// <summary>One amendment, learner by learner.</summary>
/// <param name="Back">Address of the list.</param>
public sealed record PortalAmendmentModel(string Back, string Address, PortalAmendmentRow Row, string Reason)
{
    /// <summary>The form that comes back.</summary>
    public const string Form = "decision";

    public IReadOnlyList<PortalAmendmentLine> Lines { get; init; } = [];

    /// <summary>What the Région answered.</summary>
    public string? Answer { get; init; }

    /// <summary>Whether the reader may answer it, and it waits.</summary>
    public bool MayAnswer { get; init; }

    /// <summary>Whether it was just answered.</summary>
    public bool Done { get; init; }

    public ReturnedForm? Returned { get; init; }
}

/// <param name="Name">The learner's; the reference where no version names the learner.</param>
/// <param name="DoneBefore">Minutes done, as the record says and as it would say.</param>
public sealed record PortalAmendmentLine(
    string Name, DateOnly Date, HalfDay HalfDay, AttendanceStatus Before, int DoneBefore, AttendanceStatus After, int DoneAfter);
