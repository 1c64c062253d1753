using System.Net;
using System.Net.Http.Json;
using Emargement.Tests.Platform.Access;
using static Emargement.Tests.Portal.PortalScene;

namespace Emargement.Tests.Portal;

/// <summary>A Région's system reads the months of its organisations and answers them.</summary>
public sealed class PortalApiTests : IAsyncLifetime
{
    private PortalScene _scene = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _scene = await PortalScene.StartAsync();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task A_month_is_sent_received_once_returned_corrected_and_closed()
    {
        (await GetAsync(_scene.Region, Address))["organisations"]!.AsArray().ShouldBeEmpty();
        await _scene.SendAsync();

        var listed = (await GetAsync(_scene.Region, Address))["organisations"]!.AsArray().ShouldHaveSingleItem()!;
        (listed["state"]!.GetValue<string>(), listed["completeness"]!.GetValue<int>(), listed["learners"]!.GetValue<int>())
            .ShouldBe(("sent", 100, 1), "the other learner of the room is not counted");
        var shown = await GetAsync(_scene.Region, Garonne);
        shown["groups"]!.AsArray().ShouldHaveSingleItem()!["title"]!.GetValue<string>().ShouldBe("Accueil");
        shown["versions"]!.AsArray().ShouldHaveSingleItem()!["state"]!.GetValue<string>().ShouldBe("validated");

        var learner = (await GetAsync(_scene.Region, Garonne + "/groups/A1/G1"))["learners"]!.AsArray().ShouldHaveSingleItem()!;
        (learner["lastName"]!.GetValue<string>(), learner["halfDays"]![0]!["status"]!.GetValue<string>()).ShouldBe(("Petit", "present"));

        var received = await AcknowledgeAsync(1);
        _scene.Host.Time.Advance(TimeSpan.FromMinutes(5));
        (await AcknowledgeAsync(1)).ShouldBe(received, "a second one answers as the first");
        (await WithdrawAsync()).ShouldBe("month-received");

        (await PostAsync("/return", new { version = 1, reason = " " })).ShouldBe("reason-missing");
        (await PostAsync("/return", new { version = 1, reason = new string('x', 1001) })).ShouldBe("reason-invalid");
        (await PostAsync("/return", new { version = 1, reason = "La séance du 23 manque." })).ShouldBeNull();
        (await PostAsync("/return", new { version = 1, reason = "La séance du 23 manque." })).ShouldBeNull("a double click");
        (await GetAsync(_scene.Manager, "/api/organisations/garonne/months/2026-11"))["facts"]!.AsArray()[^1]!["reason"]!
            .GetValue<string>().ShouldBe("La séance du 23 manque.");
        (await PostAsync("/acknowledgement", new { version = 1 })).ShouldBe("month-not-sent");
        await _scene.Host.WhenIdleAsync();
        var mail = _scene.Mails.To("ines@example.org").Where(m => m.Subject.Contains("retourné", StringComparison.Ordinal))
            .ShouldHaveSingleItem();
        mail.Subject.ShouldContain("Novembre 2026");
        mail.Text.ShouldNotContain("La séance du 23", Case.Sensitive, "why is read on the page");

        (await _scene.CorrectAsync()).ShouldBeNull("a returned month may change");
        await _scene.Host.WhenIdleAsync();
        await _scene.SendAsync();
        (await PostAsync("/acknowledgement", new { version = 1 })).ShouldBe("version-superseded");
        (await PostAsync("/acknowledgement", new { version = 3 })).ShouldBe("export-not-found");
        var changed = (await GetAsync(_scene.Region, Garonne + "/differences?from=1&to=2"))["rows"]!.AsArray().ShouldHaveSingleItem()!;
        (changed["learner"]!.GetValue<string>(), changed["before"]!["statut"]!.GetValue<string>(),
            changed["after"]!["statut"]!.GetValue<string>()).ShouldBe(("S1", "present", "retard"));
        (await PostAsync("/acknowledgement", new { version = 2 })).ShouldBeNull();

        (await CodeAsync(_scene.Region, Garonne + "/lock", null)).ShouldBe("not-allowed");
        (await CodeAsync(_scene.Host.Operator, Garonne + "/unlock", new { reason = "Erreur" })).ShouldBe("month-not-closed");
        (await CodeAsync(_scene.Host.Operator, Garonne + "/lock", null)).ShouldBeNull();
        (await CodeAsync(_scene.Host.Operator, Garonne + "/lock", null)).ShouldBeNull("a double click");
        (await _scene.CorrectAsync()).ShouldBe("month-locked");
        (await PostAsync("/return", new { version = 2, reason = "Trop tard" })).ShouldBe("month-locked");
        (await CodeAsync(_scene.Host.Operator, Garonne + "/unlock", new { reason = "Demande de la Région" })).ShouldBeNull();
        (await _scene.CorrectAsync()).ShouldBeNull("what was closed may change again");
        await _scene.Host.WhenIdleAsync();
        (await GetAsync(_scene.Region, Address + "?state=returned"))["organisations"]!.AsArray().Count.ShouldBe(1);
        _scene.Told.Types.ShouldBe(
        [
            "month.validated", "month.sent", "month.received", "month.returned", "month.validated", "month.sent", "month.received",
            "month.locked", "month.returned",
        ]);
    }

    [Fact]
    public async Task A_provisional_version_is_seen_and_never_acknowledged()
    {
        await _scene.ExportAsync();

        var listed = (await GetAsync(_scene.Region, Address))["organisations"]!.AsArray().ShouldHaveSingleItem()!;
        (listed["state"]!.GetValue<string>(), listed["versionState"]!.GetValue<string>()).ShouldBe(("open", "provisional"));
        (await PostAsync("/acknowledgement", new { version = 1 })).ShouldBe("version-provisional");
        (await PostAsync("/return", new { version = 1, reason = "Rien n’est validé" })).ShouldBe("version-provisional");
        (await CodeAsync(_scene.Host.Operator, Garonne + "/lock", null)).ShouldBe("month-not-sent");
    }

    [Fact]
    public async Task Two_who_acknowledge_and_return_at_once_leave_one_life()
    {
        await _scene.SendAsync();

        await Task.WhenAll(
            PostAsync("/acknowledgement", new { version = 1 }), PostAsync("/acknowledgement", new { version = 1 }),
            PostAsync("/return", new { version = 1, reason = "À revoir" }));

        var month = await GetAsync(_scene.Manager, "/api/organisations/garonne/months/2026-11");
        var row = (await GetAsync(_scene.Region, Garonne))["summary"]!;
        row["state"]!.GetValue<string>().ShouldBe(month["state"]!.GetValue<string>());
        month["facts"]!.AsArray().Count(f => f!["event"]!.GetValue<string>() == "returned").ShouldBeLessThanOrEqualTo(1);
    }

    [Fact]
    public async Task Another_Region_and_a_key_without_the_right_see_nothing()
    {
        await _scene.SendAsync();

        using var other = await _scene.KeyAsync("bretagne");
        (await StatusAsync(other, Garonne)).ShouldBe(HttpStatusCode.NotFound);
        (await GetAsync(other, Address.Replace("occitanie", "bretagne", StringComparison.Ordinal)))["organisations"]!.AsArray()
            .ShouldBeEmpty();
        using var exports = await _scene.KeyAsync("occitanie", "exports");
        (await StatusAsync(exports, Garonne)).ShouldBe(HttpStatusCode.Forbidden);
        (await StatusAsync(_scene.Manager, Garonne)).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_address_that_names_nothing_is_refused()
    {
        (string Path, HttpStatusCode Status)[] asked =
        [
            ("?state=lost", HttpStatusCode.BadRequest),
            ("?state=1", HttpStatusCode.BadRequest),
            ("?continuation=%00~", HttpStatusCode.OK),
            ("/76310000009", HttpStatusCode.NotFound),
            ("/x", HttpStatusCode.NotFound),
            ("/76310000001/groups/A1/G9", HttpStatusCode.NotFound),
            ("/76310000001/differences", HttpStatusCode.NotFound),
            ("/76310000001/differences?from=1&to=99999999999", HttpStatusCode.NotFound),
        ];
        foreach (var (path, status) in asked)
        {
            (await StatusAsync(_scene.Region, Address + path)).ShouldBe(status, path);
        }
    }

    private async Task<string> AcknowledgeAsync(int version)
    {
        using var answer = await _scene.Region.PostAsJsonAsync(Garonne + "/acknowledgement", new { version }, Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return (await AccessHost.JsonAsync(answer)).ToJsonString();
    }

    private Task<string?> PostAsync(string act, object body) => CodeAsync(_scene.Region, Garonne + act, body);

    private Task<string?> WithdrawAsync() =>
        CodeAsync(_scene.Manager, "/api/organisations/garonne/months/2026-11/withdrawal", new { reason = "À revoir" });

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, Cancellation);
        return answer.StatusCode;
    }
}
