using System.Net;
using System.Text.RegularExpressions;
using Emargement.Tests.Platform.Access;
using OtpNet;
using static Emargement.Tests.Accounts.Factors.SecondStepScene;

namespace Emargement.Tests.Accounts.Factors;

/// <summary>Signing in, the second step, a new password: browsers without scripts send the forms, and are answered with pages that say
/// beside the fields what to do.</summary>
public sealed partial class SignInFormsTests(SecondStepScene scene) : IClassFixture<SecondStepScene>
{
    private const string Home = $"/o/{Organisation}";

    [Fact]
    public async Task Somebody_signs_in_sets_the_app_up_and_gives_its_code_without_a_script()
    {
        var login = await scene.NewManagerAsync();
        var client = scene.Host.Client();

        var (wrong, refused) = await SendAsync(client, $"{Home}?back=/o/greta/keys", ("login", login), ("password", "Trois chevaux verts"));
        wrong.ShouldBe(HttpStatusCode.Unauthorized);
        refused.ShouldContain($"value=\"{login}\"");
        refused.ShouldContain("aria-invalid=\"true\"");
        ErrorOf(refused).ShouldNotBeEmpty();
        refused.ShouldNotContain("Trois chevaux verts");

        var (started, next) = await SendAsync(client, $"{Home}?back=/o/greta/keys", ("login", login), ("password", AccessHost.Password));
        started.ShouldBe(HttpStatusCode.Redirect);
        next.ShouldBe($"{Home}/second-step?back=%2Fo%2Fgreta%2Fkeys");

        var offered = await client.GetStringAsync(next, Cancellation);
        var secret = SecretOf(offered);
        var (mistyped, again) = await SendAsync(client, next, offered, ("code", "000000"));
        mistyped.ShouldBe(HttpStatusCode.BadRequest);
        ErrorOf(again).ShouldNotBeEmpty();
        SecretOf(again).ShouldBe(secret, "what was scanned stays good");

        var (set, codes) = await SendAsync(client, next, again, ("code", scene.CodeOf(Base32Encoding.ToBytes(secret))));
        set.ShouldBe(HttpStatusCode.OK);
        SpareCode().Count(codes).ShouldBe(10);
        codes.ShouldContain("href=\"/o/greta/keys\"");
        (await DoorAsync(client)).ShouldBe("ok");

        scene.Host.Time.Advance(TimeSpan.FromSeconds(60));
        var other = scene.Host.Client();
        await SendAsync(other, Home, ("login", login), ("password", AccessHost.Password));
        var (no, why) = await SendAsync(other, $"{Home}/second-step", ("code", "000000"));
        no.ShouldBe(HttpStatusCode.BadRequest);
        ErrorOf(why).ShouldNotBeEmpty();
        var (yes, where) = await SendAsync(
            other, $"{Home}/second-step", ("code", scene.CodeOf(Base32Encoding.ToBytes(secret))));
        (yes, where).ShouldBe((HttpStatusCode.Redirect, $"{Home}/today"));
        (await DoorAsync(other)).ShouldBe("ok");
    }

    [Fact]
    public async Task Somebody_asks_for_a_link_or_uses_a_code_on_paper_without_a_script()
    {
        var client = scene.Host.Client();
        const string page = $"{Home}/password";

        var known = await SendAsync(client, page, ("act", "recover"), ("login", await scene.NewManagerAsync()));
        var unknown = await SendAsync(client, page, ("act", "recover"), ("login", "personne@exemple.test"));
        known.Status.ShouldBe(HttpStatusCode.OK);
        unknown.ShouldBe(known, "the same for everybody");
        var (missing, why) = await SendAsync(client, page, ("act", "recover"), ("login", " "));
        missing.ShouldBe(HttpStatusCode.BadRequest);
        ErrorOf(why).ShouldNotBeEmpty();

        var (wrong, shown) = await SendAsync(
            client, page, ("act", "by-code"), ("reference", "L1"), ("printed", "ABCD-EFGH"), ("password", "Cinq chevaux bleus"));
        wrong.ShouldBe(HttpStatusCode.Unauthorized);
        shown.ShouldContain("value=\"L1\"");
        ErrorOf(shown, "by-code-error").ShouldNotBeEmpty();
        shown.ShouldNotContain("Cinq chevaux bleus");
    }

    [Fact]
    public async Task A_manager_replaces_a_lost_second_step_from_the_staff_page_and_the_person_is_signed_out()
    {
        var manager = await scene.EnrolAsync(await scene.NewManagerAsync());
        var lost = await scene.EnrolAsync(await scene.NewManagerAsync(manager.Client));
        const string page = $"{Home}/settings/managers";
        (await manager.Client.GetStringAsync(page, Cancellation)).ShouldContain("value=\"reset\"");

        var (own, why) = await SendAsync(manager.Client, page, ("act", "reset"), ("account", $"manager:{manager.Login}"));
        own.ShouldBe(HttpStatusCode.Conflict);
        why.ShouldContain("role=\"alert\"");
        var (done, where) = await SendAsync(manager.Client, page, ("act", "reset"), ("account", $"manager:{lost.Login}"));

        (done, where).ShouldBe((HttpStatusCode.Redirect, $"{page}?done=reset"));
        (await DoorAsync(lost.Client)).ShouldBe("not-signed-in");
        (await scene.HalfwayAsync(lost.Login)).Next.ShouldBe("enrol");
    }

    /// <summary>Sends the fields, and those that the page hides.</summary>
    private static Task<(HttpStatusCode Status, string Page)> SendAsync(
        HttpClient client, string address, string page, params (string Name, string Value)[] fields) =>
        SendAsync(
            client,
            address,
            [.. Hidden().Matches(page).Select(m => (m.Groups[1].Value, WebUtility.HtmlDecode(m.Groups[2].Value))), .. fields]);

    /// <returns>The page, or where it leads.</returns>
    private static async Task<(HttpStatusCode Status, string Page)> SendAsync(
        HttpClient client, string address, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        using var answer = await client.PostAsync(address, form, Cancellation);
        return (answer.StatusCode, answer.Headers.Location?.OriginalString ?? await answer.Content.ReadAsStringAsync(Cancellation));
    }

    private static string SecretOf(string page) => Secret().Match(page).Groups[1].Value.Replace(" ", "", StringComparison.Ordinal);

    private static string ErrorOf(string page, string id = "error") =>
        Regex.Match(page, $"<p[^>]*id=\"{id}\"[^>]*>([^<]*)</p>").Groups[1].Value.Trim();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex Hidden();

    [GeneratedRegex("id=\"secret\"[^>]*>([A-Z2-7 ]+)<")]
    private static partial Regex Secret();

    [GeneratedRegex("<li>[A-Z0-9-]{16,}</li>")]
    private static partial Regex SpareCode();
}
