using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Emargement.Domain.Platform.Announcements;
using Emargement.Functions.Platform.Durable;
using Emargement.Functions.Platform.Mail;
using Emargement.Functions.Platform.Storage;
using Emargement.Tests.Placements;
using Emargement.Tests.Platform.Access;
using Emargement.Tests.Region;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using static Emargement.Tests.Region.RegionWorld;

namespace Emargement.Tests.Portal;

/// <summary>An organisation that validates its month, and the Région's system that answers.</summary>
internal sealed class PortalScene : IAsyncDisposable
{
    public const string Address = "/api/region/occitanie/months/2026-11";
    public const string Garonne = Address + "/76310000001";

    /// <summary>Somebody in the same room whom another pays.</summary>
    public const string OtherRef = "S9OTHER";
    public const string OtherName = "Quetzalcoatl";

    private const string Api = "/api/organisations/garonne";

    private PortalScene(AccessHost host, SentMails mails, ToldNews told) => (Host, Mails, Told) = (host, mails, told);

    public AccessHost Host { get; }

    public SentMails Mails { get; }

    /// <summary>What other systems are told of months, each piece of news once.</summary>
    public ToldNews Told { get; }

    public HttpClient Manager { get; private set; } = null!;

    public HttpClient Region { get; private set; } = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<PortalScene> StartAsync()
    {
        var (mails, told) = (new SentMails(), new ToldNews());
        var scene = new PortalScene(
            await AccessHost.StartAsync(services => services.AddSingleton<IMailSender>(mails).AddSingleton<IAnnouncer>(told)), mails, told);
        var host = scene.Host;
        host.Time.SetUtcNow(At(18, 0));
        var world = new RegionWorld().Enrol("S1", "Petit").Enrol(OtherRef, OtherName, funder: "OPCO")
            .Session("AM", null, Signs("S1"), Signs(OtherRef, At(9, 3)), Closes(2, 2));
        await ExportRig.HoldAsync(host.Services.GetRequiredService<AppStorage>(), world);
        await host.CreateManagerAsync("garonne", "G1", "ines@example.org");
        scene.Region = await scene.KeyAsync("occitanie");
        await host.RunTimerAsync("SweepSheets");
        host.Time.SetUtcNow(At(10, 0, day: new DateOnly(2026, 12, 1)));
        await host.WhenIdleAsync();
        await scene.SignInAsync();
        return scene;
    }

    /// <summary>The manager signs in, again when much time has passed.</summary>
    public async Task SignInAsync() => Manager = await Host.SignedInAsync("garonne", "ines@example.org");

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    public async Task<HttpClient> KeyAsync(string region, string right = "months")
    {
        using var minted = await Host.Operator.PostAsJsonAsync(
            $"/api/region/{region}/api-keys", new { name = "SI", rights = new[] { "exports", right }.Distinct() }, Cancellation);
        var client = new HttpClient { BaseAddress = Host.Address };
        client.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Bearer", (await AccessHost.JsonAsync(minted))["key"]!.GetValue<string>());
        return client;
    }

    /// <summary>The organisation validates its month, and it is sent.</summary>
    public async Task SendAsync()
    {
        (await CodeAsync(Manager, Api + "/months/2026-11/refresh", new { })).ShouldBeNull();
        await Host.WhenIdleAsync();
        var computedAt = (await GetAsync(Manager, Api + "/months/2026-11"))["computedAt"]!.GetValue<DateTimeOffset>();
        (await CodeAsync(Manager, Api + "/months/2026-11/validation", new { typedName = "Inès Roche", computedAt })).ShouldBeNull();
        await Host.WhenIdleAsync();
        Host.Time.Advance(TimeSpan.FromSeconds(63));
        await Host.WhenIdleAsync();
    }

    /// <summary>The Région asks for what there is: provisional versions.</summary>
    public async Task ExportAsync()
    {
        (await CodeAsync(Region, "/api/region/occitanie/exports/2026-11", null)).ShouldBeNull();
        await Host.WhenIdleAsync();
    }

    public Task<string?> CorrectAsync() => CodeAsync(
        Manager, Api + "/sessions/20261123-1-AM/corrections", new { learner = "S1", mark = "late", minutes = 10, reason = "Bus" });

    /// <returns>The code of the refusal; null when it was done.</returns>
    public static async Task<string?> CodeAsync(HttpClient client, string path, object? body)
    {
        using var answer = body is null
            ? await client.PostAsync(path, null, Cancellation)
            : await client.PostAsJsonAsync(path, body, Cancellation);
        return answer.IsSuccessStatusCode ? null : await AccessHost.CodeAsync(answer);
    }

    public static async Task<JsonObject> GetAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        return await AccessHost.JsonAsync(answer);
    }
}

/// <summary>Keeps what other systems would be told.</summary>
internal sealed class ToldNews : IAnnouncer
{
    private readonly ConcurrentDictionary<string, Announcement> _told = new();

    public IEnumerable<string> Types => _told.Values.OrderBy(n => n.At).ThenBy(n => n.Version).Select(n => n.Type);

    public Task TellAsync(DurableTaskClient client, IReadOnlyCollection<Announcement> news, CancellationToken cancellation)
    {
        foreach (var one in news.Where(n => n.Type.StartsWith("month.", StringComparison.Ordinal)))
        {
            _told[one.Id] = one;
        }

        return Task.CompletedTask;
    }
}
