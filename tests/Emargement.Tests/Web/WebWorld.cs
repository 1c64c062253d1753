using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Platform.Calendar;
using Emargement.Domain.Sessions;
using Emargement.Functions.Accounts;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Sessions;
using Emargement.Functions.Signing.Links;
using Emargement.LocalHost.Hosting;
using Emargement.Tests.Accounts.Factors;
using Emargement.Tests.Platform;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Emargement.Tests.Web;

/// <summary>
/// The whole app in this process with a half-day that is going on now: browsers keep their own clock, so this is the true time.
/// </summary>
internal sealed class WebWorld : IAsyncDisposable
{
    public const string Password = "Quatre chevaux verts";

    private const string OperatorKey = "operator-key-of-these-tests-0123456789";

    public static readonly OrganisationId Org = OrganisationId.Parse("garonne");

    private static readonly (string Ref, string Last, string First)[] Learners =
    [
        ("L1", "Lefèbvre", "Zoë"), ("L2", "El Mansouri-Benchekroun", "Mohamed Amine"), ("L3", "Costa", "Maria"),
    ];

    private readonly LocalHostApp _app;
    private readonly List<IBrowserContext> _contexts = [];

    private WebWorld(LocalHostApp app, SessionId session) => (_app, Session) = (app, session);

    public SessionId Session { get; }

    public string SessionPath => $"/o/{Org}/sessions/{Session}";

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>Waits until what was started in the background is done.</summary>
    public Task WhenIdleAsync() => _app.WhenIdleAsync();

    public static async Task<WebWorld> StartAsync(Modality modality = Modality.Centre)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var app = await LocalHostApp.StartAsync(
            new LocalHostOptions
            {
                Settings = new Dictionary<string, string?>
                {
                    ["Storage:ConnectionString"] = AzuriteFixture.ConnectionString,
                    ["Storage:Prefix"] = AzuriteFixture.NewPrefix(),
                    ["Access:OperatorKey"] = OperatorKey,
                },
                RunTimers = false,
                ShowMailbox = true,
                ConfigureServices = services => services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = 1_000),
            },
            cancellation);
        var session = SessionNow(modality);
        var world = new WebWorld(app, session.Id);
        await world.FillAsync(session, cancellation);
        return world;
    }

    /// <summary>A browser of its own, signed in by the sign-in page, at a path.</summary>
    public async Task<IPage> SignedInAsync(string login, string path, bool phone = false)
    {
        var page = await OpenAsync($"/o/{Org}?back={Uri.EscapeDataString(path)}", phone);
        await page.GetByLabel("Adresse électronique ou référence").FillAsync(login);
        await page.GetByLabel("Mot de passe").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Se connecter" }).ClickAsync();
        var step = $"/o/{Org}/second-step";
        await page.WaitForURLAsync(url => new Uri(url).AbsolutePath == path || new Uri(url).AbsolutePath == step);
        if (new Uri(page.Url).AbsolutePath == step)
        {
            await Proven.OnPageAsync(page, DateTimeOffset.UtcNow);
            await page.WaitForURLAsync(url => new Uri(url).AbsolutePath == path);
        }

        return page;
    }

    /// <summary>A browser without scripts, on a phone, signed in when a login is given, at a path.</summary>
    public async Task<IPage> WithoutScriptsAsync(string path, string? login = null)
    {
        var page = await OpenAsync("/", phone: true, scripts: false);
        if (login is not null)
        {
            var signedIn = await page.Context.APIRequest.PostAsync(
                $"/api/organisations/{Org}/sign-in", new() { DataObject = new { login, password = Password } });
            signedIn.Ok.ShouldBeTrue(await signedIn.TextAsync());
            var account = (await signedIn.JsonAsync())?.GetProperty("account").GetString();
            await Proven.ByTwoFactorsAsync(_app.Services, Org.Value, account.ShouldNotBeNull());
        }

        await page.GotoAsync(path);
        return page;
    }

    public async Task<IPage> OpenAsync(string path, bool phone = false, bool scripts = true)
    {
        var context = await Browser.NewContextAsync(new BrowserNewContextOptions
        {
            JavaScriptEnabled = scripts,
            BaseURL = _app.Address.ToString(),
            Locale = "fr-FR",
            ViewportSize = phone ? new ViewportSize { Width = 390, Height = 740 } : new ViewportSize { Width = 1280, Height = 800 },
            ReducedMotion = ReducedMotion.Reduce,
        });
        _contexts.Add(context);
        var page = await context.NewPageAsync();
        await page.GotoAsync(path);
        return page;
    }

    /// <summary>Path of a personal link, as a mail would carry it.</summary>
    public async Task<string> LinkAsync(string learner, DateTimeOffset expiresAt)
    {
        var bound = new SessionLink(Session, Reference.Parse(learner)).ToBound();
        return $"/l/{await Get<ILinks>().MintAsync(LinkPurpose.Sign, Org, bound, expiresAt, TestContext.Current.CancellationToken)}";
    }

    public async Task<Session> StoredSessionAsync() =>
        (await Get<SessionsTable>().FindAsync(Org, Session, TestContext.Current.CancellationToken)).ShouldNotBeNull().Value;

    public async ValueTask DisposeAsync()
    {
        foreach (var context in _contexts)
        {
            await context.DisposeAsync();
        }

        await _app.DisposeAsync();
    }

    private static Session SessionNow(Modality modality)
    {
        var now = DateTimeOffset.UtcNow;
        var start = now.AddMinutes(-now.Minute % 5).AddSeconds(-now.Second);
        return new Session
        {
            Organisation = Org,
            Id = new SessionId(SiteZone.Paris.DateAt(now), HalfDay.Morning, Reference.Parse("SEANCE-1-M")),
            SlotRef = Reference.Parse("SEANCE-1"),
            TrainingRef = Reference.Parse("TSSR"),
            Group = "G1",
            TrainerRef = Reference.Parse("F1"),
            Module = "Durcissement d’un serveur",
            Site = "Blagnac",
            Room = "B 12",
            Modality = modality,
            Start = start,
            End = start.AddHours(3),
            Source = "import",
            ContentHash = "0",
            State = SessionState.Planned,
        };
    }

    private async Task FillAsync(Session session, CancellationToken cancellation)
    {
        await Get<OrganisationsTable>().TryInsertAsync(
            new Organisation { Id = Org, Name = "Garonne Formation", Nda = "76310000000", Siret = "73282932000074", Region = "occitanie" },
            cancellation);
        await Get<TrainingsTable>().TryWriteAsync(
            Org, [
                new Training
                {
                    Ref = session.TrainingRef,
                    Title = "Technicien supérieur systèmes et réseaux",
                    FirstDay = session.Id.Date.AddDays(-30),
                    LastDay = session.Id.Date.AddDays(30),
                },
            ], [], cancellation);
        await Get<TrainersTable>().TryWriteAsync(
            Org,
            [
                new Trainer
                {
                    Ref = session.TrainerRef!.Value,
                    LastName = "Ruiz",
                    FirstName = "Claire",
                    Email = EmailAddress.Parse("claire.ruiz@example.fr"),
                },
            ],
            [],
            cancellation);
        await Get<LearnersTable>().TryWriteAsync(
            Org,
            [.. Learners.Select(l => new Learner { Ref = Reference.Parse(l.Ref), LastName = l.Last, FirstName = l.First })],
            [],
            cancellation);
        await Get<EnrolmentsTable>().TryWriteAsync(Org, [.. Learners.Select(l => Enrolled(l, session))], [], cancellation);
        await Get<SessionsTable>().TryInsertAsync(session, cancellation);
        var holders = Learners.Select(
            l => new AccountHolder(new AccountId(AccountKind.Learner, Reference.Parse(l.Ref)), l.Last, l.First, null))
            .Append(
                new AccountHolder(
                    new AccountId(AccountKind.Trainer, Reference.Parse("F1")),
                    "Ruiz",
                    "Claire",
                    EmailAddress.Parse("claire.ruiz@example.fr")));
        await Get<IAccountDirectory>().EnsureAsync(Org, [.. holders], cancellation);
        foreach (var holder in holders)
        {
            var set = await Get<Passwords>().SetAsync(Org, holder.Id, Password, known: null, keptDevice: null, cancellation);
            set.IsOk.ShouldBeTrue(set.Refusal?.Code);
        }
    }

    private static EnrolledLearner Enrolled((string Ref, string Last, string First) learner, Session session) => new(
        new Enrolment
        {
            LearnerRef = Reference.Parse(learner.Ref),
            TrainingRef = session.TrainingRef,
            Group = session.Group,
            Periods = [new EnrolmentPeriod(EnrolmentPeriod.RegionFunder, null, null, session.Id.Date.AddDays(-30), null)],
        },
        learner.Last,
        learner.First,
        HasEmail: false);
}
