using Emargement.Domain.Accounts;
using Emargement.Domain.Months;
using Emargement.Domain.People;
using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Domain.Privacy;
using Emargement.Tests.Accounts.Factors;
using Emargement.Tests.Web.Hand;
using Emargement.Tests.Web.Imports;
using Emargement.Tests.Web.Office;
using Emargement.Tests.Web.Pages;
using Emargement.Web.Absences;
using Emargement.Web.Accounts;
using Emargement.Web.Accounts.Office;
using Emargement.Web.Months;
using Emargement.Web.People;
using Emargement.Web.People.Settings;
using Emargement.Web.Placements;
using Emargement.Web.Placements.Following;
using Emargement.Web.Planning;
using Emargement.Web.Platform;
using Emargement.Web.Portal;
using Emargement.Web.Portal.Amendments;
using Emargement.Web.Privacy;
using Emargement.Web.Reminders;
using Emargement.Web.Sessions;
using Emargement.Web.Sessions.Hand;
using Emargement.Web.Sessions.Modes;
using Emargement.Web.Sessions.Paper;
using Emargement.Web.Statements;
using Emargement.Web.Webhooks;

namespace Emargement.Tests.Web;

/// <summary>The pages of those who plan, follow and look after access.</summary>
internal static partial class GalleryPages
{
    private static Dictionary<string, Func<Texts, bool?, Task<RenderedPage>>> OfStaff() => new()
    {
        ["account-staff"] = (t, s) => Page<AccountPage, AccountPageModel>(t, s, AccountPages.StaffOwn(t), SignedIn),
        ["person"] = (t, s) => Page<PersonAccountPage, PersonAccountModel>(
            t, s, new("learner:GAR-2026-0042", "Mohamed Amine El Mansouri-Benchekroun", "GAR-2026-0042", "m.elmansouri@example.org",
            Suspended: false, Own: false,
            [
                new("a", DeviceUse.Remembered, "Samsung Internet, Android", "2001:db8:12f0::/48", Start.AddDays(-12), false),
                new("b", DeviceUse.Browser, "Firefox, Windows", "203.0.113.0/24", Start, false),
            ]), SignedIn),
        ["person-suspended"] = (t, s) => Page<PersonAccountPage, PersonAccountModel>(
            t, s, new("trainer:F1", "Claire Ruiz", "F1", null, Suspended: true, Own: false, []), SignedIn),
        ["retention"] = (t, s) => Page<RetentionPage, RetentionModel>(
            t, s, PrivacyPages.Retention, SignedIn),
        ["retention-refused"] = (t, s) => Page<RetentionPage, RetentionModel>(t, s, PrivacyPages.Refused(t), SignedIn),
        ["spare-codes"] = (t, s) => Page<SpareCodesPage, SpareCodesModel>(
            t, s, new([.. Enumerable.Range(0, 10).Select(i => $"K7QM-2VTX-9RBD-H4W{i}")], "/o/garonne/today"), SignedIn),
        ["second-step-refused"] = (t, s) => Page<SecondStepPage, SecondStepModel>(
            t, s, SecondStepPages.Code with { Refusal = t.Refusal("second-step-wrong") }, SignedIn),
        ["sign-in-refused"] = (t, s) => Page<SignInPage, SignInModel>(
            t, s, new("garonne", "Garonne Formation") { Login = "GAR-2026-0042", Refusal = t.Refusal("sign-in-wrong") }),
        ["password-refused"] = (t, s) => Page<PasswordPage, PasswordPageModel>(t, s, new("garonne", "Garonne Formation")
        {
            Returned = new(PasswordActs.Code, t.Refusal("recovery-code-wrong"), new Dictionary<string, string> { ["reference"] = "L1" }),
        }),
        ["password-sent"] = (t, s) => Page<PasswordPage, PasswordPageModel>(
            t, s, new("garonne", "Garonne Formation") { Done = PasswordActs.Link }),
        ["erasure"] = (t, s) => Page<ErasurePage, ErasureModel>(t, s, PrivacyPages.Erasure, SignedIn),
        ["erasure-done"] = (t, s) => Page<ErasurePage, ErasureModel>(
            t, s, PrivacyPages.Erasure with { ErasedOn = Today, Kept = [] }, SignedIn),
        ["journal"] = (t, s) => Page<JournalPage, JournalModel>(t, s, OfficePages.Journal, SignedIn),
        ["journal-empty"] = (t, s) => Page<JournalPage, JournalModel>(t, s, OfficePages.NothingWritten, SignedIn),
        ["keys"] = (t, s) => Page<KeysPage, KeysModel>(t, s, OfficePages.Keys, SignedIn),
        ["keys-made"] = (t, s) => Page<KeysPage, KeysModel>(t, s, OfficePages.KeyMade, SignedIn),
        ["keys-refused"] = (t, s) => Page<KeysPage, KeysModel>(
            t, s, OfficePages.Keys with { Refusal = t.Refusal("key-name-invalid") }, SignedIn),
        ["webhooks"] = (t, s) => Page<WebhooksPage, WebhooksModel>(t, s, WebhookPages.All, SignedIn),
        ["webhooks-made"] = (t, s) => Page<WebhooksPage, WebhooksModel>(
            t, s, WebhookPages.All with { Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" }, SignedIn),
        ["webhooks-refused"] = (t, s) => Page<WebhooksPage, WebhooksModel>(t, s, WebhookPages.Refused(t), SignedIn),
        ["webhook"] = (t, s) => Page<WebhookPage, WebhookModel>(t, s, WebhookPages.One, SignedIn),
        ["webhook-stopped"] = (t, s) => Page<WebhookPage, WebhookModel>(t, s, WebhookPages.Stopped(t), SignedIn),
        ["account-second-step"] = (t, s) => Page<AccountPage, AccountPageModel>(t, s, SecondStepPages.Account, SignedIn),
        ["second-step"] = (t, s) => Page<SecondStepPage, SecondStepModel>(t, s, SecondStepPages.Code, SignedIn),
        ["enrol"] = (t, s) => Page<EnrolPage, EnrolModel>(t, s, SecondStepPages.Enrolment, SignedIn),
        ["enrol-trainer"] = (t, s) => Page<EnrolPage, EnrolModel>(
            t, s, SecondStepPages.Enrolment with { NeedsPassword = true }, SignedIn),
        ["staff"] = (t, s) => Page<StaffPage, StaffModel>(t, s, AccountPages.Staff, SignedIn),
        ["staff-refused"] = (t, s) => Page<StaffPage, StaffModel>(t, s, AccountPages.StaffRefused(t), SignedIn),
        ["providers"] = (t, s) => Page<ProvidersPage, ProvidersModel>(t, s, AccountPages.Providers, SignedIn),
        ["providers-refused"] = (t, s) => Page<ProvidersPage, ProvidersModel>(t, s, AccountPages.ProvidersRefused(t), SignedIn),
        ["placement"] = (t, s) => Page<PlacementPage, PlacementPageModel>(t, s, PlacementPages.Manager, SignedIn),
        ["placement-read"] = (t, s) => Page<PlacementPage, PlacementPageModel>(
            t, s, PlacementPages.Manager with { CanChange = false, State = PlacementProgressState.Sealed, Mails = [] }, SignedIn),
        ["new-placement"] = (t, s) => Page<NewPlacementPage, NewPlacementModel>(t, s, PlacementPages.Search, SignedIn),
        ["new-placement-form"] = (t, s) => Page<NewPlacementPage, NewPlacementModel>(t, s, PlacementPages.New, SignedIn),
        ["placements"] = (t, s) => Page<PlacementsPage, PlacementsModel>(t, s, PlacementPages.List, SignedIn),
        ["imports"] = (t, s) => Page<ImportsPage, ImportsModel>(t, s, PlanningPages.Imports, SignedIn),
        ["imports-empty"] = (t, s) => Page<ImportsPage, ImportsModel>(t, s, PlanningPages.Empty, SignedIn),
        ["imports-tried"] = (t, s) => Page<ImportsPage, ImportsModel>(t, s, PlanningPages.Tried, SignedIn),
        ["import-report"] = (t, s) => Page<ImportReportPage, ImportReportModel>(
            t, s, new(Garonne, PlanningPages.Report, Forcible: true) { Conflicts = PlanningPages.Conflicts }, SignedIn),
        ["hand-edit"] = (t, s) => Page<EditSessionPage, EditSessionModel>(t, s, HandPages.Edit, SignedIn),
        ["hand-new"] = (t, s) => Page<NewSessionPage, NewSessionModel>(t, s, HandPages.New, SignedIn),
        ["hand-choose"] = (t, s) => Page<NewSessionPage, NewSessionModel>(t, s, HandPages.Choose, SignedIn),
        ["hand-people"] = (t, s) => Page<SessionPeoplePage, SessionPeopleModel>(t, s, HandPages.People, SignedIn),
        ["people"] = (t, s) => Page<PeoplePage, PeopleModel>(t, s, PeoplePages.List, SignedIn),
        ["people-short"] = (t, s) => Page<PeoplePage, PeopleModel>(t, s, PeoplePages.TooShort(t), SignedIn),
        ["people-groups"] = (t, s) => Page<GroupAccessPage, GroupAccessModel>(t, s, PeoplePages.Groups(t), SignedIn),
        ["people-learner"] = (t, s) => Page<PersonPage, PersonPageModel>(t, s, PeoplePages.Learner, SignedIn),
        ["people-given"] = (t, s) => Page<PersonPage, PersonPageModel>(t, s, PeoplePages.Given, SignedIn),
        ["people-trainer"] = (t, s) => Page<PersonPage, PersonPageModel>(t, s, PeoplePages.Trainer(t), SignedIn),
        ["new-learner"] = (t, s) => Page<NewPersonPage, NewPersonModel>(t, s, PeoplePages.NewLearner(t), SignedIn),
        ["new-trainer"] = (t, s) => Page<NewPersonPage, NewPersonModel>(t, s, PeoplePages.NewTrainer, SignedIn),
        ["month"] = (t, s) => Page<MonthPage, MonthModel>(t, s, MonthPages.Month, AtTheDesk),
        ["month-empty"] = (t, s) => Page<MonthPage, MonthModel>(t, s, MonthPages.Empty, AtTheDesk),
        ["month-charts"] = (t, s) => Page<ChartsPage, ChartsModel>(t, s, MonthPages.Charts, AtTheDesk),
        ["month-charts-empty"] = (t, s) => Page<ChartsPage, ChartsModel>(
            t, s, MonthPages.Charts with { Charts = MonthCharts.Of([]) }, AtTheDesk),
        ["month-group"] = (t, s) => Page<GroupPage, GroupModel>(t, s, MonthPages.Group, AtTheDesk),
        ["month-closed"] = (t, s) => Page<MonthPage, MonthModel>(t, s, MonthPages.Closed, AtTheDesk),
        ["month-group-closed"] = (t, s) => Page<GroupPage, GroupModel>(
            t, s, MonthPages.Group with { MayCorrect = false, MayAsk = true }, AtTheDesk),
        ["month-group-whole"] = (t, s) => Page<GroupPage, GroupModel>(t, s, MonthPages.Group with { From = null }, AtTheDesk),
        ["month-validation"] = (t, s) => Page<ValidationPage, ValidationModel>(t, s, MonthPages.Validation, AtTheDesk),
        ["month-validated"] = (t, s) => Page<ValidationPage, ValidationModel>(
            t, s, MonthPages.Validation with { Month = MonthPages.Month with { State = MonthState.Sent } }, AtTheDesk),
        ["usage"] = (t, s) => Page<UsagePage, UsageModel>(t, s, MonthPages.Usage, AtTheDesk),
        ["statements"] = (t, s) => Page<StatementsPage, StatementsModel>(t, s, StatementPages.Issued, AtTheDesk),
        ["statements-unsigned"] = (t, s) => Page<StatementsPage, StatementsModel>(t, s, StatementPages.Unsigned(t), AtTheDesk),
        ["statements-unnamed"] = (t, s) => Page<StatementsPage, StatementsModel>(t, s, StatementPages.Unnamed, AtTheDesk),
        ["statements-learner"] = (t, s) => Page<LearnerStatementsPage, LearnerStatementsModel>(t, s, StatementPages.Learner, AtTheDesk),
        ["statements-nothing"] = (t, s) => Page<LearnerStatementsPage, LearnerStatementsModel>(t, s, StatementPages.Nothing, AtTheDesk),
        ["trainings"] = (t, s) => Page<TrainingsPage, TrainingsModel>(t, s, ModePages.Trainings, AtTheDesk),
        ["trainings-refused"] = (t, s) => Page<TrainingsPage, TrainingsModel>(t, s, ModePages.Refused(t), AtTheDesk),
        ["paper"] = (t, s) => Page<PaperPage, PaperModel>(t, s, ModePages.Print, AtTheDesk),
        ["paper-entry"] = (t, s) => Page<PaperPage, PaperModel>(t, s, ModePages.Enter(t), AtTheDesk),
        ["training"] = (t, s) => Page<TrainingPage, TrainingModel>(t, s, ModePages.Training, AtTheDesk),
        ["settle"] = (t, s) => Page<SettlePage, SettleModel>(t, s, MonthPages.Settle, AtTheDesk),
        ["settle-empty"] = (t, s) => Page<SettlePage, SettleModel>(t, s, MonthPages.Settled, AtTheDesk),
        ["portal-month"] = (t, s) => Page<PortalMonthPage, PortalMonthModel>(t, s, PortalPages.Month, OfRegion),
        ["portal-organisation"] = (t, s) => Page<PortalOrganisationPage, PortalOrganisationModel>(t, s, PortalPages.Organisation, OfRegion),
        ["portal-group"] = (t, s) => Page<PortalGroupPage, PortalGroupModel>(t, s, PortalPages.Group, OfRegion),
        ["portal-lines"] = (t, s) => Page<PortalLinesPage, PortalLinesModel>(t, s, PortalPages.Lines, OfRegion),
        ["portal-anomalies"] = (t, s) => Page<PortalAnomaliesPage, PortalAnomaliesModel>(t, s, PortalPages.Anomalies, OfRegion),
        ["portal-usage"] = (t, s) => Page<PortalUsagePage, PortalUsageModel>(t, s, PortalPages.Usage, OfRegion),
        ["portal-amendments"] = (t, s) => Page<PortalAmendmentsPage, PortalAmendmentsModel>(t, s, PortalPages.Amendments, OfRegion),
        ["portal-amendment"] = (t, s) => Page<PortalAmendmentPage, PortalAmendmentModel>(t, s, PortalPages.Amendment, OfRegion),
        ["portal-amended"] = (t, s) => Page<PortalAmendmentPage, PortalAmendmentModel>(t, s, PortalPages.Amended, OfRegion),
        ["portal-settings"] = (t, s) => Page<RegionSettingsPage, RegionSettingsModel>(t, s, PortalPages.Settings, OfRegion),
        ["absences"] = (t, s) => Page<AbsencesPage, AbsencesModel>(t, s, AbsencePages.List, AtTheDesk),
        ["reasons"] = (t, s) => Page<ReasonsPage, ReasonsModel>(t, s, AbsencePages.OwnReasons, AtTheDesk),
        ["reasons-refused"] = (t, s) => Page<ReasonsPage, ReasonsModel>(t, s, AbsencePages.RefusedReasons(t), OfRegion),
        ["absences-missing"] = (t, s) => Page<AbsencesPage, AbsencesModel>(t, s, AbsencePages.Missing, AtTheDesk),
        ["absences-decided"] = (t, s) => Page<AbsencesPage, AbsencesModel>(t, s, AbsencePages.Decided, AtTheDesk),
        ["absence"] = (t, s) => Page<AbsencePage, AbsenceModel>(t, s, AbsencePages.Examined, AtTheDesk),
        ["absence-decided"] = (t, s) => Page<AbsencePage, AbsenceModel>(t, s, AbsencePages.Accepted, AtTheDesk),
        ["absence-justify"] = (t, s) => Page<NewAbsencePage, NewAbsenceModel>(t, s, AbsencePages.Justify(t), AtTheDesk),
        ["new-absence"] = (t, s) => Page<NewAbsencePage, NewAbsenceModel>(t, s, AbsencePages.New, SignedIn),
        ["my-absences"] = (t, s) => Page<MyAbsencesPage, MyAbsencesModel>(t, s, AbsencePages.Mine, SignedIn),
        ["settings"] = (t, s) => Page<OrganisationSettingsPage, SettingsModel>(t, s, SettingsPages.Saved, AtTheDesk),
        ["settings-reminders"] = (t, s) => Page<ReminderSettingsPage, SettingsModel>(t, s, SettingsPages.Saved, AtTheDesk),
        ["settings-months"] = (t, s) => Page<ClosedMonthsPage, ClosedMonthsModel>(t, s, SettingsPages.Closed, AtTheDesk),
        ["stop"] = (t, s) => Page<StopPage, StopModel>(t, s, new("/m/x", ReminderKind.Digest, false)),
        ["week"] = (t, s) => Page<WeekPage, WeekModel>(t, s, HandPages.Week, SignedIn),
        ["unclosed"] = (t, s) => Page<UnclosedPage, UnclosedModel>(t, s, HandPages.Unclosed, SignedIn),
    };

    private static PageFrame OfRegion(PageFrame frame) => SignedIn(frame) with
    {
        Organisation = OrganisationId.OfRegion(RegionCode.Parse("occitanie")),
        OrganisationName = "Région Occitanie",
        Nav = PortalPages.Nav,
    };

    private static PageFrame AtTheDesk(PageFrame frame) => SignedIn(frame) with { Nav = MonthPages.Nav };
}
