using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Emargement.Domain.People;
using Emargement.Tests.Platform.Access;

namespace Emargement.Tests.People;

public sealed partial class OrganisationsTests : IAsyncLifetime
{
    private const string Org = "greta";

    private AccessHost _host = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await AccessHost.StartAsync();
        await _host.CreateOrganisationAsync(Org);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("73282932000074", true)]
    [InlineData("73282932000075", false)] // one digit off
    [InlineData("7328293200007", false)] // 13 digits
    [InlineData("35600000000048", true)] // La Poste's head office: Luhn holds
    [InlineData("35600000009075", true)] // an establishment of La Poste: the digits' sum is a multiple of 5
    [InlineData("7328293200007a", false)]
    [InlineData(null, false)]
    public void A_siret_is_fourteen_digits_that_add_up(string? text, bool valid) => BusinessNumbers.IsSiret(text).ShouldBe(valid);

    [Theory]
    [InlineData("nda", "123", "setting-invalid")]
    [InlineData("siret", "73282932000075", "setting-invalid")]
    [InlineData("region", "Occitanie !", "setting-invalid")]
    [InlineData("name", " ", "setting-invalid")]
    [InlineData("id", "Majuscules", "body-invalid")]
    [InlineData("timeZone", "Europe/Nowhere", "body-invalid")]
    [InlineData("id", Org, "organisation-exists")]
    public async Task The_operator_creates_sound_organisations_only(string member, string value, string code)
    {
        var body = new JsonObject
        {
            ["id"] = "afpa",
            ["name"] = "Afpa",
            ["nda"] = "76310000000",
            ["siret"] = "73282932000074",
            ["region"] = "occitanie",
            [member] = value,
        };

        using var response = await _host.Operator.PostAsJsonAsync("/api/organisations", body, Cancellation);

        (await AccessHost.CodeAsync(response)).ShouldBe(code);
        var list = await _host.Operator.GetFromJsonAsync<JsonArray>("/api/organisations", Cancellation);
        list!.Select(o => o!["id"]!.GetValue<string>()).ShouldBe([Org]);
    }

    [Fact]
    public async Task Settings_change_with_the_etag_that_was_read()
    {
        using var read = await _host.Operator.GetAsync($"/api/organisations/{Org}", Cancellation);
        var etag = read.Headers.ETag!.ToString();

        using var changed = await PatchAsync(etag, new { importAt = "19:30", drawingWithToken = true, lockedMonths = new[] { "2026-10" } });
        using var stale = await PatchAsync(etag, new { importAt = "20:30" });
        using var blind = await PatchAsync(null, new { importAt = "20:30" });
        using var anything = await PatchAsync("*", new { importAt = "20:30" });

        changed.StatusCode.ShouldBe(HttpStatusCode.OK);
        changed.Headers.ETag!.ToString().ShouldNotBe(etag);
        var now = await AccessHost.JsonAsync(changed);
        now["importAt"]!.GetValue<string>().ShouldBe("19:30");
        now["drawingWithToken"]!.GetValue<bool>().ShouldBeTrue();
        now["lockedMonths"]!.AsArray().Single()!.GetValue<string>().ShouldBe("2026-10");
        (await AccessHost.CodeAsync(stale)).ShouldBe("changed-meanwhile");
        stale.StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await AccessHost.CodeAsync(blind)).ShouldBe("if-match-missing");
        (await AccessHost.CodeAsync(anything)).ShouldBe("if-match-missing");
    }

    [Fact]
    public async Task A_manager_changes_them_on_pages_without_a_script()
    {
        await _host.CreateManagerAsync(Org, "G1", "ines@example.org");
        var manager = await _host.SignedInAsync(Org, "ines@example.org");
        var fields = Fields(await manager.GetStringAsync($"/o/{Org}/settings", Cancellation));
        fields["lunchEnd"].ShouldBe("13:30");

        (await SendAsync("settings", fields, ("lunchEnd", "11:00"))).Said.ShouldContain("«\u00a0Fin de la pause\u00a0»");
        (await SendAsync("settings", fields, ("lateAfterMinutes", "5"))).Then.ShouldBe($"/o/{Org}/settings?saved");
        (await SendAsync("settings", fields, ("lateAfterMinutes", "7"))).Said.ShouldContain("entre-temps");
        fields = Fields(await manager.GetStringAsync($"/o/{Org}/settings/reminders", Cancellation));
        fields.Remove("remind.digest").ShouldBeTrue();
        (await SendAsync("settings/reminders", fields, ("remind.absence", "yes"))).Then.ShouldBe($"/o/{Org}/settings/reminders?saved");
        (await manager.GetStringAsync($"/o/{Org}/settings/months", Cancellation)).ShouldContain("Aucun mois");

        var now = await _host.Operator.GetFromJsonAsync<JsonObject>($"/api/organisations/{Org}", Cancellation);
        now!["lateAfterMinutes"]!.GetValue<int>().ShouldBe(5);
        now["methods"]!.AsArray().Count.ShouldBe(6, "what was ticked stays so");
        now["reminders"]!.AsArray().Select(r => r!.GetValue<string>()).ShouldBe(["unclosed", "validation", "absence"]);

        async Task<(string? Then, string Said)> SendAsync(
            string path, IReadOnlyDictionary<string, string> form, (string Name, string Value) changed)
        {
            var all = new Dictionary<string, string>(form) { [changed.Name] = changed.Value };
            using var answer = await manager.PostAsync($"/o/{Org}/{path}", new FormUrlEncodedContent(all), Cancellation);
            return (answer.Headers.Location?.OriginalString, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancellation)));
        }
    }

    // What a browser would send of the page's form as it is shown.
    private static Dictionary<string, string> Fields(string html)
    {
        var fields = new Dictionary<string, string>();
        foreach (var tag in InputTag().Matches(html).Select(m => m.Value).Where(t => t.Contains("name=", StringComparison.Ordinal)))
        {
            if (!tag.Contains("type=\"checkbox\"", StringComparison.Ordinal) || tag.Contains(" checked", StringComparison.Ordinal))
            {
                fields[Attribute().Match(tag).Groups[1].Value] = WebUtility.HtmlDecode(Value().Match(tag).Groups[1].Value);
            }
        }

        fields["timeZone"] = "Europe/Paris";
        fields["holidays"] = "Metropole";
        return fields;
    }

    [GeneratedRegex("<input [^>]*>")]
    private static partial Regex InputTag();

    [GeneratedRegex(" name=\"([^\"]*)\"")]
    private static partial Regex Attribute();

    [GeneratedRegex(" value=\"([^\"]*)\"")]
    private static partial Regex Value();

    [Theory]
    [InlineData("{\"methods\":[]}", "setting-invalid")]
    [InlineData("{\"methods\":[\"paper\"]}", "setting-invalid")] // paper comes only from a correction
    [InlineData("{\"methods\":[\"fax\"]}", "body-invalid")]
    [InlineData("{\"methods\":[2]}", "body-invalid")]
    [InlineData("{\"lunchStart\":\"14:00\"}", "setting-invalid")]
    [InlineData("{\"windowAfterMinutes\":-1}", "setting-invalid")]
    [InlineData("{\"absenceDueAfterDays\":31}", "setting-invalid")]
    [InlineData("{\"siret\":\"73282932000074\"}", "body-invalid")] // the operator's, not the manager's
    public async Task A_setting_that_makes_no_sense_is_refused(string patch, string code)
    {
        using var read = await _host.Operator.GetAsync($"/api/organisations/{Org}", Cancellation);

        using var response = await PatchAsync(read.Headers.ETag!.ToString(), JsonNode.Parse(patch)!);

        (await AccessHost.CodeAsync(response)).ShouldBe(code);
    }

    private async Task<HttpResponseMessage> PatchAsync(string? ifMatch, object patch)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"/api/organisations/{Org}") { Content = JsonContent.Create(patch) };
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        return await _host.Operator.SendAsync(request, Cancellation);
    }
}
