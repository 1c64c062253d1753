using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Domain.Signing;
using Emargement.Functions.Accounts.Cookies;
using Emargement.Functions.People;
using Emargement.Functions.Sessions;
using Emargement.LocalHost.Hosting;
using Emargement.Tests.Sessions;
using Emargement.Tests.Signing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Emargement.Tests.Platform.Outages;

/// <summary>The whole app, timers included, with one open half-day whose learners are about to sign.</summary>
internal sealed class OutageWorld : IAsyncDisposable
{
    public const string Api = "/api/organisations/garonne";
    public const string Session = $"{Api}/sessions/20261123-1-S1";

    private static readonly OrganisationId Garonne = Example.Organisation.Id;

    private readonly LocalHostApp _app;
    private readonly HttpClient _client;
    private readonly ConcurrentQueue<Func<HttpRequestMessage>> _signatures = [];
    private readonly Dictionary<AccountId, string> _cookies = [];

    private OutageWorld(LocalHostApp app, FakeTimeProvider time)
    {
        (_app, Time) = (app, time);
        _client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = app.Address };
    }

    public FakeTimeProvider Time { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    public Task IdleAsync() => _app.WhenIdleAsync().WaitAsync(TimeSpan.FromSeconds(60), Cancellation);

    /// <summary>At half past eight minutes after nine in Paris, when everybody shows that they are there.</summary>
    public static async Task<OutageWorld> StartAsync(string connection, int learners)
    {
        var time = new FakeTimeProvider(Example.At("08:08:30"));
        var app = await LocalHostApp.StartAsync(
            new LocalHostOptions
            {
                Settings = new Dictionary<string, string?>
                {
                    ["Storage:ConnectionString"] = connection,
                    ["Storage:Patience"] = "00:00:04",
                    ["Access:RateFactor"] = "1000",
                },
                TimeProvider = time,
            },
            Cancellation);
        var world = new OutageWorld(app, time);
        await world.SeedAsync(learners);
        return world;
    }

    /// <summary>
    /// Everybody signs, six at a time. Who is asked to come back waits for that, and tries again.
    /// </summary>
    public SigningLoad Sign()
    {
        var load = new SigningLoad(6);
        load.Run(async () =>
        {
            while (_signatures.TryDequeue(out var signature))
            {
                await load.TryAsync(_client, signature, Cancellation);
            }
        });
        return load;
    }

    /// <summary>An answer to somebody signed in, and how long it took.</summary>
    public async Task<(HttpResponseMessage Answer, TimeSpan Took)> AskAsync(
        HttpMethod method, string address, AccountId who, object? body = null)
    {
        using var request = new HttpRequestMessage(method, address) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Add("Cookie", _cookies[who]);
        var since = Stopwatch.StartNew();
        return (await _client.SendAsync(request, Cancellation), since.Elapsed);
    }

    public static AccountId Learner(int n) => new(AccountKind.Learner, HalfDayWorld.Ref(n));

    public static AccountId Trainer { get; } = new(AccountKind.Trainer, Reference.Parse("F1"));

    public async Task<IReadOnlyList<Fact>> FactsAsync() =>
        await Get<FactsTable>().OfSessionWithoutDrawingsAsync(Garonne, Example.Morning.Id, Cancellation);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }

    private async Task SeedAsync(int learners)
    {
        await Get<OrganisationsTable>().TryInsertAsync(Example.Organisation, Cancellation);
        var training = new Training
        {
            Ref = Example.Morning.TrainingRef,
            Title = "Soudure",
            FirstDay = new DateOnly(2026, 9, 1),
            LastDay = new DateOnly(2027, 6, 30),
        };
        await Get<TrainingsTable>().TryWriteAsync(Garonne, [training], [], Cancellation);
        await Get<LearnersTable>().TryWriteAsync(
            Garonne,
            Enumerable.Range(0, learners).Select(
                i => new Learner { Ref = HalfDayWorld.Ref(i), LastName = $"Nom{i:D3}", FirstName = "Ada" }),
            [],
            Cancellation);
        await Get<EnrolmentsTable>().TryWriteAsync(Garonne, Enumerable.Range(0, learners).Select(HalfDayWorld.Enrolled), [], Cancellation);
        await Get<SessionsTable>().TryInsertAsync(Example.Morning, Cancellation);
        await SignInAsync(Trainer);
        var (opened, _) = await AskAsync(HttpMethod.Post, $"{Session}/open", Trainer);
        var qr = PresenceCode.Qr(
            Base64Url.DecodeFromChars((await JsonAsync(opened))["key"]!.GetValue<string>()),
            Garonne,
            Example.Morning.Id,
            PresenceCode.QrStep(Time.GetUtcNow()));
        for (var i = 0; i < learners; i++)
        {
            await PrepareAsync(Learner(i), qr);
        }
    }

    private async Task PrepareAsync(AccountId learner, string qr)
    {
        await SignInAsync(learner);
        var shown = new { session = "20261123-1-S1", proof = new { kind = "qr", value = qr } };
        var (presence, _) = await AskAsync(HttpMethod.Post, $"{Api}/presence", learner, shown);
        var ticket = (await JsonAsync(presence))["ticket"]!.GetValue<string>();
        _signatures.Enqueue(() =>
        {
            var request = new HttpRequestMessage(HttpMethod.Post, $"{Api}/signatures")
            {
                Content = JsonContent.Create(new { ticket, drawing = HalfDayWorld.Drawing }),
            };
            request.Headers.Add("Cookie", _cookies[learner]);
            return request;
        });
    }

    private async Task SignInAsync(AccountId who)
    {
        var (device, secret) = await Get<Devices>().AddAsync(
            Garonne, who, DeviceUse.Tablet, new DefaultHttpContext().Request, Cancellation);
        var content = new SignInCookieContent(Garonne.Value, who.Key, device, secret);
        _cookies[who] = $"emargement={Get<SignInCookieSeal>().Seal(content)}";
    }

    private static async Task<JsonObject> JsonAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        answer.IsSuccessStatusCode.ShouldBeTrue(text);
        return JsonNode.Parse(text)!.AsObject();
    }
}
