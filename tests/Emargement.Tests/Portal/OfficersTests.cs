using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Emargement.Domain.Accounts;
using Emargement.Tests.Platform.Access;
using static Emargement.Tests.Portal.PortalScene;

namespace Emargement.Tests.Portal;

/// <summary>Officers of a Région sign in, see its months and answer them, each as their role allows.</summary>
public sealed class OfficersTests : IAsyncLifetime
{
    private const string Region = "region:occitanie";
    private const string Month = "/r/occitanie/months/2026-11";
    private const string Place = Month + "/76310000001";

    private PortalScene _scene = null!;

    private AccessHost Host => _scene.Host;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _scene = await PortalScene.StartAsync();
        await Host.CreateOfficerAsync("occitanie", "Vidal", "camille@region.example");
    }

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task A_month_is_looked_at_returned_acknowledged_closed_and_opened_again_on_pages_alone()
    {
        var officer = await Host.SignedInAsync(Region, "camille@region.example");
        (await PageAsync(officer, Month)).ShouldContain("Aucun organisme");
        await _scene.SendAsync();

        var list = await PageAsync(officer, Month + "?show=to-acknowledge");
        list.ShouldContain("Accuser réception (1)");
        list.ShouldNotContain(OtherName);
        (await PageAsync(officer, Place + "/A1/G1")).ShouldContain("Petit");
        (await FormAsync(officer, Place, ("act", "return"), ("version", "1"), ("reason", " "))).ShouldBe(HttpStatusCode.BadRequest);
        (await FormAsync(officer, Place, ("act", "return"), ("version", "1"), ("reason", "La séance du 23 manque.")))
            .ShouldBe(HttpStatusCode.Redirect);
        (await PageAsync(officer, Place + "?done=return")).ShouldContain("La séance du 23 manque.");

        (await _scene.CorrectAsync()).ShouldBeNull();
        await Host.WhenIdleAsync();
        await _scene.SendAsync();
        (await PageAsync(officer, Place)).ShouldContain("Ce qui change depuis la version 1");
        (await PageAsync(officer, Place + "/differences?from=1&to=2")).ShouldContain("statut = retard");
        (await FormAsync(officer, Month, ("act", "acknowledge-all"), ("all", "76310000001|garonne|2"), ("all", "x")))
            .ShouldBe(HttpStatusCode.Redirect);
        (await GetAsync(officer, Garonne))["summary"]!["state"]!.GetValue<string>().ShouldBe("received");
        (await FormAsync(officer, Place, ("act", "lock"))).ShouldBe(HttpStatusCode.Redirect);
        (await FormAsync(officer, Place, ("act", "unlock"), ("reason", "Une feuille manque."))).ShouldBe(HttpStatusCode.Redirect);
        (await GetAsync(_scene.Manager, "/api/organisations/garonne/months/2026-11"))["facts"]!.AsArray()[^1]!["reason"]!
            .GetValue<string>().ShouldBe("Une feuille manque.");

        var settings = await PageAsync(officer, "/r/occitanie/settings");
        settings.ShouldContain("a ouvert des lignes de stagiaires");
        settings.ShouldContain("Camille Vidal");
    }

    [Fact]
    public async Task Each_role_may_what_those_before_may_and_nobody_is_of_another_Region()
    {
        await _scene.SendAsync();
        await Host.CreateOfficerAsync("occitanie", "Lire", "lire@region.example", OfficerRole.Reading);
        await Host.CreateOfficerAsync("occitanie", "Instruire", "instruire@region.example", OfficerRole.Handling);
        await Host.CreateOfficerAsync("bretagne", "Morvan", "morvan@bretagne.example");
        var reading = await Host.SignedInAsync(Region, "lire@region.example");
        var handling = await Host.SignedInAsync(Region, "instruire@region.example");
        var elsewhere = await Host.SignedInAsync("region:bretagne", "morvan@bretagne.example");

        (await CodeAsync(reading, Garonne + "/acknowledgement", new { version = 1 })).ShouldBe("role-missing");
        (await PageAsync(reading, Month)).ShouldNotContain("Accuser réception");
        (await PageAsync(reading, "/r/occitanie/settings", HttpStatusCode.Forbidden)).ShouldContain("Votre rôle");
        (await CodeAsync(handling, Garonne + "/acknowledgement", new { version = 1 })).ShouldBeNull();
        (await CodeAsync(handling, Garonne + "/lock", null)).ShouldBe("role-missing");
        (await CodeAsync(handling, "/api/region/occitanie/officers/invitations", Somebody)).ShouldBe("role-missing");
        (await CodeAsync(elsewhere, Garonne + "/acknowledgement", new { version = 1 })).ShouldBe("region-unknown");
        using var other = await elsewhere.GetAsync(Month, Cancellation);
        other.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await CodeAsync(reading, "/api/organisations/garonne/sessions", new { })).ShouldBe("organisation-unknown");
    }

    [Fact]
    public async Task One_who_leads_invites_and_suspends_and_sets_the_day_up_to_which_months_come()
    {
        await _scene.ExportAsync();
        var officer = await Host.SignedInAsync(Region, "camille@region.example");
        (await CodeAsync(officer, "/api/region/occitanie/officers/invitations", Somebody)).ShouldBeNull();
        await Host.WhenIdleAsync();
        using var listed = await officer.GetAsync("/api/region/occitanie/officers", Cancellation);
        var officers = (await listed.Content.ReadFromJsonAsync<JsonArray>(Cancellation))!;
        officers.Select(o => o!["state"]!.GetValue<string>()).ShouldBe(["active", "invited"], ignoreOrder: true);

        (await FormAsync(officer, "/r/occitanie/settings", ("act", "save"), ("name", "Région Occitanie"), ("dueDay", "29")))
            .ShouldBe(HttpStatusCode.BadRequest);
        (await FormAsync(officer, "/r/occitanie/settings", ("act", "save"), ("name", "Région Occitanie"), ("lockAfter", "0")))
            .ShouldBe(HttpStatusCode.BadRequest);
        (await FormAsync(
            officer, "/r/occitanie/settings", ("act", "save"), ("name", "Occitanie"), ("dueDay", "5"), ("lockAfter", "30"),
            ("answers", "yes"), ("firstSchema", "yes"))).ShouldBe(HttpStatusCode.Redirect);
        var settings = await PageAsync(officer, "/r/occitanie/settings");
        settings.ShouldMatch("name=\"firstSchema\"[^>]* checked");
        settings.ShouldMatch("name=\"lockAfter\"[^>]* value=\"30\"");
        Host.Time.Advance(TimeSpan.FromDays(10));
        var again = await Host.SignedInAsync(Region, "camille@region.example");
        (await PageAsync(again, Month + "?show=late")).ShouldContain("En retard");

        await Host.CreateOfficerAsync("occitanie", "Lire", "lire@region.example", OfficerRole.Reading);
        var reading = await Host.SignedInAsync(Region, "lire@region.example");
        var account = (await GetAsync(reading, $"/api/organisations/{Region}/me"))["account"]!.GetValue<string>();
        (await CodeAsync(again, $"/api/region/occitanie/officers/{account}/suspension", null)).ShouldBeNull();
        using var gone = await reading.GetAsync(Garonne, Cancellation);
        gone.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static object Somebody =>
        new { lastName = "Ferrer", firstName = "Lou", email = "lou@region.example", role = "handling" };

    private static async Task<string> PageAsync(HttpClient client, string path, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var answer = await client.GetAsync(path, Cancellation);
        answer.StatusCode.ShouldBe(status, path);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancellation));
    }

    private static async Task<HttpStatusCode> FormAsync(
        HttpClient client, string path, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        using var answer = await client.PostAsync(path, form, Cancellation);
        return answer.StatusCode;
    }
}
