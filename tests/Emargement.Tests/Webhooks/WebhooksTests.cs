using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Emargement.Domain.Webhooks;
using Emargement.Functions.Platform.Mail;
using Emargement.Functions.Platform.Outgoing;
using Emargement.Tests.Placements;
using Emargement.Tests.Platform;
using Emargement.Tests.Platform.Access;
using Emargement.Tests.Platform.Outgoing;
using Emargement.Tests.Signing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Tests.Webhooks;

/// <summary>Another system is told of a half-day, signed and in order, and again when it was away.</summary>
public sealed class WebhooksTests : IAsyncLifetime
{
    private const string Webhooks = "/api/organisations/garonne/webhooks";

    private readonly SentMails _mails = new();
    private readonly List<Received> _received = [];
    private AccessHost _host = null!;
    private LocalServer _server = null!;
    private HttpClient _manager = null!;
    private int _status = 204;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await SigningHttpTests.StartAsync(services =>
        {
            services.Configure<OutgoingOptions>(options => options.ThisMachine = true);
            services.AddSingleton<IMailSender>(_mails);
        });
        await _host.CreateManagerAsync("garonne", "M1", "ines@garonne.example");
        _manager = await _host.SignedInAsync("garonne", "M1");
        _server = await LocalServer.StartAsync();
        _server.Answer = TakeAsync;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task A_half_day_is_told_of_in_its_order_signed_and_without_a_name()
    {
        var (id, secret) = await MakeAsync("session.opened", "session.closed", "sheet.sealed");
        _received.ShouldHaveSingleItem("a test comes before anything is saved").Type.ShouldBe("endpoint.test");
        var listed = await JsonAsync(Webhooks);
        listed.ToJsonString().ShouldNotContain("whsec_");
        listed[0]!["host"]!.GetValue<string>().ShouldBe("127.0.0.1");

        await OpenAndCloseAsync();

        _received.Skip(1).Select(r => r.Type).ShouldBe(["session.opened", "session.closed", "sheet.sealed"], ignoreOrder: true);
        _received[1].Type.ShouldBe("session.opened", "what happened first arrives first");
        _received.ShouldAllBe(r => r.Signature == WebhookSecret.Parse(secret).Sign(r.Id, r.At, r.Body));
        _received.Skip(1).ShouldAllBe(r => r.Data["session"]!.GetValue<string>() == "20261123-1-S1");
        System.Text.Encoding.UTF8.GetString([.. _received.SelectMany(r => r.Body)]).ShouldNotContain("Nom00");
        var sent = (await JsonAsync($"{Webhooks}/{id}/deliveries"))["deliveries"]!.AsArray();
        sent.ShouldAllBe(d => d!["state"]!.GetValue<string>() == "delivered" && d["tries"]!.GetValue<int>() == 1);
        sent.Count.ShouldBe(3);

        var page = WebUtility.HtmlDecode(await (await _manager.GetAsync($"/o/garonne/webhooks/{id}", Cancellation)).Content
            .ReadAsStringAsync(Cancellation));
        page.ShouldContain("Séance fermée");
        page.ShouldContain("réponse 204");
        using var again = await _manager.PostAsync(
            $"/o/garonne/webhooks/{id}",
            new FormUrlEncodedContent([KeyValuePair.Create("replay", sent[0]!["delivery"]!.GetValue<string>())]),
            Cancellation);
        again.Headers.Location!.OriginalString.ShouldEndWith("?done=1");
        await _host.WhenIdleAsync();
        _received.Count(r => r.Id == sent[0]!["event"]!.GetValue<string>()).ShouldBe(2, "sent again under the same id");
    }

    [Fact]
    public async Task What_was_not_taken_comes_again_under_the_same_id_and_what_follows_it_waits()
    {
        await MakeAsync("session.closed", "sheet.sealed");
        _status = 503;
        await OpenAndCloseAsync();
        var tried = _received.Skip(1).ToList();
        tried.Select(r => r.Id).Distinct().ShouldHaveSingleItem("the one behind it waits for its turn");

        _status = 200;
        await AdvanceAsync(TimeSpan.FromMinutes(10));

        var after = _received.Skip(1 + tried.Count).ToList();
        after[0].Id.ShouldBe(tried[0].Id);
        after[0].At.ShouldBeGreaterThan(tried[0].At);
        after.Select(r => r.Type).ShouldBe(["session.closed", "sheet.sealed"], ignoreOrder: true);
    }

    [Fact]
    public async Task Who_wants_nothing_more_is_told_nothing_more_and_the_managers_are_told_of_it()
    {
        var (id, _) = await MakeAsync("session.opened", "session.closed");
        _status = 410;
        await OpenAndCloseAsync();

        var (endpoint, tag) = await GetAsync(id);
        endpoint["state"]!.GetValue<string>().ShouldBe("disabled");
        _mails.To("ines@garonne.example").ShouldHaveSingleItem().Subject.ShouldContain("127.0.0.1");
        var delivery = (await JsonAsync($"{Webhooks}/{id}/deliveries"))["deliveries"]![0]!["delivery"]!.GetValue<string>();
        (await CodeAsync(HttpMethod.Post, $"{Webhooks}/{id}/replays", new { delivery })).ShouldBe("webhook-paused");

        (await CodeAsync(HttpMethod.Patch, $"{Webhooks}/{id}", new { paused = false }, tag)).ShouldBe("webhook-test-failed");
        _status = 200;
        (await CodeAsync(HttpMethod.Patch, $"{Webhooks}/{id}", new { paused = false }, tag)).ShouldBeNull();
        _received.Clear();
        (await CodeAsync(HttpMethod.Post, $"{Webhooks}/{id}/replays", new { since = AccessHost.Start })).ShouldBeNull();
        await _host.WhenIdleAsync();
        _received.Select(r => r.Type).ShouldContain("session.opened");
    }

    [Fact]
    public async Task A_new_secret_signs_beside_the_one_before_for_a_day()
    {
        var (id, first) = await MakeAsync("session.opened");
        using var rotated = await _manager.PostAsync($"{Webhooks}/{id}/rotation", null, Cancellation);
        var second = (await AccessHost.JsonAsync(rotated))["secret"]!.GetValue<string>();

        using var tested = await _manager.PostAsync($"{Webhooks}/{id}/tests", null, Cancellation);

        tested.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var both = _received[^1];
        both.Signature.ShouldBe(
            string.Join(' ', new[] { second, first }.Select(s => WebhookSecret.Parse(s).Sign(both.Id, both.At, both.Body))));
        _host.Time.Advance(TimeSpan.FromHours(25));
        using var later = await (await _host.SignedInAsync("garonne", "M1")).PostAsync($"{Webhooks}/{id}/tests", null, Cancellation);
        later.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        _received[^1].Signature.ShouldBe(WebhookSecret.Parse(second).Sign(_received[^1].Id, _received[^1].At, _received[^1].Body));
    }

    [Fact]
    public async Task One_whose_keys_are_lost_keeps_what_they_sealed_and_one_that_goes_leaves_no_delivery()
    {
        var (id, _) = await MakeAsync("session.opened");
        await OpenAndCloseAsync();
        var (endpoints, deliveries) = (Rows("WebhookEndpoints"), Rows("WebhookDeliveries"));
        var row = (await endpoints.GetEntityAsync<TableEntity>("garonne", id, cancellationToken: Cancellation)).Value;
        byte[] unreadable = [1, 2, 3];
        row["Secret"] = unreadable;
        await endpoints.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, Cancellation);

        (await CodeAsync(HttpMethod.Patch, $"{Webhooks}/{id}", new { paused = true }, (await GetAsync(id)).Tag)).ShouldBeNull();

        row = (await endpoints.GetEntityAsync<TableEntity>("garonne", id, cancellationToken: Cancellation)).Value;
        row.GetString("State").ShouldBe("Paused");
        row.GetBinary("Secret").ShouldBe(unreadable);
        var sent = deliveries.Query<TableEntity>(r => r.PartitionKey == $"garonne|{id}", cancellationToken: Cancellation);
        sent.ShouldNotBeEmpty();
        (await CodeAsync(HttpMethod.Delete, $"{Webhooks}/{id}", null, (await GetAsync(id)).Tag)).ShouldBeNull();
        sent.ShouldBeEmpty();

        TableClient Rows(string table) => new TableServiceClient(AzuriteFixture.ConnectionString).GetTableClient(_host.Prefix + table);
    }

    [Fact]
    public async Task What_cannot_be_told_is_not_saved()
    {
        (await RefusedAsync("http://example.org/x", "session.opened")).ShouldBe("address-invalid");
        (await RefusedAsync("https://user:pass@example.org/", "session.opened")).ShouldBe("address-invalid");
        (await RefusedAsync("not an address", "session.opened")).ShouldBe("address-invalid");
        (await RefusedAsync(_server.Address.AbsoluteUri, "session.deleted")).ShouldBe("webhook-events-invalid");
        (await RefusedAsync(_server.Address.AbsoluteUri)).ShouldBe("webhook-events-invalid");
        _status = 500;
        (await RefusedAsync(_server.Address.AbsoluteUri, "session.opened")).ShouldBe("webhook-test-failed");
        _status = 302;
        (await RefusedAsync(_server.Address.AbsoluteUri, "session.opened")).ShouldBe("webhook-test-failed", "a redirect is not followed");
        (await JsonAsync(Webhooks)).AsArray().ShouldBeEmpty();
        (await CodeAsync(HttpMethod.Delete, $"{Webhooks}/0123abcd", null, "\"x\"")).ShouldBe("webhook-unknown");
    }

    private async Task TakeAsync(HttpContext call)
    {
        using var body = new MemoryStream();
        await call.Request.Body.CopyToAsync(body);
        var headers = call.Request.Headers;
        lock (_received)
        {
            _received.Add(new Received(
                headers["webhook-id"].ToString(),
                DateTimeOffset.FromUnixTimeSeconds(long.Parse(headers["webhook-timestamp"].ToString(), CultureInfo.InvariantCulture)),
                headers["webhook-signature"].ToString(),
                body.ToArray()));
        }

        call.Response.StatusCode = _status;
        call.Response.Headers.Location = "/elsewhere";
    }

    private async Task OpenAndCloseAsync()
    {
        var trainer = await _host.SignedInAsync("garonne", "F1");
        await SigningHttpTests.PostAsync(trainer, $"{SigningHttpTests.Session}/open", null);
        await _host.WhenIdleAsync();
        await SigningHttpTests.PostAsync(trainer, $"{SigningHttpTests.Session}/open", null);
        _host.Time.Advance(TimeSpan.FromMinutes(1));
        await SigningHttpTests.PostAsync(trainer, $"{SigningHttpTests.Session}/close", new { headCount = 0, typedName = "Anne Roux" });
        await AdvanceAsync(TimeSpan.FromSeconds(15));
    }

    // Durable timers fire as the clock passes them, so it moves in small steps.
    private async Task AdvanceAsync(TimeSpan by)
    {
        for (var i = 0; i < 5; i++)
        {
            await _host.WhenIdleAsync();
            _host.Time.Advance(by / 5);
        }

        await _host.WhenIdleAsync();
    }

    private async Task<(string Id, string Secret)> MakeAsync(params string[] events)
    {
        using var made = await _manager.PostAsJsonAsync(
            Webhooks, new { address = $"{_server.Address}hook?key=secret", events }, Cancellation);
        made.StatusCode.ShouldBe(HttpStatusCode.Created);
        var json = await AccessHost.JsonAsync(made);
        return (json["id"]!.GetValue<string>(), json["secret"]!.GetValue<string>());
    }

    private Task<string?> RefusedAsync(string address, params string[] events) =>
        CodeAsync(HttpMethod.Post, Webhooks, new { address, events });

    private async Task<string?> CodeAsync(HttpMethod method, string address, object? body, string? tag = null)
    {
        using var request = new HttpRequestMessage(method, address) { Content = body is null ? null : JsonContent.Create(body) };
        if (tag is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", tag);
        }

        using var response = await _manager.SendAsync(request, Cancellation);
        return response.IsSuccessStatusCode ? null : await AccessHost.CodeAsync(response);
    }

    private async Task<JsonNode> JsonAsync(string address)
    {
        using var response = await _manager.GetAsync(address, Cancellation);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancellation))!;
    }

    private async Task<(JsonNode Endpoint, string Tag)> GetAsync(string id)
    {
        using var response = await _manager.GetAsync($"{Webhooks}/{id}", Cancellation);
        return (await AccessHost.JsonAsync(response), response.Headers.ETag!.ToString());
    }

    private sealed record Received(string Id, DateTimeOffset At, string Signature, byte[] Body)
    {
        public string Type => JsonNode.Parse(Body)!["type"]!.GetValue<string>();

        public JsonNode Data => JsonNode.Parse(Body)!["data"]!;
    }
}
