using Emargement.Domain.Months;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Web.Platform;
using Emargement.Web.Platform.Navigation;
using Emargement.Web.Portal;
using Emargement.Web.Portal.Amendments;

namespace Emargement.Tests.Web.Pages;

/// <summary>The portal in the states that officers of a Région meet.</summary>
internal static class PortalPages
{
    private const string Pages = "/r/occitanie";

    private static readonly YearMonth November = new(2026, 11);
    private static readonly DateTimeOffset At = new(2026, 12, 3, 9, 12, 0, TimeSpan.Zero);

    private static readonly PortalRow Lauragais =
        Row("GRETA du Lauragais et du Pays de Cocagne", MonthState.Sent, 100) with { Choice = "76310000131|lauragais|2" };

    public static PortalMonthModel Month { get; } = new(
        Pages,
        November,
        null,
        [
            Row("Garonne Formation", MonthState.Open, 63) with { Late = true, VersionState = "provisional" },
            Row("Institut méditerranéen des métiers du bâtiment", MonthState.Returned, 96) with { Late = true },
            Lauragais,
            Row("AFPA Toulouse-Balma", MonthState.Received, 100) with { ReceivedAt = At },
        ])
    {
        States = new Dictionary<string, int> { ["open"] = 100, ["sent"] = 100, ["received"] = 100 },
        MayAnswer = true,
        More = Pages + "/months/2026-11?continuation=x",
        Done = 12,
        Refused = 1,
    };

    public static PortalUsageModel Usage { get; } = new(
        Pages,
        "x",
        November,
        true,
        [
            new("Garonne Formation", "76310000001", new(142, 5_180, 4_976, 40, 61), false),
            new("GRETA du Lauragais et du Pays de Cocagne", "76310000131", new(1_204, 44_012, 43_871, 0, 310), true),
        ]);

    public static PortalOrganisationModel Organisation { get; } = new(
        Pages + "/months/2026-11", Pages + "/months/2026-11/76310000131?organisation=lauragais", November, Lauragais)
    {
        Groups =
        [
            new("x", "Titre professionnel Technicien supérieur systèmes et réseaux", "G1", 100, 22, 22, 3, 9),
            new("x", "Anglais professionnel", "TRE-2026-11", null, 0, 0, 0, 2),
        ],
        Codes = [new("x", "L'assiduité a été corrigée après la clôture.", 14), new("x", "La séance a lieu un dimanche.", 2)],
        Versions =
        [
            new(2, "validated", At, new string('b', 64), "x", [new("/x", "synthese.csv"), new("/x", "demi_journees.csv")]),
            new(1, "validated", At.AddDays(-2), new string('a', 64), null, [new("/x", "manifest.json")]),
        ],
        MayAnswer = true,
        MayLead = true,
    };

    public static PortalGroupModel Group { get; } = new(
        "x", "76310000131", November, "Titre professionnel Technicien supérieur systèmes et réseaux", "G1", 2,
        [
            new("Mohamed Amine El Mansouri-Benchekroun", "OCC-2026-0042", false,
            [
                new(new(2026, 11, 23), HalfDay.Morning, new(9, 0), new(12, 30), "present", null, "qr",
                    new DateTimeOffset(2026, 11, 23, 8, 2, 11, TimeSpan.Zero)),
                new(new(2026, 11, 23), HalfDay.Afternoon, new(13, 30), new(17, 0), "absent_justifie", "Convocation", null, null),
            ]),
        ]);

    public static PortalLinesModel Lines { get; } = new("x", "76310000131", November, "Anomalies", 812, "/x")
    {
        Lines =
        [
            new(new(2026, 11, 23), "M · GAR-261123-G1-1-M", "S1", "statut = present, minutes_realisees = 210", "statut = retard"),
            new(new(2026, 11, 24), "GAR-261124-G1-1-M", null, null, "Plusieurs stagiaires ont signé sur le même appareil."),
        ],
    };

    public static PortalAnomaliesModel Anomalies { get; } = new(Pages, November, false, Month.Rows, 48);

    public static PortalAmendmentsModel Amendments { get; } = new(
        1, [Asked(AmendmentState.Proposed, 12), Asked(AmendmentState.Made, 1) with { Number = 1, Version = 3 }]);

    public static PortalAmendmentModel Amendment { get; } = new(
        "x", "x", Asked(AmendmentState.Proposed, 2), "Feuille papier retrouvée : la stagiaire était présente.")
    {
        Lines =
        [
            new("Mohamed Amine El Mansouri-Benchekroun", new(2026, 11, 23), HalfDay.Morning, AttendanceStatus.AbsentUnjustified, 0,
                AttendanceStatus.Present, 210),
            new("Yasmine Abdelkader", new(2026, 11, 24), HalfDay.Afternoon, AttendanceStatus.Present, 210, AttendanceStatus.Late, 195),
        ],
        MayAnswer = true,
    };

    public static PortalAmendmentModel Amended { get; } = Amendment with
    {
        Row = Asked(AmendmentState.Made, 2) with { Version = 3 },
        Answer = "D’accord.",
        MayAnswer = false,
        Done = true,
    };

    public static RegionSettingsModel Settings { get; } = new(Pages + "/settings", "Région Occitanie", 10, true)
    {
        Officers =
        [
            new("officer:A1", "Camille Vidal", "camille.vidal@region-occitanie.example", "leading", "active", null),
            new("officer:A2", "Lou Ferrer-Montaigu", "lou.ferrer-montaigu@region-occitanie.example", "handling", "invited",
                RegionActs.Revoke),
            new("officer:A3", "Dominique Sors", "d.sors@region-occitanie.example", "reading", "suspended", RegionActs.Restore),
        ],
        Keys = [new("SI de la Région", "exports, months", At.AddYears(1))],
        Looks =
        [
            new(At, "Camille Vidal", false, "group=G1 month=2026-11 nda=76310000131 training=A1"),
            new(At, "Lou Ferrer-Montaigu", true, "file=demi_journees.csv month=2026-11 nda=76310000131 version=v2"),
        ],
        Done = RegionActs.Save,
        LockAfter = 30,
    };

    public static IReadOnlyList<NavModel> Nav { get; } =
    [
        new(Pages + "/months", "nav.months", true, NavPlace.Always),
        new(Pages + "/anomalies", "portal.anomalies", false, NavPlace.Always),
        new(Pages + "/amendments", "portal.amendments", false, NavPlace.Always),
        new(Pages + "/settings", "portal.settings", false, NavPlace.Always),
    ];

    private static PortalAmendmentRow Asked(AmendmentState state, int count) => new(
        "x", "GRETA du Lauragais et du Pays de Cocagne", "76310000131", November, 2, state, count, At, null);

    private static PortalRow Row(string name, MonthState state, int completeness) => new(
        "x", name, "76310000131", state, 2, "validated", completeness, 161, 168, 4, 3, 5, null, false, null);
}
