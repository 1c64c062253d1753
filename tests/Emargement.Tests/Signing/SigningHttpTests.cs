using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Domain.Signing;
using Emargement.Functions.Accounts;
using Emargement.Functions.People;
using Emargement.Functions.Sessions;
using Emargement.Tests.Platform.Access;
using Emargement.Tests.Sealing;
using Emargement.Tests.Sessions;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Tests.Signing;

/// <summary>The half-day of <see cref="Example"/> over HTTP, at nine o'clock in Paris.</summary>
public sealed class SigningHttpTests
{
    internal const string Session = "/api/organisations/garonne/sessions/20261123-1-S1";

    private static readonly OrganisationId Garonne = OrganisationId.Parse("garonne");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_trainer_opens_a_learner_scans_and_signs_and_the_list_says_so()
    {
        await using var host = await StartAsync();
        using var trainer = await host.SignedInAsync("garonne", "F1");
        using var learner = await host.SignedInAsync("garonne", "L1");

        var opened = await PostAsync(trainer, $"{Session}/open", null);
        opened["qrPrefix"]!.GetValue<string>().ShouldEndWith("/s/garonne/20261123-1-S1/");
        using var before = await trainer.GetAsync(Session, Cancellation);
        var presence = await PostAsync(
            learner,
            "/api/organisations/garonne/presence",
            new { session = "20261123-1-S1", proof = new { kind = "qr", value = Qr(host, opened) } });
        presence["learner"]!["lastName"]!.GetValue<string>().ShouldBe("Nom001");
        presence["drawing"]!.GetValue<string>().ShouldBe("wanted");
        var signature = new { ticket = presence["ticket"]!.GetValue<string>(), drawing = HalfDayWorld.Drawing };
        using var first = await learner.PostAsJsonAsync("/api/organisations/garonne/signatures", signature, Cancellation);
        using var again = await learner.PostAsJsonAsync("/api/organisations/garonne/signatures", signature, Cancellation);

        (first.StatusCode, again.StatusCode).ShouldBe((HttpStatusCode.Created, HttpStatusCode.OK));
        (await AccessHost.JsonAsync(again)).ToJsonString().ShouldBe((await AccessHost.JsonAsync(first)).ToJsonString());
        var live = await trainer.GetFromJsonAsync<JsonObject>(Session, Cancellation);
        live!["signedCount"]!.GetValue<int>().ShouldBe(1);
        live["learners"]![1]!["status"]!.GetValue<string>().ShouldBe("present");

        using var unchanged = await GetIfChangedAsync(trainer, (await trainer.GetAsync(Session, Cancellation)).Headers.ETag!);
        using var changed = await GetIfChangedAsync(trainer, before.Headers.ETag!);
        (unchanged.StatusCode, changed.StatusCode).ShouldBe((HttpStatusCode.NotModified, HttpStatusCode.OK));
    }

    [Theory]
    [InlineData("status", "\"present\"")]
    [InlineData("signedAt", "\"2026-11-23T08:00:00Z\"")]
    [InlineData("at", "\"2026-11-23T08:00:00Z\"")]
    [InlineData("learner", "\"L2\"")]
    [InlineData("session", "\"20261123-1-S1\"")]
    [InlineData("lateMinutes", "0")]
    [InlineData("method", "\"qr\"")]
    public async Task A_client_never_says_when_how_or_who(string member, string value)
    {
        await using var host = await StartAsync();
        using var trainer = await host.SignedInAsync("garonne", "F1");
        using var learner = await host.SignedInAsync("garonne", "L1");
        var opened = await PostAsync(trainer, $"{Session}/open", null);
        var presence = await PostAsync(
            learner,
            "/api/organisations/garonne/presence",
            new { session = "20261123-1-S1", proof = new { kind = "qr", value = Qr(host, opened) } });

        using var body = Json($"{{\"ticket\":\"{presence["ticket"]}\",\"drawing\":\"{HalfDayWorld.Drawing}\",\"{member}\":{value}}}");
        using var response = await learner.PostAsync("/api/organisations/garonne/signatures", body, Cancellation);

        (await AccessHost.CodeAsync(response)).ShouldBe("body-invalid");
        (await trainer.GetFromJsonAsync<JsonObject>(Session, Cancellation))!["signedCount"]!.GetValue<int>().ShouldBe(0);
    }

    [Fact]
    public async Task A_handed_round_tablet_shows_its_session_only_until_the_password_is_given()
    {
        await using var host = await StartAsync();
        using var device = await host.SignedInAsync("garonne", "F1");
        await PostAsync(device, $"{Session}/open", null);

        (await device.PostAsync($"{Session}/tablet", null, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        string[] others = ["/api/organisations/garonne/sessions", Session, "/api/organisations/garonne/sessions/20261123-2-S1/tablet"];
        foreach (var closed in others)
        {
            (await device.GetAsync(closed, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        }

        var list = await device.GetFromJsonAsync<JsonObject>($"{Session}/tablet", Cancellation);
        list!["learners"]!.AsArray().Count.ShouldBe(3);
        list.ToJsonString().ShouldNotContain("@");
        var presence = await PostAsync(
            device, "/api/organisations/garonne/presence", new { proof = new { kind = "tablet", learner = "L2" } });
        await PostAsync(
            device,
            "/api/organisations/garonne/signatures",
            new { ticket = presence["ticket"]!.GetValue<string>(), typedName = "Ada Nom002" });

        using var wrong = await device.PostAsJsonAsync($"{Session}/tablet/leave", new { password = "wrong" }, Cancellation);
        wrong.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await PostAsync(device, $"{Session}/tablet/leave", new { password = AccessHost.Password }))["account"]!.GetValue<string>()
            .ShouldBe("trainer:F1");
        (await device.GetFromJsonAsync<JsonObject>(Session, Cancellation))!["learners"]![2]!["method"]!.GetValue<string>()
            .ShouldBe("tablet");
    }

    [Fact]
    public async Task A_manager_prints_a_card_whose_codes_sign_and_the_pdf_is_sound()
    {
        await using var host = await StartAsync();
        await host.CreateManagerAsync("garonne", "M1", "m1@example.fr");
        using var manager = await host.SignedInAsync("garonne", "M1");
        using var trainer = await host.SignedInAsync("garonne", "F1");
        await PostAsync(trainer, $"{Session}/open", null);

        using var card = await manager.PostAsync("/api/organisations/garonne/learners/L0/card", null, Cancellation);

        card.Content.Headers.ContentType!.MediaType.ShouldBe("application/pdf");
        using var folder = new Folder();
        var pdf = folder.Write("card.pdf", await card.Content.ReadAsByteArrayAsync(Cancellation));
        Tool.Run("qpdf", "--check", pdf).Code.ShouldBe(0);
        var text = Tool.Run("pdftotext", "-layout", pdf, "-").Text;
        text.ShouldContain("Ada Nom000 (L0)");
        var codes = System.Text.RegularExpressions.Regex.Matches(text, @"\b\d{4} \d{4}\b").Select(m => m.Value).ToList();
        codes.Distinct().Count().ShouldBe(TokenMemory.CardCodes);
        using var anyone = host.Client();
        var presence = await PostAsync(
            anyone,
            "/api/organisations/garonne/presence",
            new { session = "20261123-1-S1", proof = new { kind = "token", value = codes[11] } });
        presence["learner"]!["reference"]!.GetValue<string>().ShouldBe("L0");

        (await trainer.PostAsync(
            "/api/organisations/garonne/learners/L0/card", null, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Bad_input_is_refused_with_its_reason_by_every_endpoint_and_changes_nothing()
    {
        await using var host = await StartAsync();
        using var trainer = await host.SignedInAsync("garonne", "F1");
        await PostAsync(trainer, $"{Session}/open", null);
        string[] endpoints =
        [
            "/api/organisations/garonne/presence", "/api/organisations/garonne/signatures",
            $"{Session}/marks", $"{Session}/close", $"{Session}/corrections", $"{Session}/links",
        ];
        string[] bodies =
        [
            "", "{}", "[]", "null", "\"a\"", "{\"unknown\":1}", "{", "{\"ticket\":1}",
            "{\"proof\":{\"kind\":\"magic\"}}", "{\"mark\":7,\"learner\":\"L1\"}",
        ];
        foreach (var endpoint in endpoints)
        {
            foreach (var text in bodies)
            {
                using var body = Json(text);
                using var response = await trainer.PostAsync(endpoint, body, Cancellation);
                (await AccessHost.CodeAsync(response)).ShouldBe("body-invalid", $"{endpoint} {text}");
            }

            using var form = new FormUrlEncodedContent([new("ticket", "x")]);
            using var unsupported = await trainer.PostAsync(endpoint, form, Cancellation);
            (await AccessHost.CodeAsync(unsupported)).ShouldBe("content-type-not-json", endpoint);
            using var huge = Json($"{{\"ticket\":\"{new string('a', 1_100_000)}\"}}");
            using var large = await trainer.PostAsync(endpoint, huge, Cancellation);
            (await AccessHost.CodeAsync(large)).ShouldBe("body-too-large", endpoint);
        }

        foreach (var date in new[] { "23/11/2026", "9999-12-31", "0001-01-01", "" })
        {
            (await AccessHost.CodeAsync(
                await trainer.GetAsync($"/api/organisations/garonne/sessions?date={date}", Cancellation))).ShouldBe("date-invalid", date);
        }

        (await AccessHost.CodeAsync(
            await trainer.GetAsync("/api/organisations/garonne/sessions/nonsense", Cancellation))).ShouldBe("session-not-found");
        var facts = await host.Services.GetRequiredService<FactsTable>()
            .OfSessionWithoutDrawingsAsync(Garonne, Example.Morning.Id, Cancellation);
        facts.ShouldHaveSingleItem().ShouldBeOfType<Opened>();
    }

    internal static async Task<AccessHost> StartAsync(Action<IServiceCollection>? addServices = null)
    {
        var host = await AccessHost.StartAsync(addServices ?? (_ => { }));
        await host.CreateOrganisationAsync("garonne");
        var services = host.Services;
        var training = new Training
        {
            Ref = Example.Morning.TrainingRef,
            Title = "Soudure",
            FirstDay = new DateOnly(2026, 9, 1),
            LastDay = new DateOnly(2027, 6, 30),
        };
        await services.GetRequiredService<TrainingsTable>().TryWriteAsync(Garonne, [training], [], Cancellation);
        await services.GetRequiredService<LearnersTable>().TryWriteAsync(
            Garonne, Enumerable.Range(0, 3)
                .Select(i => new Learner { Ref = HalfDayWorld.Ref(i), LastName = $"Nom{i:D3}", FirstName = "Ada" }), [], Cancellation);
        await services.GetRequiredService<EnrolmentsTable>()
            .TryWriteAsync(Garonne, Enumerable.Range(0, 3).Select(HalfDayWorld.Enrolled), [], Cancellation);
        await services.GetRequiredService<SessionsTable>().TryInsertAsync(Example.Morning, Cancellation);
        await services.GetRequiredService<IAccountDirectory>().EnsureAsync(
            Garonne,
            [
                new AccountHolder(new AccountId(AccountKind.Trainer, Reference.Parse("F1")), "Roux", "Anne", null),
                new AccountHolder(new AccountId(AccountKind.Learner, HalfDayWorld.Ref(1)), "Nom001", "Ada", null),
                new AccountHolder(new AccountId(AccountKind.Learner, HalfDayWorld.Ref(2)), "Nom002", "Ada", null),
            ],
            Cancellation);
        await host.SetPasswordAsync("garonne", "trainer:F1", AccessHost.Password);
        await host.SetPasswordAsync("garonne", "learner:L1", AccessHost.Password);
        await host.SetPasswordAsync("garonne", "learner:L2", AccessHost.Password);
        return host;
    }

    // What the trainer's page does: it derives the code from the key that opening gave it.
    internal static string Qr(AccessHost host, JsonObject opened) => PresenceCode.Qr(
        Base64Url.DecodeFromChars(opened["key"]!.GetValue<string>()),
        Garonne,
        Example.Morning.Id,
        PresenceCode.QrStep(host.Time.GetUtcNow()));

    internal static async Task<JsonObject> PostAsync(HttpClient client, string address, object? body)
    {
        using var response = body is null
            ? await client.PostAsync(address, null, Cancellation)
            : await client.PostAsJsonAsync(address, body, Cancellation);
        response.IsSuccessStatusCode.ShouldBeTrue(
            $"{address}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(Cancellation)}");
        return await AccessHost.JsonAsync(response);
    }

    private static async Task<HttpResponseMessage> GetIfChangedAsync(HttpClient client, EntityTagHeaderValue tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Session);
        request.Headers.IfNoneMatch.Add(tag);
        return await client.SendAsync(request, Cancellation);
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");
}
