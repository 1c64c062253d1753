using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Azure.Core.Pipeline;
using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts;
using Emargement.Functions.Accounts.Cookies;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Mail;
using Emargement.LocalHost.Hosting;
using Emargement.Tests.Platform;
using Emargement.Tests.Signing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Time.Testing;

namespace Emargement.Tests.Placements;

/// <summary>The whole app in this process with a clock that the test sets, one organisation with a manager and a learner,
/// and the mails that leave it.</summary>
internal sealed partial class PlacementHost : IAsyncDisposable
{
    public const string Api = "/api/organisations/garonne";
    public const string Password = "Quatre chevaux verts";

    // A workflow is woken a moment after what it waits for.
    private static readonly TimeSpan JustAfter = TimeSpan.FromSeconds(5);

    private readonly LocalHostApp _app;
    private readonly List<HttpClient> _clients = [];

    private PlacementHost(LocalHostApp app, FakeTimeProvider clock, SentMails mails, StorageCalls calls) =>
        (_app, Clock, Mails, Calls) = (app, clock, mails, calls);

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public FakeTimeProvider Clock { get; }

    public SentMails Mails { get; }

    public StorageCalls Calls { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>Starts on a local time in Paris.</summary>
    public static async Task<PlacementHost> StartAsync(string local, Action<IServiceCollection>? addServices = null)
    {
        var clock = new FakeTimeProvider(PlacementScene.At(local));
        var (mails, calls) = (new SentMails(), new StorageCalls());
        var app = await LocalHostApp.StartAsync(
            new LocalHostOptions
            {
                Settings = new Dictionary<string, string?>
                {
                    ["Storage:ConnectionString"] = AzuriteFixture.ConnectionString,
                    ["Storage:Prefix"] = AzuriteFixture.NewPrefix(),
                    ["Access:OperatorKey"] = "operator-key-of-these-tests-0123456789",
                    ["Mail:PerMinute"] = "100000",
                    ["Mail:PerHour"] = "1000000",
                },
                TimeProvider = clock,
                RunTimers = false,
                ConfigureServices = services =>
                {
                    services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = 1_000);
                    services.AddSingleton<IMailSender>(mails);
                    // A fault says where it is only in the log.
                    services.AddLogging(
                        logging => logging.AddSimpleConsole(console => console.SingleLine = true)
                            .AddFilter<ConsoleLoggerProvider>(null, LogLevel.Error));
                    services.AddSingleton<HttpPipelinePolicy>(calls);
                    addServices?.Invoke(services);
                },
            },
            Cancellation);
        var host = new PlacementHost(app, clock, mails, calls);
        await host.SeedAsync();
        return host;
    }

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>A browser of its own, signed in for 90 days; the clock moves by days, so the manager is too.</summary>
    public async Task<HttpClient> SignedInAsync(string login)
    {
        var client = Client();
        client.DefaultRequestHeaders.Add("Cookie", $"emargement={await CookieAsync(login)}");
        return client;
    }

    /// <summary>The value of a sign-in cookie that lasts.</summary>
    public async Task<string> CookieAsync(string login)
    {
        var org = PlacementScene.Organisation;
        LoginName.TryParse(login, out var name).ShouldBeTrue();
        var account = (await Get<LoginsTable>().FindAsync(org, name, Cancellation))[0].Account;
        var (device, secret) = await Get<Devices>().AddAsync(
            org, account, DeviceUse.Remembered, new DefaultHttpContext().Request, Cancellation);
        return Get<SignInCookieSeal>().Seal(new SignInCookieContent(org.Value, account.Key, device, secret));
    }

    public Uri Address => _app.Address;

    public HttpClient Client()
    {
        var client = new HttpClient(
            new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new() })
        { BaseAddress = _app.Address };
        _clients.Add(client);
        return client;
    }

    /// <summary>Moves the clock past a local time, from hour to hour, and lets the workflows do what is due.</summary>
    public async Task UntilAsync(string local)
    {
        var end = PlacementScene.At(local) + JustAfter;
        await _app.WhenIdleAsync();
        while (Clock.GetUtcNow() is var now && now < end)
        {
            var hour = new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerHour), TimeSpan.Zero).AddHours(1) + JustAfter;
            Clock.Advance((hour < end ? hour : end) - now);
            await _app.WhenIdleAsync();
        }
    }

    public Task IdleAsync() => _app.WhenIdleAsync();

    public static async Task<JsonObject> JsonAsync(HttpResponseMessage response, int status = 200)
    {
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        ((int)response.StatusCode).ShouldBe(status, text);
        return JsonNode.Parse(text)!.AsObject();
    }

    public static async Task<string> CodeAsync(HttpResponseMessage response) =>
        (await response.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!["code"]!.GetValue<string>();

    /// <summary>The secret in the latest mail to an address.</summary>
    public string SecretTo(string address) => LinkPattern().Match(Mails.To(address)[^1].Text).Groups[1].Value;

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(c => c.Dispose());
        await _app.DisposeAsync();
    }

    [GeneratedRegex("/t/([A-Za-z0-9_-]{22})")]
    private static partial Regex LinkPattern();

    private async Task SeedAsync()
    {
        var org = PlacementScene.Organisation;
        var organisation = new Organisation
        {
            Id = org,
            Name = "Garonne Formation",
            Nda = "76310000000",
            Siret = "73282932000074",
            Region = "occitanie",
        };
        await Get<OrganisationsTable>().TryInsertAsync(organisation, Cancellation);
        var training = new Training
        {
            Ref = Reference.Parse("A1"),
            Title = "Cuisine",
            FirstDay = new DateOnly(2026, 9, 1),
            LastDay = new DateOnly(2027, 6, 30),
        };
        await Get<TrainingsTable>().TryWriteAsync(org, [training], [], Cancellation);
        await EnrolAsync("S1", "zoe@of.example");
        AccountHolder[] holders =
        [
            new(new AccountId(AccountKind.Learner, Reference.Parse("S1")), "Lefèbvre", "Zoë", EmailAddress.Parse("zoe@of.example")),
            new(new AccountId(AccountKind.Manager, Reference.Parse("M1")), "Roche", "Inès", EmailAddress.Parse("ines@of.example")),
            new(new AccountId(AccountKind.Trainer, Reference.Parse("F1")), "Cazenave", "Hélène", null),
            new(new AccountId(AccountKind.Trainer, Reference.Parse("F2")), "Roux", "Anne", null),
        ];
        await Get<IAccountDirectory>().EnsureAsync(org, holders, Cancellation);
        foreach (var holder in holders)
        {
            (await Get<Passwords>().SetAsync(org, holder.Id, Password, known: null, keptDevice: null, Cancellation)).IsOk.ShouldBeTrue();
        }
    }

    public async Task EnrolAsync(string reference, string? email)
    {
        var learner = new Learner
        {
            Ref = Reference.Parse(reference),
            LastName = "Lefèbvre",
            FirstName = "Zoë",
            Email = email is null ? null : EmailAddress.Parse(email),
        };
        await Get<LearnersTable>().TryWriteAsync(PlacementScene.Organisation, [learner], [], Cancellation);
        var enrolment = new Enrolment
        {
            LearnerRef = learner.Ref,
            TrainingRef = Reference.Parse("A1"),
            Group = "G1",
            Periods = [new EnrolmentPeriod(EnrolmentPeriod.RegionFunder, "R-1", "BDC-1", new DateOnly(2026, 9, 1), null)],
        };
        await Get<EnrolmentsTable>().TryWriteAsync(
            PlacementScene.Organisation,
            [new EnrolledLearner(enrolment, learner.LastName, learner.FirstName, email is not null)],
            [],
            Cancellation);
    }
}

/// <summary>Takes every mail and keeps it.</summary>
internal sealed class SentMails : IMailSender
{
    private readonly ConcurrentQueue<Mail> _sent = [];

    public bool DropsRepeats => true;

    public IReadOnlyList<Mail> All => [.. _sent];

    public IReadOnlyList<Mail> To(string address) => [.. _sent.Where(m => m.To.Value == address)];

    public Task<MailOutcome> SendAsync(Mail mail, Guid operationId, CancellationToken cancellation)
    {
        _sent.Enqueue(mail);
        return Task.FromResult(new MailOutcome(MailOutcomeKind.Sent, operationId.ToString("N")));
    }
}
