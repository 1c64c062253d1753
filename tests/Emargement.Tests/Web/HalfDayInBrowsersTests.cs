using Emargement.Domain.Sessions;
using Emargement.Domain.Signing;
using Emargement.Tests.Sealing;
using Microsoft.Playwright;

namespace Emargement.Tests.Web;

/// <summary>A half-day as people live it, in their browsers, on the whole app.</summary>
public sealed class HalfDayInBrowsersTests
{
    [Fact]
    public async Task A_trainer_opens_and_projects_a_learner_scans_draws_and_sees_the_tick_and_the_trainer_closes()
    {
        await using var world = await WebWorld.StartAsync();
        var trainer = await world.SignedInAsync("claire.ruiz@example.fr", world.SessionPath);
        await OpenSessionAsync(trainer);
        var scanned = await ScanProjectionAsync(trainer);

        var learner = await world.SignedInAsync("L1", $"/o/{WebWorld.Org}/sign", phone: true);
        var requests = new System.Collections.Concurrent.ConcurrentQueue<string>();
        learner.Request += (_, request) => requests.Enqueue($"{request.Method} {new Uri(request.Url).AbsolutePath}");
        await learner.GotoAsync(scanned);
        await Gestures.DrawAsync(learner, "#pad");
        await learner.GetByRole(AriaRole.Button, new() { Name = "Signer", Exact = true }).ClickAsync();

        await Assertions.Expect(learner.GetByRole(AriaRole.Heading)).ToContainTextAsync("Vous avez signé à");
        requests.Where(r => !r.StartsWith("GET /assets/", StringComparison.Ordinal) && r != "GET /favicon.ico")
            .ShouldBe(
                [$"GET {new Uri(scanned).AbsolutePath}", $"POST /api/organisations/{WebWorld.Org}/signatures"],
                "a scan and a signature are two requests");
        await Assertions.Expect(learner.Locator("#done")).ToBeVisibleAsync();
        await Assertions.Expect(learner.Locator("#done")).ToContainTextAsync("Zoë Lefèbvre");
        await trainer.Keyboard.PressAsync("Escape");
        await Assertions.Expect(trainer.Locator("#projection")).ToBeHiddenAsync();
        await Assertions.Expect(trainer.Locator("#count")).ToHaveTextAsync("1 sur 3 a signé", new() { Timeout = 20_000 });
        await Assertions.Expect(trainer.Locator("[data-learner=L1]")).ToContainTextAsync("Présence");

        await MarkLateAsync(trainer, "L1", "12");
        await CloseAsync(trainer);
        await VerifySheetAsync(trainer);
    }

    [Fact]
    public async Task The_projection_goes_on_without_the_network_with_the_codes_that_the_server_accepts()
    {
        await using var world = await WebWorld.StartAsync();
        var trainer = await world.SignedInAsync("claire.ruiz@example.fr", world.SessionPath);
        await OpenSessionAsync(trainer);
        await trainer.Clock.InstallAsync();
        await trainer.ReloadAsync();
        await trainer.Context.SetOfflineAsync(true);
        await trainer.GetByRole(AriaRole.Button, new() { Name = "Projeter" }).ClickAsync();
        await Assertions.Expect(trainer.Locator("#projection-code")).Not.ToBeEmptyAsync();
        var (firstQr, firstCode) = await ShownAsync(trainer);

        await trainer.Clock.FastForwardAsync(61_000);
        await Assertions.Expect(trainer.Locator("#projection-qr")).Not.ToHaveAttributeAsync("data-address", firstQr);

        var (qr, code) = await ShownAsync(trainer);
        code.ShouldNotBe(firstCode);
        var session = await world.StoredSessionAsync();
        var soon = DateTimeOffset.UtcNow.AddSeconds(61);
        PresenceCode.CheckQr(
            session.Key.Span,
            WebWorld.Org,
            world.Session,
            qr[(qr.LastIndexOf('/') + 1)..],
            soon.AddSeconds(PresenceCode.QrSeconds)).ShouldBe(CodeCheck.Valid);
        PresenceCode.CheckTyped(session.Key.Span, WebWorld.Org, world.Session, code, soon).ShouldBe(CodeCheck.Valid);
    }

    [Fact]
    public async Task A_learner_signs_with_the_keyboard_alone_by_the_typed_code_and_a_written_name()
    {
        await using var world = await WebWorld.StartAsync();
        await OpenSessionAsync(await world.SignedInAsync("claire.ruiz@example.fr", world.SessionPath));
        var session = await world.StoredSessionAsync();
        var learner = await world.SignedInAsync("L2", $"/o/{WebWorld.Org}/sign", phone: true);

        await Gestures.TabToAsync(learner, "#code-value");
        await learner.Keyboard.TypeAsync(
            PresenceCode.Typed(
                session.Key.Span, WebWorld.Org, world.Session, PresenceCode.TypedStep(DateTimeOffset.UtcNow)).ToLowerInvariant());
        await learner.Keyboard.PressAsync("Enter");
        await Assertions.Expect(learner.Locator("#sign h1")).ToHaveTextAsync("Mohamed Amine El Mansouri-Benchekroun");
        await Gestures.TabToAsync(learner, "[data-pad-switch]");
        await learner.Keyboard.PressAsync("Enter");
        await learner.Keyboard.TypeAsync("Mohamed Amine El Mansouri");
        await learner.Keyboard.PressAsync("Enter");

        await Assertions.Expect(learner.Locator("#done h1")).ToContainTextAsync("Vous avez signé à");
    }

    [Fact]
    public async Task A_wrong_code_says_what_to_do_and_keeps_the_person_in_the_field()
    {
        await using var world = await WebWorld.StartAsync();
        await OpenSessionAsync(await world.SignedInAsync("claire.ruiz@example.fr", world.SessionPath));
        var learner = await world.SignedInAsync("L2", $"/o/{WebWorld.Org}/sign", phone: true);

        await learner.Locator("#code-value").FillAsync("22222222");
        await learner.Keyboard.PressAsync("Enter");

        await Assertions.Expect(learner.Locator("#code [role=alert]")).ToContainTextAsync("Regardez l’écran");
        await Assertions.Expect(learner.Locator("#code-value")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_device_handed_round_signs_its_session_and_nothing_else_until_the_password_takes_it_back()
    {
        await using var world = await WebWorld.StartAsync();
        var trainer = await world.SignedInAsync("claire.ruiz@example.fr", world.SessionPath);
        await OpenSessionAsync(trainer);
        await trainer.GetByRole(AriaRole.Button, new() { Name = "Faire signer sur cet appareil" }).ClickAsync();
        await trainer.GetByRole(AriaRole.Button, new() { Name = "Continuer" }).ClickAsync();

        await trainer.GetByRole(AriaRole.Button, new() { Name = "Costa Maria" }).ClickAsync();
        await Gestures.DrawAsync(trainer, "#pad");
        await trainer.GetByRole(AriaRole.Button, new() { Name = "Signer", Exact = true }).ClickAsync();
        await Assertions.Expect(trainer.Locator("#done")).ToBeVisibleAsync();
        await Assertions.Expect(trainer.Locator("#done")).ToContainTextAsync("Maria Costa");
        await trainer.GetByRole(AriaRole.Button, new() { Name = "Personne suivante" }).ClickAsync();
        await Assertions.Expect(trainer.Locator("#choose [data-learner]")).ToHaveCountAsync(2);
        var escaped = await trainer.Context.APIRequest.GetAsync($"/api/organisations/{WebWorld.Org}/sessions/{world.Session}");
        escaped.Status.ShouldBe(403);

        await trainer.GetByRole(AriaRole.Button, new() { Name = "Formateur : reprendre l’appareil" }).ClickAsync();
        await trainer.GetByLabel("Votre mot de passe de formateur").FillAsync(WebWorld.Password);
        await trainer.GetByRole(AriaRole.Button, new() { Name = "Reprendre", Exact = true }).ClickAsync();
        await Assertions.Expect(trainer.Locator("#count")).ToHaveTextAsync("1 sur 3 a signé");
    }

    [Fact]
    public async Task A_personal_link_signs_without_a_password_and_then_still_shows_what_was_signed()
    {
        await using var world = await WebWorld.StartAsync();
        await OpenSessionAsync(await world.SignedInAsync("claire.ruiz@example.fr", world.SessionPath));
        var path = await world.LinkAsync("L3", DateTimeOffset.UtcNow.AddHours(1));
        var learner = await world.OpenAsync(path, phone: true);

        await Gestures.DrawAsync(learner, "#pad");
        await learner.GetByRole(AriaRole.Button, new() { Name = "Signer", Exact = true }).ClickAsync();
        await Assertions.Expect(learner.Locator("#done h1")).ToContainTextAsync("Vous avez signé à");
        await learner.ReloadAsync();

        await Assertions.Expect(learner.Locator("#done h1")).ToContainTextAsync("Vous avez signé à");
        await Assertions.Expect(learner.Locator("#sign")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task An_expired_link_offers_a_new_one()
    {
        await using var world = await WebWorld.StartAsync();
        await OpenSessionAsync(await world.SignedInAsync("claire.ruiz@example.fr", world.SessionPath));

        var learner = await world.OpenAsync(await world.LinkAsync("L3", DateTimeOffset.UtcNow.AddMinutes(-1)), phone: true);
        await learner.GetByRole(AriaRole.Button, new() { Name = "Recevoir un nouveau lien" }).ClickAsync();

        await Assertions.Expect(learner.Locator("#renewed")).ToContainTextAsync("Un nouveau lien part à la même adresse");
    }

    [Fact]
    public async Task A_page_that_anyone_may_open_is_a_page_even_when_it_refuses()
    {
        await using var world = await WebWorld.StartAsync();
        string[] paths =
        [
            "/", "/v", "/o/garonne", "/o/garonne/sign", "/o/nobody", "/v/ZZZZZZZZ",
            "/a/aaaaaaaaaaaaaaaaaaaaaa", "/l/aaaaaaaaaaaaaaaaaaaaaa",
        ];
        foreach (var path in paths)
        {
            var page = await world.OpenAsync(path, phone: true);

            await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
            (await page.GetAttributeAsync("html", "lang")).ShouldBe("fr", path);
            await page.GotoAsync($"{path}?lang=en");
            (await page.GetAttributeAsync("html", "lang")).ShouldBe("en", path);
            await page.GotoAsync(path);
            (await page.GetAttributeAsync("html", "lang")).ShouldBe("en", $"{path}: the choice is kept");
        }
    }

    private static async Task OpenSessionAsync(IPage trainer)
    {
        await trainer.GetByRole(AriaRole.Button, new() { Name = "Ouvrir la séance" }).ClickAsync();
        await Assertions.Expect(trainer.GetByRole(AriaRole.Button, new() { Name = "Projeter" })).ToBeVisibleAsync();
    }

    /// <summary>Reads the QR code from a picture of the screen, as a phone does.</summary>
    private static async Task<string> ScanProjectionAsync(IPage trainer)
    {
        await trainer.GetByRole(AriaRole.Button, new() { Name = "Projeter" }).ClickAsync();
        await Assertions.Expect(trainer.Locator("#projection-code")).Not.ToBeEmptyAsync();
        using var folder = new Folder();
        var picture = folder.Write("projection.png", await trainer.ScreenshotAsync());
        var address = await trainer.Locator("#projection-qr").GetAttributeAsync("data-address");
        var read = Tool.Run("zbarimg", "--quiet", "--raw", picture).Text.Trim();
        read.ShouldBe(address);
        return read;
    }

    private static async Task<(string Qr, string Code)> ShownAsync(IPage trainer) => (
        (await trainer.Locator("#projection-qr").GetAttributeAsync("data-address")).ShouldNotBeNull(),
        (await trainer.Locator("#projection-code").TextContentAsync()).ShouldNotBeNull());

    private static async Task MarkLateAsync(IPage trainer, string learner, string minutes)
    {
        await trainer.Locator($"[data-learner={learner}] summary").ClickAsync();
        await trainer.Locator($"[data-learner={learner}] [data-mark=late]").ClickAsync();
        await trainer.Locator("#mark-minutes").FillAsync(minutes);
        await trainer.GetByRole(AriaRole.Button, new() { Name = "Enregistrer" }).ClickAsync();
        await Assertions.Expect(trainer.Locator($"[data-learner={learner}]")).ToContainTextAsync("Retard 12 min");
    }

    private static async Task CloseAsync(IPage trainer)
    {
        await trainer.GetByRole(AriaRole.Button, new() { Name = "Fermer la séance" }).ClickAsync();
        await trainer.Locator("#head-count").FillAsync("1");
        await Gestures.DrawAsync(trainer, "#close-pad");
        await trainer.GetByRole(AriaRole.Button, new() { Name = "Signer et fermer" }).ClickAsync();
        await Assertions.Expect(trainer.GetByText("1 personne comptée")).ToBeVisibleAsync();
    }

    private static async Task VerifySheetAsync(IPage trainer)
    {
        await Assertions.Expect(trainer.GetByRole(AriaRole.Link, new() { Name = "Télécharger la feuille scellée" }))
            .ToBeVisibleAsync(new() { Timeout = 60_000 });
        await trainer.GetByRole(AriaRole.Link, new() { Name = "Vérifier cette feuille" }).ClickAsync();
        await Assertions.Expect(trainer.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Feuille authentique");
    }
}
