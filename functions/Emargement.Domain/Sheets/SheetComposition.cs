using System.Globalization;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Sealing;
using Emargement.Domain.Sessions;

namespace Emargement.Domain.Sheets;

/// <summary>What a sheet is made from, as read from the tables.</summary>
/// <param name="People">Names by account id as in <see cref="Fact.By"/>: <c>learner:REF</c>, <c>trainer:REF</c>. One that is missing is
/// printed as its reference.</param>
/// <param name="Drawings">SVG paths by the key of the fact that they belong to.</param>
public sealed record SheetSource(
    Organisation Organisation,
    Session Session,
    Training? Training,
    IReadOnlyDictionary<string, string> People,
    IReadOnlyList<Fact> Facts,
    IReadOnlyDictionary<string, string> Drawings);

/// <summary>Turns the facts of a closed Session into what its sheet prints.</summary>
public static class SheetComposition
{
    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");

    public static SheetContent Of(SheetSource source, SheetProof proof)
    {
        var zone = source.Organisation.Zone;
        return new SheetContent
        {
            Organisation = new(source.Organisation.Name, source.Organisation.Nda, source.Organisation.Siret),
            Training = TrainingOf(source),
            Session = SessionOf(source),
            Lines = Lines(source),
            Trainer = TrainerOf(source),
            HeadCount = source.Facts.OfType<Closed>().FirstOrDefault()?.HeadCount,
            Corrections =
            [
                .. source.Facts.OfType<Corrected>().OrderBy(fact => fact.At).Select(fact => new SheetCorrection(
                    zone.ToLocal(fact.At), Name(source, fact.By), Name(source, LearnerId(fact.Learner)), Change(fact), fact.Reason)),
            ],
            Proof = proof,
            Paper = PaperOf(source),
        };
    }

    /// <summary>« Saisi par … le …, d'après le scan … »: no more than a person's reading, and which scan shows it.</summary>
    private static string? PaperOf(SheetSource source) =>
        source.Facts.OfType<Closed>().FirstOrDefault() is { Paper: { } scan } closed
            ? $"Présences lues sur une feuille signée à la main et saisies par {Name(source, closed.By)} le "
                + $"{DocumentTexts.DayAndHour(source.Organisation.Zone.ToLocal(closed.At))}. Scan conservé, SHA-256 : {scan}."
                + (closed.Reason is { } reason ? $" Feuille de secours : {reason}" : "")
            : null;

    /// <summary>What a sheet prints of one learner, whose facts alone are in the source.</summary>
    /// <returns>The line; null when the facts say nothing that is printed.</returns>
    public static (SheetSession Session, SheetTraining Training, SheetLine? Line) LineOf(SheetSource source) =>
        (SessionOf(source), TrainingOf(source), Lines(source).SingleOrDefault());

    private static SheetTraining TrainingOf(SheetSource source) => new(
        source.Training?.Title ?? source.Session.TrainingRef.Value,
        source.Training?.RegionNumber,
        source.Training?.OrderNumber,
        source.Session.Group);

    private static SheetSession SessionOf(SheetSource source)
    {
        var (session, zone) = (source.Session, source.Organisation.Zone);
        return new(
            session.Id.ToString(),
            session.Id.Date,
            HalfDayText(session.Id.HalfDay),
            TimeOnly.FromTimeSpan(zone.ToLocal(session.Start).TimeOfDay),
            TimeOnly.FromTimeSpan(zone.ToLocal(session.End).TimeOfDay),
            PlannedMinutes(session),
            session.Module,
            session.Site,
            session.Room,
            ModalityText(session.Modality),
            zone.Name);
    }

    public static int PlannedMinutes(Session session) => (int)(session.End - session.Start).TotalMinutes;

    /// <summary>« matin », « après-midi », « soir ».</summary>
    public static string HalfDayText(HalfDay halfDay) => halfDay switch
    {
        HalfDay.Morning => "matin",
        HalfDay.Afternoon => "après-midi",
        _ => "soir",
    };

    /// <summary>The account id under which the people of a source are named.</summary>
    public static string LearnerId(Reference learner) => "learner:" + learner.Value;

    private static List<SheetLine> Lines(SheetSource source)
    {
        var lines = source.Facts
            .Where(fact => fact.About is not null && fact is not Rostered)
            .GroupBy(fact => fact.About!.Value)
            .Select(facts => Line(source, facts.Key, [.. facts]))
            .ToList();
        lines.Sort((one, other) => French.CompareInfo.Compare(one.Name, other.Name, CompareOptions.IgnoreCase));
        return lines;
    }

    private static SheetLine Line(SheetSource source, Reference learner, IReadOnlyList<Fact> facts)
    {
        var attendance = Attendance.Of(PlannedMinutes(source.Session), facts);
        var presence = attendance.Status switch
        {
            AttendanceStatus.AbsentJustified => SheetPresence.AbsentJustified,
            AttendanceStatus.AbsentUnjustified or AttendanceStatus.NotSigned => SheetPresence.AbsentUnjustified,
            _ => SheetPresence.Present,
        };
        var signed = facts.OfType<Signed>().FirstOrDefault();
        var signature = signed is null
            ? null
            : new SheetSignature(
                source.Organisation.Zone.ToLocal(signed.At), MethodText(source, signed), source.Drawings
                    .GetValueOrDefault(signed.Key), signed.TypedName);
        return new(
            Name(source, LearnerId(learner)),
            presence,
            attendance.Late,
            attendance.LeftEarly,
            NotedBy(source, facts, Reason(attendance, signature, facts)),
            signature)
        {
            OnPaper = facts.Any(f => f is OnPaper { IsPresent: true }),
        };
    }

    /// <summary>A presence restored on paper says so, since no signature stands on the line.</summary>
    private static string? Reason(Attendance attendance, SheetSignature? signature, IReadOnlyList<Fact> facts) =>
        signature is null && attendance.Method == SigningMethod.Paper && !facts.Any(f => f is OnPaper)
            ? $"feuille papier. {attendance.Reason}".TrimEnd()
            : attendance.Reason;

    /// <summary>What somebody else than the session's trainers noted of a learner names them.</summary>
    private static string? NotedBy(SheetSource source, IReadOnlyList<Fact> facts, string? reason)
    {
        var noted = facts.OfType<Marked>().MaxBy(mark => mark.At);
        return noted is null || source.Session.Trainers.Any(trainer => noted.By == "trainer:" + trainer.Value)
            ? reason
            : $"{reason} (noté par {Name(source, noted.By)})".TrimStart();
    }

    private static SheetTrainer TrainerOf(SheetSource source)
    {
        var trainers = source.Session.Trainers.Select(trainer => Name(source, "trainer:" + trainer.Value)).ToList();
        var planned = trainers.Count > 0 ? string.Join(", ", trainers) : null;
        var replaced = source.Facts.OfType<Edited>().Where(e => e.Field == EditedField.Trainer).MinBy(e => e.N)?.From;
        var shown = replaced is null || planned is null || source.Session.Trainers.Any(t => t.Value == replaced)
            ? planned
            : $"Prévu : {Name(source, "trainer:" + replaced)}, remplacé par {planned}";
        var countersigned = source.Facts.OfType<Countersigned>().FirstOrDefault() is { } second
            ? $"Contresignée par {Name(source, second.By)} le {DocumentTexts.DayAndHour(source.Organisation.Zone.ToLocal(second.At))}"
            : null;
        if (source.Facts.OfType<Closed>().FirstOrDefault() is not { } closed)
        {
            return new(shown ?? "–", null, null);
        }

        var signedBy = Name(source, closed.By);
        var signature = closed.DrawingSha256 is null && closed.TypedName is null
            ? null
            : new SheetSignature(
                source.Organisation.Zone.ToLocal(closed.At), null, source.Drawings.GetValueOrDefault(closed.Key), closed.TypedName);
        return new(shown ?? signedBy, signature, signedBy == planned && shown == planned ? null : signedBy, countersigned)
        {
            SignedOnPaper = closed.TrainerSigned == true,
        };
    }

    private static string Name(SheetSource source, string account) =>
        source.People.GetValueOrDefault(account) ?? account.Split(':', 2) switch
        {
            ["manager", var reference] => $"gestionnaire {reference}",
            ["trainer", var reference] => $"formateur {reference}",
            [_, var reference] => reference,
            _ => account,
        };

    private static string Change(Corrected fact) => fact.Mark switch
    {
        AttendanceMark.Present => fact.Method == SigningMethod.Paper ? "présence, d'après une feuille papier." : "présence.",
        AttendanceMark.Late => $"retard de {DocumentTexts.Duration(fact.Minutes)}.",
        AttendanceMark.LeftEarly => $"départ {DocumentTexts.Duration(fact.Minutes)} avant la fin.",
        AttendanceMark.AbsentJustified => "absence justifiée.",
        _ => "absence non justifiée.",
    };

    private static string MethodText(SheetSource source, Signed signed) => signed.Method switch
    {
        SigningMethod.Token => "Jeton de présence",
        SigningMethod.Code => "Code de séance",
        SigningMethod.Qr => "QR code",
        SigningMethod.Email => "Lien par e-mail",
        SigningMethod.Tablet => $"Sur l'appareil de {Name(source, signed.By)}",
        SigningMethod.Remote => "À distance",
        _ => "Papier",
    };

    /// <summary>« en centre », « à distance », « en entreprise ».</summary>
    public static string ModalityText(Modality modality) => modality switch
    {
        Modality.Distance => "à distance",
        Modality.Company => "en entreprise",
        _ => "en centre",
    };
}
