using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts;
using Emargement.Functions.Platform.Http;
using Emargement.LocalHost.Hosting;
using Emargement.Tests.Accounts.Factors;
using Emargement.Tests.Platform;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Emargement.Tests.Platform.Access;

/// <summary>The whole app in this process on its own tables, with a clock that the test sets, and the operator's client.</summary>
internal sealed class AccessHost : IAsyncDisposable
{
    public const string OperatorKey = "operator-key-of-these-tests-0123456789";
    public const string Password = "Quatre chevaux verts";

    // A Monday morning.
    public static readonly DateTimeOffset Start = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    private readonly LocalHostApp _app;
    private readonly List<HttpClient> _clients = [];

    private AccessHost(LocalHostApp app, FakeTimeProvider time, string prefix)
    {
        (_app, Time, Prefix) = (app, time, prefix);
        Operator = Client();
        Operator.DefaultRequestHeaders.Add("X-Operator-Key", OperatorKey);
    }

    public FakeTimeProvider Time { get; }

    public string Prefix { get; }

    public HttpClient Operator { get; }

    public IServiceProvider Services => _app.Services;

    public Uri Address => _app.Address;

    public static Task<AccessHost> StartAsync(params (string Name, string? Value)[] settings) => StartAsync(_ => { }, settings);

    public static async Task<AccessHost> StartAsync(Action<IServiceCollection> addServices, params (string Name, string? Value)[] settings)
    {
        var time = new FakeTimeProvider(Start);
        var all = new Dictionary<string, string?>
        {
            ["Storage:ConnectionString"] = AzuriteFixture.ConnectionString,
            ["Storage:Prefix"] = AzuriteFixture.NewPrefix(),
            ["Access:OperatorKey"] = OperatorKey,
        };
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        var app = await LocalHostApp.StartAsync(
            new LocalHostOptions
            {
                Settings = all,
                TimeProvider = time,
                RunTimers = false,
                ConfigureServices = services =>
                {
                    services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = 1_000);
                    addServices(services);
                },
            },
            TestContext.Current.CancellationToken);
        return new AccessHost(app, time, all["Storage:Prefix"]!);
    }

    public Task WhenIdleAsync() => _app.WhenIdleAsync();

    /// <summary>Runs a timer function now, and what it starts.</summary>
    public async Task RunTimerAsync(string name)
    {
        await _app.RunTimerAsync(name, TestContext.Current.CancellationToken);
        await _app.WhenIdleAsync();
    }

    /// <summary>A browser of its own: keeps cookies, follows no redirect.</summary>
    public HttpClient Client()
    {
        var client = new HttpClient(
            new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new() })
        { BaseAddress = Address };
        _clients.Add(client);
        return client;
    }

    public async Task CreateOrganisationAsync(string id)
    {
        var body = new { id, name = "Organisme " + id, nda = "76310000000", siret = "73282932000074", region = "occitanie" };
        using var response = await Operator.PostAsJsonAsync("/api/organisations", body, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>A manager of the organisation, with the password of these tests.</summary>
    public async Task CreateManagerAsync(string organisation, string reference, string email)
    {
        var body = new { @ref = reference, lastName = "Roche", firstName = "Inès", email };
        using var created = await Operator.PostAsJsonAsync(
            $"/api/organisations/{organisation}/managers", body, TestContext.Current.CancellationToken);
        created.EnsureSuccessStatusCode();
        await SetPasswordAsync(organisation, $"manager:{reference}", Password);
    }

    /// <summary>An officer of a Région, with the password of these tests; <paramref name="email"/> signs them in.</summary>
    public async Task CreateOfficerAsync(string region, string name, string email, OfficerRole role = OfficerRole.Leading)
    {
        using var created = await Operator.PostAsJsonAsync(
            $"/api/region/{region}/officers",
            new { lastName = name, firstName = "Camille", email, role = role.ToString().ToLowerInvariant(), region = "Région Occitanie" },
            TestContext.Current.CancellationToken);
        created.EnsureSuccessStatusCode();
        await SetPasswordAsync($"region:{region}", (await JsonAsync(created))["account"]!.GetValue<string>(), Password);
    }

    public async Task SetPasswordAsync(string organisation, string account, string password)
    {
        AccountId.TryParseKey(account, out var id).ShouldBeTrue();
        var set = await Services.GetRequiredService<Passwords>().SetAsync(
            OrganisationId.ParseHolder(organisation), id, password, known: null, keptDevice: null, TestContext.Current.CancellationToken);
        set.IsOk.ShouldBeTrue();
    }

    public static Task<HttpResponseMessage> SignInAsync(
        HttpClient client, string organisation, string login, string password = Password, bool stay = false) =>
        client.PostAsJsonAsync(
            $"/api/organisations/{organisation}/sign-in",
            new { login, password, staySignedIn = stay },
            TestContext.Current.CancellationToken);

    /// <summary>A browser on which somebody is signed in, with two factors where two are asked.</summary>
    public async Task<HttpClient> SignedInAsync(string organisation, string login, bool stay = false)
    {
        var client = Client();
        using var response = await SignInAsync(client, organisation, login, stay: stay);
        if (response.StatusCode == HttpStatusCode.TooManyRequests)
        {
            // One person on many browsers at the same instant: people take a moment.
            Time.Advance(Tries.Settles);
            using var again = await SignInAsync(client, organisation, login, stay: stay);
            await ProveAsync(organisation, again);
            return client;
        }

        await ProveAsync(organisation, response);
        return client;
    }

    /// <summary>Makes a sign-in whole, as if the second factor had been given.</summary>
    public async Task ProveAsync(string organisation, HttpResponseMessage signedIn)
    {
        signedIn.EnsureSuccessStatusCode();
        var body = await JsonAsync(signedIn);
        if (body["next"] is not null)
        {
            await Proven.ByTwoFactorsAsync(Services, organisation, body["account"]!.GetValue<string>());
        }
    }

    public static async Task<JsonObject> JsonAsync(HttpResponseMessage response) =>
        (await response.Content.ReadFromJsonAsync<JsonObject>((JsonSerializerOptions?)null, TestContext.Current.CancellationToken))!;

    /// <summary>The code of a problem, having checked that it is one as RFC 7807 asks.</summary>
    public static async Task<string> CodeAsync(HttpResponseMessage response)
    {
        response.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        var problem = await JsonAsync(response);
        problem["status"]!.GetValue<int>().ShouldBe((int)response.StatusCode);
        problem["title"]!.GetValue<string>().ShouldNotBeEmpty();
        var code = problem["code"]!.GetValue<string>();
        problem["type"]!.GetValue<string>().ShouldBe(Problem.TypePrefix + code);
        return code;
    }

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(c => c.Dispose());
        await _app.DisposeAsync();
    }
}
