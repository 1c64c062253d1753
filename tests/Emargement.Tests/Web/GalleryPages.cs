using Emargement.Domain.Accounts;
using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Domain.Privacy;
using Emargement.Domain.Sessions;
using Emargement.Tests.Accounts.Factors;
using Emargement.Tests.Web.Hand;
using Emargement.Tests.Web.Imports;
using Emargement.Tests.Web.Office;
using Emargement.Tests.Web.Pages;
using Emargement.Web.Accounts;
using Emargement.Web.Accounts.Office;
using Emargement.Web.Placements;
using Emargement.Web.Placements.Following;
using Emargement.Web.Planning;
using Emargement.Web.Platform;
using Emargement.Web.Privacy;
using Emargement.Web.Sessions;
using Emargement.Web.Sessions.Hand;
using Emargement.Web.Signing;
using Emargement.Web.Verification;
using Microsoft.Extensions.Logging.Abstractions;
using SheetVerdict = Emargement.Web.Verification.Verdict;

namespace Emargement.Tests.Web;

/// <summary>Every page in the states that people meet, with the names and lengths of real life.</summary>
internal static partial class GalleryPages
{
    private static readonly OrganisationId Garonne = OrganisationId.Parse("garonne");
    private static readonly SessionId Morning = SessionId.Parse("20261123-1-GAR-261123-G1-1-M");
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset End = new(2026, 11, 23, 11, 30, 0, TimeSpan.Zero);
    private static readonly DateOnly Today = new(2026, 11, 23);

    private static readonly SignedSessionModel Signed = new(Morning, LongTraining, Start, End, "Site de Blagnac, salle B 12");

    private const string LongTraining = "Titre professionnel Technicien supérieur systèmes et réseaux, parcours cybersécurité";

    public static ProjectionModel Projection { get; } = new(
        Convert.ToBase64String(Enumerable.Range(1, 32).Select(i => (byte)i).ToArray()).TrimEnd('=').Replace('+', '-').Replace('/', '_'),
        "https://emargement.example/s/garonne/20261123-1-GAR-261123-G1-1-M/",
        Start);

    private static readonly string[] People =
    [
        "ABDELKADER Yasmine", "BAUDRY Jean-Christophe", "COSTA Maria da Conceição", "DUPONT Élodie",
        "EL MANSOURI-BENCHEKROUN Mohamed Amine",
        "FÁBREGAS Núria", "GÖTZ Jürgen", "HUỲNH Thị Bảo Ngọc", "IGLESIAS Íñigo", "JAŁOSZYŃSKI Łukasz",
        "KOUASSI Aya", "LEFÈBVRE Zoë", "MARTIN Paul", "NGUYEN Linh",
    ];

    private static readonly ClosingModel Closing = new(
        End.AddMinutes(3), 12, 11, 14, "/api/organisations/garonne/sessions/x/sheet", "/v/K7QF")
    {
        Versions =
        [
            new(2, End.AddHours(3), 12, 14, "/api/organisations/garonne/sessions/x", "/v/K7QG"),
            new(1, End.AddMinutes(4), 11, 14, "/api/organisations/garonne/sessions/x", "/v/K7QF"),
        ],
    };

    private static readonly VerdictModel Verdict = new(
        SheetVerdict.Valid, "Garonne Formation", LongTraining, Morning,
        "CN=Garonne Formation, O=Garonne Formation, C=FR", End.AddMinutes(4), "B-T",
        End.AddMinutes(4), 1, Fingerprint, 11, 14)
    { RecordedSha256 = Fingerprint };

    private const string Fingerprint = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    private static readonly SignModel Sign =
        new() { Organisation = Garonne, LearnerName = "Mohamed Amine El Mansouri-Benchekroun", Session = Signed };

    private static readonly LearnerHomeModel Home = new()
    {
        Organisation = Garonne,
        Today = Today,
        LearnerName = "Zoë",
        Sessions =
        [
            new(Signed, SessionState.Open, true, false, null),
            new(
                Signed with { Training = "Anglais professionnel", Start = Start.AddHours(4.5), End = End.AddHours(4.5), Place = null },
                SessionState.Open,
                false,
                true,
                null),
            new(
                Signed with { Training = "Techniques de recherche d’emploi", Start = Start.AddHours(9), End = End.AddHours(8) },
                SessionState.Planned,
                false,
                false,
                Start.AddHours(8.75)),
        ],
        Placements = [new LinkModel("/o/garonne/placements/0/week", "Hôtel-restaurant de la Garonne et des Deux-Ponts")],
    };

    private static readonly SessionRowModel[] Rows =
    [
        new(Morning, LongTraining, "G1", "Salle B 12", "Claire Ruiz", Start, End, SessionState.Open, 3, 14, SessionNeed.Unsigned),
        new(Morning, "Anglais professionnel", "G1", "Salle B 12", "Claire Ruiz", Start, End, SessionState.Closed, 11, 12),
        new(
            Morning,
            "Techniques de recherche d’emploi",
            "TRE-2026-11",
            null,
            "Jean-Baptiste de La Rochefoucauld",
            Start.AddHours(4.5),
            End.AddHours(4.5),
            SessionState.Planned,
            0,
            1,
            SessionNeed.NotOpened),
        new(Morning, "Sécurité au travail", "G2", null, "Claire Ruiz", Start, End, SessionState.Open, 9, 9, SessionNeed.NotClosed),
        new(
            Morning,
            "Habilitation électrique",
            "G4",
            "Atelier",
            "Claire Ruiz",
            Start.AddHours(4.5),
            End.AddHours(4.5),
            SessionState.Cancelled,
            0,
            9),
    ];

    /// <summary>By name; each in its texts and, where that is asked, as somebody sees it who is signed in or not.</summary>
    public static IReadOnlyDictionary<string, Func<Texts, bool?, Task<RenderedPage>>> All { get; } =
        new Dictionary<string, Func<Texts, bool?, Task<RenderedPage>>>(OfStaff())
        {
            ["choose"] = (t, s) => Page<ChooseOrganisationPage, ChooseOrganisationModel>(
                t, s, new(), frame => frame with { OrganisationName = null }),
            ["choose-unknown"] = (t, s) => Page<ChooseOrganisationPage, ChooseOrganisationModel>(
                t, s, new("garone", Unknown: true), frame => frame with { OrganisationName = null }),
            ["message"] = (t, s) => Page<MessagePage, MessageModel>(
                t, s, new(t["refused.404"], t.Refusal("session-not-found"), new LinkModel("/", t["session.back"]))),
            ["sign-in"] = (t, s) => Page<SignInPage, SignInModel>(t, s, new("garonne", "Garonne Formation", ToSign: true)),
            ["activate"] = (t, s) => Page<ActivationPage, ActivationModel>(
                t, s, new("s3cret", "Garonne Formation", "Zoë Lefèbvre", "zoe.lefebvre@example.org")),
            ["account"] = (t, s) => Page<AccountPage, AccountPageModel>(t, s, AccountPages.Own, SignedIn),
            ["password"] = (t, s) => Page<PasswordPage, PasswordPageModel>(t, s, new("garonne", "Garonne Formation")),
            ["activate-expired"] = (t, s) => Page<ActivationPage, ActivationModel>(
                t, s, new("s3cret", "Garonne Formation", null, null, t.Refusal("link-expired"))),
            ["invited"] = (t, s) => Page<ActivationPage, ActivationModel>(t, s, AccountPages.Invited),
            ["choose-known"] = (t, s) => Page<ChooseOrganisationPage, ChooseOrganisationModel>(
                t, s, AccountPages.Known, frame => frame with { OrganisationName = null }),
            ["today"] = (t, s) => Page<TodayPage, TodayModel>(t, s, Day(everyone: false, Rows), SignedIn),
            ["today-manager"] = (t, s) => Page<TodayPage, TodayModel>(t, s, Day(everyone: true, Rows), SignedIn),
            ["today-empty"] = (t, s) => Page<TodayPage, TodayModel>(
                t, s, Day(everyone: false, []) with { Date = Today.AddDays(3) }, SignedIn),
            ["session-planned"] = (t, s) => Page<SessionPage, SessionModel>(
                t, s, Session(SessionState.Planned, 14) with { OpensAt = Start.AddMinutes(-15), Paper = new("/p", "/e", false) }, SignedIn),
            ["session-open"] = (t, s) => Page<SessionPage, SessionModel>(
                t, s, Session(SessionState.Open, 14) with { Projection = Projection }, SignedIn),
            ["session-open-30"] = (t, s) => Page<SessionPage, SessionModel>(
                t, s, Session(SessionState.Open, 30) with { Projection = Projection }, SignedIn),
            ["session-closed"] = (t, s) => Page<SessionPage, SessionModel>(
                t, s, Session(SessionState.Closed, 14) with
                {
                    Closing = Closing,
                    MayEdit = true,
                    Unknown = ["EL MANSOURI-BENCHEKROUN Mohamed Amine", "HUỲNH Thị Bảo Ngọc"],
                },
                SignedIn),
            ["session-sealing"] = (t, s) => Page<SessionPage, SessionModel>(
                t, s, Session(SessionState.Closed, 3) with { Closing = Closing with { SheetUrl = null, VerifyUrl = null, Versions = [] } },
                SignedIn),
            ["session-nobody"] = (t, s) => Page<SessionPage, SessionModel>(
                t, s, Session(SessionState.Planned, 0) with { Paper = new("/print", "/enter", Wanted: true) }, SignedIn),
            ["sign"] = (t, s) => Page<SignPage, SignModel>(t, s, Sign with { Ticket = "ticket" }, SignedIn),
            ["sign-no-drawing"] = (t, s) => Page<SignPage, SignModel>(
                t, s, Sign with { Ticket = "ticket", DrawingWanted = false }, SignedIn),
            ["sign-done"] = (t, s) => Page<SignPage, SignModel>(
                t, s, Sign with { Done = new SignatureModel(Start.AddMinutes(2), 0) }, SignedIn),
            ["sign-done-late"] = (t, s) => Page<SignPage, SignModel>(
                t, s, Sign with { Done = new SignatureModel(Start.AddMinutes(14), 14) }, SignedIn),
            ["sign-refused"] = (t, s) => Page<SignPage, SignModel>(
                t, s, Sign with
                {
                    Refusal = t.Refusal("qr-invalid"),
                    Instead = new LinkModel(
                    "/o/garonne/sign", t["sign.instead"])
                }, SignedIn),
            ["sign-expired"] = (t, s) => Page<SignPage, SignModel>(
                t, s, Sign with { Refusal = t.Refusal("link-expired"), RenewUrl = "/api/links" }),
            ["learner"] = (t, s) => Page<LearnerHomePage, LearnerHomeModel>(t, s, Home, SignedIn),
            ["learner-unknown"] = (t, s) => Page<LearnerHomePage, LearnerHomeModel>(t, s, Home with { LearnerName = null, Sessions = [] }),
            ["tablet"] = (t, s) => Page<TabletPage, TabletModel>(
                t,
                s,
                new TabletModel
                {
                    Organisation = Garonne,
                    Session = Signed,
                    Unsigned = [.. People.Take(9).Select(p => new TabletPersonModel(p, p))],
                }),
            ["tablet-everyone"] = (t, s) => Page<TabletPage, TabletModel>(
                t, s, new TabletModel { Organisation = Garonne, Session = Signed, Unsigned = [] }),
            ["tutor"] = (t, s) => Page<TutorPage, TutorModel>(t, s, PlacementPages.Tutor),
            ["tutor-expired"] = (t, s) => Page<TutorPage, TutorModel>(
                t, s, PlacementPages.Tutor with { Refusal = t.Refusal("link-expired"), CanRenew = true }),
            ["tutor-done"] = (t, s) => Page<TutorPage, TutorModel>(t, s, PlacementPages.TutorDone),
            ["declare-hours"] = (t, s) => Page<DeclarePage, DeclareModel>(t, s, PlacementPages.DeclareHours, SignedIn),
            ["declare"] = (t, s) => Page<DeclarePage, DeclareModel>(t, s, PlacementPages.Declare, SignedIn),
            ["declare-hand-over"] = (t, s) => Page<DeclarePage, DeclareModel>(t, s, PlacementPages.HandOver, SignedIn),
            ["declare-handed-over"] = (t, s) => Page<DeclarePage, DeclareModel>(t, s, PlacementPages.HandedOver, SignedIn),
            ["verify"] = (t, s) => Page<VerifyPage, VerifyModel>(t, s, new()),
            ["verify-unknown"] = (t, s) => Page<VerifyPage, VerifyModel>(t, s, new() { Code = "ABCD-EFGH", Unknown = true }),
            ["verify-valid"] = (t, s) => Page<VerifyPage, VerifyModel>(t, s, new() { Code = "K7QF", Verdict = Verdict }),
            ["verify-superseded"] = (t, s) => Page<VerifyPage, VerifyModel>(
                t,
                s,
                new() { Code = "K7QF", Verdict = Verdict with { Verdict = SheetVerdict.Superseded, SupersededBy = "/v/K7QG" } }),
            ["verify-changed"] = (t, s) => Page<VerifyPage, VerifyModel>(
                t,
                s,
                new() { Verdict = Verdict with { Verdict = SheetVerdict.Changed, Version = null, TimestampedAt = null } }),
        };

    public static async Task<string> HtmlAsync(string name, Texts texts) => (await All[name](texts, null)).Html;

    private static PageFrame SignedIn(PageFrame frame) => frame with { SignedIn = true };

    private static TodayModel Day(bool everyone, IReadOnlyList<SessionRowModel> rows) =>
        new()
        {
            Organisation = Garonne,
            Date = Today,
            Today = Today,
            Sessions = rows,
            Everyone = everyone,
            PlacementsWaiting = everyone ? 3 : 0,
            Night = everyone ? new NightNotice(2, new TimeOnly(21, 0), "night-2026-11-22") : null,
        };

    private static SessionModel Session(SessionState state, int people) => new()
    {
        Organisation = Garonne,
        Id = Morning,
        Training = LongTraining,
        Group = "G1",
        Module = "Durcissement d’un serveur",
        Place = "Site de Blagnac, salle B 12",
        Trainer = "Claire Ruiz",
        Start = Start,
        End = End,
        State = state,
        Methods = SigningMethods.All,
        People = [.. Enumerable.Range(0, people).Select(i => Person(i, state))],
    };

    private static PersonModel Person(int i, SessionState state)
    {
        var person = new PersonModel(
            $"L{i:D2}", i < People.Length ? People[i] : $"{People[i % People.Length]} {i}", AttendanceStatus.NotSigned);
        var n = i % 14;
        var signed = person with { SignedAt = Start.AddMinutes(n % 5), Method = (SigningMethod)(n % 6) };
        return (state, n) switch
        {
            (SessionState.Planned, _) => person,
            (_, 3) => person with
            {
                Status = AttendanceStatus.Late,
                Minutes = 14,
                SignedAt = Start.AddMinutes(14),
                Method = SigningMethod.Code,
            },
            (_, 4) => signed with
            {
                Status = AttendanceStatus.Present,
                Elsewhere = new("Maintenance des bâtiments, option énergie", "G2", Start, End),
            },
            (_, 5) => person with { Status = AttendanceStatus.AbsentJustified, Reason = "Rendez-vous médical, certificat remis" },
            (_, 8) => person with
            {
                Status = AttendanceStatus.LeftEarly,
                Minutes = 45,
                SignedAt = Start,
                Method = SigningMethod.Token,
                Reason = "Train",
            },
            (SessionState.Closed, 12 or 13) => person with { Status = AttendanceStatus.AbsentUnjustified },
            (_, 11 or 12 or 13) => person,
            _ => signed with { Status = AttendanceStatus.Present },
        };
    }

    private static Task<RenderedPage> Page<TPage, TModel>(
        Texts texts, bool? signedIn, TModel model, Func<PageFrame, PageFrame>? around = null)
        where TPage : PageComponent<TModel>
        where TModel : class
    {
        var frame = new PageFrame { Texts = texts, Path = "/page", Organisation = Garonne, OrganisationName = "Garonne Formation" };
        frame = around?.Invoke(frame) ?? frame;
        return RenderedPage.RenderAsync<TPage, TModel>(
            frame with { SignedIn = signedIn ?? frame.SignedIn }, model, 200, NullLoggerFactory.Instance);
    }
}
