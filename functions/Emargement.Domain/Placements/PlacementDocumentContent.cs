using Emargement.Domain.Sealing;

namespace Emargement.Domain.Placements;

/// <summary>All that the document of one period prints: days, hours, breaks, absences, both signatures, and why the tutor disagreed.
/// French only, as every sheet. Instants are already in the site's local time. Without a proof it is a draft: what the tutor is asked to
/// sign, on the screen or on paper.</summary>
public sealed record PlacementDocumentContent
{
    public required SheetOrganisation Organisation { get; init; }

    public required string Training { get; init; }

    public string? RegionNumber { get; init; }

    public string? OrderNumber { get; init; }

    public required string Group { get; init; }

    public required string Learner { get; init; }

    public required string Company { get; init; }

    public required DateOnly First { get; init; }

    public required DateOnly Last { get; init; }

    public required string TimeZone { get; init; }

    public required IReadOnlyList<DocumentWeek> Weeks { get; init; }

    public required IReadOnlyList<DocumentValidation> Validations { get; init; }

    /// <summary>When it was written; of a sealed one, when the seal was asked for.</summary>
    public required DateTimeOffset WrittenAt { get; init; }

    /// <summary>Null for a draft.</summary>
    public SheetProof? Proof { get; init; }

    /// <summary>Tutors who have days to validate still: a draft leaves each a place to sign by hand.</summary>
    public required IReadOnlyList<string> Awaited { get; init; }

    public int DeclaredMinutes => Weeks.Sum(w => w.Days.Sum(d => d.DeclaredMinutes ?? 0));

    public int ValidatedMinutes => Weeks.Sum(w => w.Days.Sum(d => d.ValidatedMinutes ?? 0));
}

/// <param name="Signature">The learner's latest of the week; null when only a paper form speaks of it.</param>
/// <param name="HandedBy">Who handed their device over for it; null when the learner used their own.</param>
public sealed record DocumentWeek(string Title, IReadOnlyList<DocumentDay> Days, SheetSignature? Signature, string? HandedBy);

/// <param name="Hours">« 9 h 00 – 17 h 00, pause 60 min »; empty when hours alone were declared.</param>
/// <param name="Note">Absence, disagreement and its answer, paper form: in the people's words.</param>
public sealed record DocumentDay(DateOnly Date, string Hours, int? DeclaredMinutes, int? ValidatedMinutes, string Note);

/// <summary>One act of validation: a tutor's signature over some weeks, or a paper form that the organisation recorded.</summary>
public sealed record DocumentValidation(string Name, string What, SheetSignature? Signature);

/// <summary>Composes the document from the facts alone.</summary>
public static class PlacementDocument
{
    /// <param name="drawings">By SHA-256.</param>
    /// <param name="nameOf">The name of who acted, by <see cref="PlacementFact.By"/>.</param>
    public static (IReadOnlyList<DocumentWeek> Weeks, IReadOnlyList<DocumentValidation> Validations) Of(
        PlacementState state,
        ValidationPeriod period,
        Func<DateTimeOffset, DateTimeOffset> local,
        IReadOnlyDictionary<string, string> drawings,
        Func<string, string> nameOf)
    {
        string? HandedBy(PlacementFact fact) =>
            fact.By == $"learner:{state.Placement.LearnerRef}" ? null : nameOf(fact.By);

        var facts = state.StatementsOf(period).ToList();
        SheetSignature Signed(DateTimeOffset at, FactSignature signature) =>
            new(local(at), null, signature.DrawingSha256 is { } sha ? drawings.GetValueOrDefault(sha) : null, signature.TypedName);

        var weeks = IsoWeek.Between(period.First, period.Last)
            .Select(week =>
            {
                var days = state.Days.Where(
                    d => IsoWeek.Of(d.Date) == week && period.First <= d.Date && d.Date <= period.Last && d.Phase != DayPhase.Undeclared);
                var declared = facts.OfType<Declared>().LastOrDefault(d => d.Week == week);
                return new DocumentWeek(
                    $"Semaine {week.Number} de {week.Year}, du {DocumentTexts.Day(week.Monday)}",
                    [.. days.Select(day => Day(day, HandedBy, nameOf))],
                    declared is null ? null : Signed(declared.At, declared.Signature),
                    declared is null ? null : HandedBy(declared));
            })
            .Where(w => w.Days.Count > 0)
            .ToList();
        var tutors = state.Facts.OfType<Planned>()
            .SelectMany(p => p.Terms.Tutors)
            .GroupBy(t => t.Key)
            .ToDictionary(g => g.Key, g => g.Last().Name);
        var validations = facts.OfType<Validated>()
            .GroupBy(v => (v.Tutor, v.At))
            .Select(
                g => new DocumentValidation(
                    tutors.GetValueOrDefault(g.Key.Tutor, g.Key.Tutor),
                    Weeks("Validé par le tuteur", g),
                    Signed(g.Key.At, g.First().Signature)))
            .Concat(facts.OfType<PaperRecorded>()
                .GroupBy(p => (p.At, p.By, p.Reason, p.ScanSha256))
                .Select(g => new DocumentValidation(
                    state.Placement.Organisation.Value,
                    Weeks($"Formulaire papier signé, enregistré par {nameOf(g.Key.By)}", g)
                        + $" Motif : {g.Key.Reason} Empreinte du scan : {g.Key.ScanSha256}",
                    null)));
        return (weeks, [.. validations]);
    }

    private static string Weeks(string what, IEnumerable<WeekFact> facts) =>
        $"{what} : semaines {string.Join(", ", facts.Select(f => f.Week.Number).Distinct().Order())}.";

    private static DocumentDay Day(DayState day, Func<PlacementFact, string?> handedBy, Func<string, string> nameOf)
    {
        var declared = day.Declaration;
        var hours = declared is { Start: { } start, End: { } end }
            ? $"{DocumentTexts.Hour(start)} – {DocumentTexts.Hour(end)}"
                + (declared.BreakMinutes > 0 ? $", pause {DocumentTexts.Duration(declared.BreakMinutes.Value)}" : "")
            : "";
        return new DocumentDay(day.Date, hours, declared?.Minutes, day.SettledMinutes, string.Join(" ", Notes(day, handedBy, nameOf)));
    }

    private static IEnumerable<string> Notes(DayState day, Func<PlacementFact, string?> handedBy, Func<string, string> nameOf)
    {
        if (day.Declaration?.AbsenceReason is { } absence)
        {
            yield return day.Justification is { } justified
                ? $"Absence justifiée : {absence} ({justified.Reason}, acceptée par {nameOf(justified.By)})."
                : $"Absence : {absence}.";
        }

        if (day.Declaration?.HolidayConfirmed == true)
        {
            yield return "Jour férié travaillé, confirmé par le stagiaire.";
        }

        if (day.Disagreement is { } disagreement)
        {
            yield return $"Désaccord du tuteur : {DocumentTexts.Duration(disagreement.Minutes)}, {disagreement.Reason}.";
            yield return day.Maintained is { } maintained
                ? $"Maintenu par le stagiaire{(handedBy(maintained) is { } by ? $", saisi avec {by}" : "")}"
                    + $"{(maintained.Comment is { Length: > 0 } comment ? $" : {comment}" : "")}."
                : "Corrigé par le stagiaire.";
        }

        if (day.FromPaper)
        {
            yield return "D'après le formulaire papier.";
        }
    }
}
