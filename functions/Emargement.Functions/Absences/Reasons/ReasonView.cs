using Emargement.Domain.Absences;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Absences.Reasons;

/// <summary>A reason of a list.</summary>
/// <param name="Version">What a change names in If-Match.</param>
public sealed record ReasonView(
    string Code,
    string Label,
    bool Justified,
    PaidAbsence Paid,
    bool DocumentRequired,
    bool CountsAsPresence,
    bool LearnerMayFile,
    bool Health,
    bool Active,
    string? Funder,
    string? FunderCode,
    string Version)
{
    public static ReasonView Of(Stored<AbsenceReason> stored)
    {
        var reason = stored.Value;
        return new ReasonView(
            reason.Code, reason.Label, reason.Justified, reason.Paid, reason.DocumentRequired, reason.CountsAsPresence,
            reason.LearnerMayFile, reason.Health, reason.Active, reason.Funder, reason.FunderCode, stored.ETag.ToString());
    }
}
