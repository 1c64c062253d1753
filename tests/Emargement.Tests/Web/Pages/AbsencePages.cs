using Emargement.Domain.Absences;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Web.Absences;
using Emargement.Web.Platform;

namespace Emargement.Tests.Web.Pages;

/// <summary>Absences as learners file and managers examine them.</summary>
internal static class AbsencePages
{
    private const string Name = "EL MANSOURI-BENCHEKROUN Mohamed Amine";
    private const string Training = "Titre professionnel Technicien supérieur systèmes et réseaux";

    private static readonly OrganisationId Garonne = OrganisationId.Parse("garonne");
    private static readonly DateOnly Monday = new(2026, 11, 23);
    private static readonly AbsencePoint First = new(Monday, HalfDay.Morning);
    private static readonly AbsencePoint Last = new(Monday.AddDays(1), HalfDay.Afternoon);
    private static readonly DateTimeOffset At = new(2026, 11, 27, 13, 5, 0, TimeSpan.Zero);
    private static readonly AbsenceId Id = new("0123456789abcdef01234567");

    private static readonly ReasonModel[] Reasons =
        [.. ReasonList.Usual.Where(r => r.Justified).Select(r => new ReasonModel(r.Code, r.Label))];

    public static AbsencesModel List { get; } = new(Garonne, AbsencesModel.ToExamine,
        [
            new(Name, null, First, Last, "Maladie", 1, At, AbsenceState.Waiting, "/x"),
            new("COSTA Maria", null, First, First, "Convocation (administration, justice, emploi)", 0, At, AbsenceState.Waiting, "/x"),
        ])
    {
        Counts = new Dictionary<string, int> { ["waiting"] = 2, ["missing"] = 9, ["announced"] = 0 },
    };

    public static ReasonsModel OwnReasons { get; } = new("/o/garonne/reasons",
        [
            .. ReasonList.Usual.Select(r => new ReasonLine(r, "v")
            {
                Funders = r.Code == "FAM" ? [new(r with { Funder = "OPCO", FunderCode = "EVF" }, "w")] : [],
            }),
            new(new("PERMIS", "Passage du permis de conduire", true, true, true, false) { Active = false }, "v"),
        ], OfRegion: false)
    {
        OfTheRegion =
        [
            ReasonList.Usual[0] with { FunderCode = "M1" },
            new("JUST", "Absence justifiée au titre du contrat", true, true, true, false),
        ],
        Saved = "FAM",
    };

    public static ReasonsModel RefusedReasons(Texts texts) => OwnReasons with
    {
        Address = "/r/occitanie/reasons",
        OfRegion = true,
        OfTheRegion = [],
        Saved = null,
        Returned = new(ReasonsModel.FormOf("FAM", null, ReasonsModel.Save), texts.Refusal("reason-label-invalid"),
            new Dictionary<string, string> { ["code"] = "FAM", ["label"] = "", ["act"] = "save" }),
    };

    public static AbsencesModel Missing { get; } = List with
    {
        Tab = AbsencesModel.Missing,
        Lines = [new(Name, Training + ", G1", First, First, null, 0, At, null, "/x")],
    };

    public static AbsencesModel Decided { get; } = List with { Tab = AbsencesModel.Decided, Lines = [], Month = new(2026, 11) };

    public static AbsenceModel Examined { get; } = new(
        Garonne, Id, Name, Reference.Parse("GAR-2026-0042"), First, Last, "Maladie", At, AbsenceState.Waiting)
    {
        Text = "Je reviens mercredi.",
        Files = [new AbsenceFile(1, "image/jpeg", new string('a', 64), At)],
        HalfDays =
        [
            new(new SessionId(Monday, HalfDay.Morning, Reference.Parse("S-1")), Training, AttendanceStatus.Present, true),
            new(new SessionId(Monday, HalfDay.Afternoon, Reference.Parse("S-2")), Training, AttendanceStatus.AbsentUnjustified, false),
            new(new SessionId(Monday.AddDays(1), HalfDay.Morning, Reference.Parse("S-3")), Training, null, false),
        ],
        Reasons = Reasons,
        Code = "MAL",
    };

    public static AbsenceModel Accepted { get; } = Examined with
    {
        State = AbsenceState.Partly,
        Justified = 2,
        Left = 1,
        DecidedAt = At,
        Answer = "Bon rétablissement.",
        Why = "Le certificat est arrivé.",
        Earlier = [new(At.AddHours(-3), 0, "Document illisible.", null)],
        MayDecideAgain = true,
        Files = [Examined.Files[0] with { Gone = true }],
    };

    public static NewAbsenceModel New { get; } = new(Garonne, Reasons, new("2026-11-23", "1", "2026-11-24", "2", "MAL", null));

    public static NewAbsenceModel Justify(Texts texts) => New with
    {
        Learner = "GAR-2026-0042",
        Returned = new(NewAbsenceModel.Form, texts.Refusal("absence-nothing"), new Dictionary<string, string>()),
    };

    public static MyAbsencesModel Mine { get; } = new(Garonne,
        [
            new(Id, First, Last, "Maladie", AbsenceState.Waiting, 0, true, 0, null),
            new(new("fedcba9876543210fedcba98"), First, First, "Événement familial", AbsenceState.Accepted, 2, false, 1, null),
            new(new("fedcba9876543210fedcba99"), First, First, "Enfant malade", AbsenceState.Refused, 1, false, 0, "Document illisible."),
        ])
    {
        Filed = Id.Value,
    };
}
