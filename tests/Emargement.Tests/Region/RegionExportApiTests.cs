using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Emargement.Domain.Platform;
using Emargement.Domain.Region;
using Emargement.Functions.Platform.Storage;
using Emargement.LocalHost.Hosting;
using Emargement.Tests.Platform;
using Emargement.Tests.Platform.Access;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using static Emargement.Tests.Region.RegionWorld;

namespace Emargement.Tests.Region;

/// <summary>The export as a Région's system and the clock see it: over HTTP, through the orchestration.</summary>
public sealed class RegionExportApiTests : IAsyncLifetime
{
    private const string Path = "/api/region/occitanie/exports/2026-11";

    private readonly string _prefix = AzuriteFixture.NewPrefix();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 12, 1, 0, 10, 0, TimeSpan.Zero));
    private LocalHostApp _app = null!;
    private HttpClient _operator = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _app = await LocalHostApp.StartAsync(
            new LocalHostOptions
            {
                Settings = new Dictionary<string, string?>
                {
                    ["Storage:ConnectionString"] = AzuriteFixture.ConnectionString,
                    ["Storage:Prefix"] = _prefix,
                    ["Access:OperatorKey"] = AccessHost.OperatorKey,
                },
                TimeProvider = _time,
                RunTimers = false,
            },
            Cancellation);
        _operator = new HttpClient { BaseAddress = _app.Address };
        _operator.DefaultRequestHeaders.Add("X-Operator-Key", AccessHost.OperatorKey);
        await HoldAsync("garonne", "76310000001");
    }

    public async ValueTask DisposeAsync()
    {
        _operator.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task A_Region_asks_follows_lists_and_downloads_with_its_key()
    {
        using var region = await KeyOfAsync("occitanie");

        using var asked = await region.PostAsync(Path, null, Cancellation);
        asked.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        asked.Headers.Location!.OriginalString.ShouldBe(Path + "/status");
        await _app.WhenIdleAsync();

        var status = await JsonAsync(region, Path + "/status");
        status["state"]!.GetValue<string>().ShouldBe("completed");
        status["exported"]!.AsArray().Single()!["version"]!.GetValue<int>().ShouldBe(1);
        var listed = (await JsonAsync(region, Path))["versions"]!.AsArray().Single()!;
        listed["files"]!.AsArray().Select(f => f!["name"]!.GetValue<string>()).ShouldBe(RegionFiles.Names);
        foreach (var file in listed["files"]!.AsArray().Where(f => f!["sha256"] is not null))
        {
            using var download = await region.GetAsync(file!["address"]!.GetValue<string>(), Cancellation);
            download.StatusCode.ShouldBe(HttpStatusCode.OK);
            Convert.ToHexStringLower(
                SHA256.HashData(await download.Content.ReadAsByteArrayAsync(Cancellation))).ShouldBe(file["sha256"]!.GetValue<string>());
        }
    }

    [Theory]
    [InlineData("POST", "/api/region/atlantide/exports/2026-11", 404, "region-unknown")]
    [InlineData("POST", "/api/region/Occitanie!/exports/2026-11", 404, "region-unknown")]
    [InlineData("POST", "/api/region/occitanie/exports/2026-13", 400, "month-invalid")]
    [InlineData("POST", "/api/region/occitanie/exports/2027-01", 409, "month-not-begun")]
    [InlineData("GET", "/api/region/occitanie/exports/2026-11/status", 404, "export-not-started")]
    [InlineData("GET", "/api/region/occitanie/exports/2026-11/76310000001/v1/synthese.csv", 403, "not-allowed")]
    public async Task What_cannot_be_is_refused_with_its_reason(string method, string path, int status, string code)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await _operator.SendAsync(request, Cancellation);

        ((int)response.StatusCode).ShouldBe(status);
        (await AccessHost.CodeAsync(response)).ShouldBe(code);
    }

    [Theory]
    [InlineData("v1/synthese.csv")]
    [InlineData("v1/..%2Fsynthese.csv")]
    [InlineData("1/synthese.csv")]
    public async Task A_file_that_was_not_written_is_not_there(string file)
    {
        using var region = await KeyOfAsync("occitanie");
        using var response = await region.GetAsync($"{Path}/76310000001/{file}", Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await AccessHost.CodeAsync(response)).ShouldBe("export-not-found");
    }

    [Fact]
    public async Task Another_Region_and_a_stranger_are_kept_out()
    {
        using var other = await KeyOfAsync("bretagne");
        using var stranger = new HttpClient { BaseAddress = _app.Address };

        (await other.GetAsync(Path, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await other.PostAsync(Path, null, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await stranger.GetAsync(Path, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Asking_again_writes_the_next_version_and_never_touches_the_first()
    {
        for (var i = 0; i < 2; i++)
        {
            (await _operator.PostAsync(Path, null, Cancellation)).EnsureSuccessStatusCode();
            await _app.WhenIdleAsync();
        }

        (await VersionsAsync()).ShouldBe(["76310000001 v1", "76310000001 v2"]);
    }

    [Fact]
    public async Task The_timer_exports_the_month_that_ended_once_however_often_it_runs()
    {
        await TickAsync();
        (await VersionsAsync()).ShouldBe(["76310000001 v1"]);

        _time.Advance(TimeSpan.FromHours(1));
        await TickAsync();
        await Task.WhenAll(TickAsync(), TickAsync());
        (await VersionsAsync()).ShouldBe(["76310000001 v1"]);
    }

    [Fact]
    public async Task The_timer_catches_up_when_it_was_down_on_the_first_day()
    {
        _time.Advance(TimeSpan.FromDays(20));

        await TickAsync();

        (await VersionsAsync()).ShouldBe(["76310000001 v1"]);
    }

    [Fact]
    public async Task An_organisation_that_fails_takes_nothing_from_the_others_and_is_completed_later_without_doubles()
    {
        await HoldAsync("loire", "76310000002");
        var broken = await BreakAsync("loire");

        await TickAsync();
        for (var retry = 0; retry < 5; retry++)
        {
            _time.Advance(TimeSpan.FromMinutes(5));
            await _app.WhenIdleAsync();
        }

        (await VersionsAsync()).ShouldBe(["76310000001 v1"]);
        (await JsonAsync(_operator, Path + "/status"))["failed"]!.AsArray().Select(f => f!.GetValue<string>()).ShouldBe(["loire"]);

        await broken.Table.DeleteEntityAsync(broken.Row, cancellationToken: Cancellation);
        await TickAsync();
        (await VersionsAsync()).ShouldBe(["76310000001 v1", "76310000002 v1"]);
    }

    private async Task TickAsync()
    {
        await _app.RunTimerAsync("MonthlyExportTimer", Cancellation);
        await _app.WhenIdleAsync();
    }

    private async Task HoldAsync(string organisation, string nda)
    {
        var world =
            new RegionWorld { Organisation = new RegionWorld().Organisation with { Id = OrganisationId.Parse(organisation), Nda = nda } };
        await ExportRig.HoldAsync(
            _app.Services.GetRequiredService<AppStorage>(), world.Enrol("S1", "Cœurdoux").Session("SE1-M", s => s, Signs("S1"), Closes()));
    }

    /// <summary>A row that no version of the app wrote: reading the month fails.</summary>
    private async Task<(TableClient Table, TableEntity Row)> BreakAsync(string organisation)
    {
        var table = await _app.Services.GetRequiredService<AppStorage>().TableAsync("Attendance");
        var row = new TableEntity($"{organisation}|2026-11", "20261123|1|SE1-M|9") { ["Json"] = "?" };
        await table.AddEntityAsync(row, Cancellation);
        return (table, row);
    }

    private async Task<HttpClient> KeyOfAsync(string region)
    {
        using var minted = await _operator.PostAsJsonAsync(
            $"/api/region/{region}/api-keys", new { name = "SI", rights = new[] { "exports" } }, Cancellation);
        var key = (await AccessHost.JsonAsync(minted))["key"]!.GetValue<string>();
        var client = new HttpClient { BaseAddress = _app.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    private async Task<string[]> VersionsAsync() =>
        [.. (await JsonAsync(_operator, Path))["versions"]!.AsArray().Select(v => $"{v!["nda"]} v{v["version"]}")];

    private static async Task<JsonObject> JsonAsync(HttpClient client, string path)
    {
        using var response = await client.GetAsync(path, Cancellation);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await AccessHost.JsonAsync(response);
    }
}
