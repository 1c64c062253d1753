using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Storage;
using Emargement.Tests.Platform.Access;
using Emargement.Tests.Region;
using Microsoft.Extensions.DependencyInjection;
using static Emargement.Tests.Region.RegionWorld;

namespace Emargement.Tests.Months;

/// <summary>A month of one half-day with an anomaly that may be accepted, and what a manager does with it over HTTP.</summary>
public abstract class ValidationScene : IAsyncLifetime
{
    protected const string Api = "/api/organisations/garonne";
    protected const string Month = "/months/2026-11";

    protected static readonly SessionId Session = new(Monday, HalfDay.Morning, Ref("AM"));
    protected static readonly OrganisationId Garonne = OrganisationId.Parse("garonne");

    private protected AccessHost Host { get; private set; } = null!;

    protected HttpClient Manager { get; private set; } = null!;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // The session was counted for two and signed by one: an anomaly that may be accepted.
    public async ValueTask InitializeAsync()
    {
        Host = await AccessHost.StartAsync();
        Host.Time.SetUtcNow(At(18, 0));
        var world = new RegionWorld().Enrol("S1", "Petit").Session("AM", null, Signs("S1"), Closes(2, 1));
        await ExportRig.HoldAsync(Host.Services.GetRequiredService<AppStorage>(), world);
        await Host.CreateManagerAsync("garonne", "G1", "ines@example.org");
        Manager = await Host.SignedInAsync("garonne", "ines@example.org");
        await Host.RunTimerAsync("SweepSheets");
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected async Task NextMonthAsync()
    {
        Host.Time.SetUtcNow(At(10, 0, day: new DateOnly(2026, 12, 1)));
        await Host.WhenIdleAsync();
        Manager = await Host.SignedInAsync("garonne", "ines@example.org");
    }

    // Longer than any process remembers the month as open.
    protected async Task MinuteAsync()
    {
        await Host.WhenIdleAsync();
        Host.Time.Advance(TimeSpan.FromSeconds(63));
        await Host.WhenIdleAsync();
    }

    protected async Task<DateTimeOffset> CalculateAsync()
    {
        using var asked = await Manager.PostAsJsonAsync(Api + Month + "/refresh", new { }, Cancellation);
        asked.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await Host.WhenIdleAsync();
        return (await GetAsync(Month))["computedAt"]!.GetValue<DateTimeOffset>();
    }

    protected Task<string?> ValidateAsync(DateTimeOffset computedAt, string typedName = "Inès Roche") =>
        PostAsync(Month + "/validation", new { typedName, computedAt });

    protected Task<string?> AcceptAsync(DateTimeOffset computedAt, string code, string reason) =>
        PostAsync(Month + "/acceptances", new { code, computedAt, reason, all = true });

    protected Task<string?> WithdrawAsync(string reason) => PostAsync(Month + "/withdrawal", new { reason });

    protected Task<string?> CorrectAsync() => PostAsync(
        $"/sessions/{Session}/corrections", new { learner = "S1", mark = "absent-justified", reason = "Convocation" });

    protected async Task<string?> PostAsync(string path, object body)
    {
        using var answer = await Manager.PostAsJsonAsync(Api + path, body, Cancellation);
        return answer.IsSuccessStatusCode ? null : await AccessHost.CodeAsync(answer);
    }

    protected async Task<JsonObject> GetAsync(string path)
    {
        using var answer = await Manager.GetAsync(Api + path, Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        return await AccessHost.JsonAsync(answer);
    }

    protected async Task<string> PageAsync()
    {
        using var page = await Manager.GetAsync("/o/garonne" + Month + "/validation", Cancellation);
        return WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync(Cancellation));
    }

    protected async Task<HttpStatusCode> SendAsync(string act, DateTimeOffset computedAt, params (string Name, string Value)[] fields)
    {
        var all = fields.ToDictionary(f => f.Name, f => f.Value);
        all["act"] = act;
        all["computedAt"] = computedAt.UtcDateTime.ToString("O");
        using var answer = await Manager.PostAsync(
            "/o/garonne" + Month + "/validation", new FormUrlEncodedContent(all), Cancellation);
        return answer.StatusCode;
    }
}
