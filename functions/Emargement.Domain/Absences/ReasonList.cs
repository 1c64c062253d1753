using Emargement.Domain.People;

namespace Emargement.Domain.Absences;

/// <summary>
/// The reasons of an organisation: the usual ones, as it changed them, and its own. A funder may have some of them otherwise, and a Région
/// that publishes a list has that one for its learners.
/// </summary>
/// <param name="own">As the organisation wrote them, those for one funder among them.</param>
/// <param name="region">The Région's list; nothing where it has none.</param>
public sealed class ReasonList(IReadOnlyCollection<AbsenceReason> own, IReadOnlyCollection<AbsenceReason> region)
{
    /// <summary>Reasons of a list at most, and as many that a funder has otherwise.</summary>
    public const int Most = 60;

    /// <summary>The reasons that there are from the start. No Région publishes a list of its own: these are the usual words.</summary>
    public static IReadOnlyList<AbsenceReason> Usual { get; } =
    [
        new("MAL", "Maladie", true, true, true, true),
        new("ACC", "Accident du travail ou de trajet", true, true, true, true),
        new("MAT", "Maternité, paternité, adoption", true, true, true, true),
        new("ENF", "Enfant malade", true, true, true, true),
        new("FAM", "Événement familial", true, true, true, false),
        new("ADM", "Convocation (administration, justice, emploi)", true, true, true, false),
        new("AUT", "Absence autorisée par l’organisme", true, false, false, false),
        new("FER", "Fermeture du centre", true, false, false, false),
        new("INJ", "Sans motif valable", false, false, false, false),
    ];

    /// <summary>Every reason for all funders, also those that are proposed no more: the usual ones first.</summary>
    public IReadOnlyList<AbsenceReason> All { get; } = Merged(Usual, own);

    /// <summary>Those that a funder has otherwise, with the label of all.</summary>
    public IReadOnlyList<AbsenceReason> OfFunders { get; } = Labelled(Merged(Usual, own), own);

    /// <summary>The Région's list, as it is proposed.</summary>
    public IReadOnlyList<AbsenceReason> OfRegion { get; } =
    [
        .. Merged([], region)
            .Select(r => Labelled(Merged([], region), region).FirstOrDefault(o => o.Code == r.Code && IsRegion(o.Funder)) ?? r)
            .Where(r => r.Active),
    ];

    /// <summary>The usual one of a code, as those were filed that say no more than a code.</summary>
    public static AbsenceReason? FindUsual(string code) => Usual.FirstOrDefault(r => r.Code == code);

    /// <summary>What is proposed for learners of a funder.</summary>
    /// <param name="funder">Null where nobody says who pays.</param>
    public IReadOnlyList<AbsenceReason> For(string? funder) => IsRegion(funder) && OfRegion.Count > 0
        ? OfRegion
        : [.. All.Select(r => OfFunders.FirstOrDefault(o => o.Code == r.Code && o.Funder == funder) ?? r).Where(r => r.Active)];

    /// <returns>The reason that is proposed for learners of a funder; null when there is none.</returns>
    public AbsenceReason? Find(string? code, string? funder) => For(funder).FirstOrDefault(r => r.Code == code);

    private static bool IsRegion(string? funder) => funder == EnrolmentPeriod.RegionFunder;

    private static IReadOnlyList<AbsenceReason> Merged(IReadOnlyList<AbsenceReason> usual, IReadOnlyCollection<AbsenceReason> written)
    {
        var general = written.Where(r => r.Funder is null).ToDictionary(r => r.Code);
        return
        [
            .. usual.Select(r => general.GetValueOrDefault(r.Code, r)),
            .. general.Values.Where(r => usual.All(u => u.Code != r.Code)).OrderBy(r => r.Code, StringComparer.Ordinal),
        ];
    }

    private static IReadOnlyList<AbsenceReason> Labelled(
        IReadOnlyList<AbsenceReason> general, IReadOnlyCollection<AbsenceReason> written) =>
    [
        .. written.Where(r => r.Funder is not null)
            .Select(r => (Reason: r, Of: general.FirstOrDefault(g => g.Code == r.Code)))
            .Where(r => r.Of is not null)
            .Select(r => r.Reason with { Label = r.Of!.Label, Active = r.Reason.Active && r.Of.Active })
            .OrderBy(r => r.Code, StringComparer.Ordinal).ThenBy(r => r.Funder, StringComparer.Ordinal),
    ];
}
