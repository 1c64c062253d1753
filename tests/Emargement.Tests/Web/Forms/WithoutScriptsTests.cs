using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Domain.Signing;
using Emargement.Functions.Signing.Tokens;
using Emargement.Tests.Placements;
using Emargement.Tests.Signing;
using Emargement.Tests.Signing.Tokens;
using Microsoft.Playwright;
using OtpNet;

namespace Emargement.Tests.Web.Forms;

/// <summary>
/// The forms of learners and tutors in a browser without scripts, or before they have come: each does what it is for, nothing typed enters
/// an address, and what is refused comes back with what was typed.
/// </summary>
public sealed class WithoutScriptsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_learner_signs_by_token_by_code_by_scan_at_a_distance_and_sees_the_tick()
    {
        await using var world = await WebWorld.StartAsync(Modality.Distance);
        var trainer = await world.WithoutScriptsAsync("/", "claire.ruiz@example.fr");
        var opened = await trainer.Context.APIRequest.PostAsync($"/api/organisations/{WebWorld.Org}/sessions/{world.Session}/open");
        opened.Ok.ShouldBeTrue(await opened.TextAsync());
        var session = await world.StoredSessionAsync();

        await ByTokenAsync(world);
        await ByCodeAsync(world, session);
        await ByScanAsync(world, session);
    }

    [Fact]
    public async Task A_session_at_a_distance_is_signed_from_the_list()
    {
        await using var world = await WebWorld.StartAsync(Modality.Distance);
        var trainer = await world.WithoutScriptsAsync("/", "claire.ruiz@example.fr");
        await trainer.Context.APIRequest.PostAsync($"/api/organisations/{WebWorld.Org}/sessions/{world.Session}/open");

        var learner = await world.WithoutScriptsAsync($"/o/{WebWorld.Org}/sign", "L1");
        await learner.Locator("[data-remote] button").ClickAsync();

        await SignAsync(learner, "Zoë Lefèbvre");
        await learner.Locator(".masthead summary").ClickAsync();
        await learner.GetByRole(AriaRole.Link, new() { Name = "English" }).ClickAsync();
        await Assertions.Expect(learner.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Hello");
    }

    [Fact]
    public async Task A_form_sent_before_its_script_came_asks_for_the_name_and_signs()
    {
        await using var world = await WebWorld.StartAsync();
        var trainer = await world.WithoutScriptsAsync("/", "claire.ruiz@example.fr");
        await trainer.Context.APIRequest.PostAsync($"/api/organisations/{WebWorld.Org}/sessions/{world.Session}/open");
        var link = await world.LinkAsync("L1", DateTimeOffset.UtcNow.AddHours(1));
        var learner = await world.OpenAsync("/", phone: true);
        await learner.Context.RouteAsync("**/*.js", script => script.AbortAsync());

        await learner.GotoAsync(link);
        await learner.GetByRole(AriaRole.Button, new() { Name = "Signer", Exact = true }).ClickAsync();
        await Assertions.Expect(learner.GetByRole(AriaRole.Alert)).ToContainTextAsync("écrivez votre nom");
        await SignAsync(learner, "Zoë Lefèbvre");
    }

    [Fact]
    public async Task A_used_up_link_asks_for_another_without_a_script()
    {
        await using var world = await WebWorld.StartAsync();
        var page = await world.WithoutScriptsAsync(await world.LinkAsync("L1", DateTimeOffset.UtcNow.AddHours(-1)));

        await page.GetByRole(AriaRole.Button, new() { Name = "Recevoir un nouveau lien" }).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).Not.ToBeEmptyAsync();
        (await page.ContentAsync()).ShouldNotContain("Recevoir un nouveau lien");
    }

    [Fact]
    public async Task A_week_is_declared_disputed_maintained_and_validated()
    {
        await using var host = await PlacementHost.StartAsync("2026-11-02 08:00");
        var placement = await PlacementWithoutScripts.CreateAsync(host);
        await host.UntilAsync("2026-11-06 16:30");
        await using var pages = new PlacementWithoutScripts(host);

        var learner = await pages.OpenAsync($"/o/garonne/placements/{placement}/week", "zoe@of.example");
        foreach (var day in new[] { "2026-11-02", "2026-11-04", "2026-11-05", "2026-11-06" })
        {
            await learner.Locator($"[name='start.{day}']").FillAsync("09:00");
            await learner.Locator($"[name='end.{day}']").FillAsync("17:00");
        }

        await learner.Locator("[name='absent.2026-11-03']").CheckAsync();
        await learner.GetByRole(AriaRole.Button, new() { Name = "Signer la semaine" }).ClickAsync();
        await Assertions.Expect(learner.Locator("#declare [role=alert]")).ToContainTextAsync("Dites pourquoi vous étiez absent le mardi 3");
        await Assertions.Expect(learner.Locator("[name='start.2026-11-02']")).ToHaveValueAsync("09:00");
        await learner.Locator("[name='reason.2026-11-03']").FillAsync("Rendez-vous médical");
        await learner.GetByRole(AriaRole.Button, new() { Name = "Signer la semaine" }).ClickAsync();
        await Assertions.Expect(learner.Locator("#declare [role=alert]")).ToContainTextAsync("écrivez votre nom");
        await learner.GetByLabel("Votre nom, en guise de signature").FillAsync("Zoë Lefèbvre");
        await learner.GetByRole(AriaRole.Button, new() { Name = "Signer la semaine" }).ClickAsync();
        await Assertions.Expect(learner.Locator("#done")).ToContainTextAsync("28 h");
        new Uri(learner.Url).Query.ShouldNotContain("09");

        await host.UntilAsync("2026-11-06 17:30");
        var tutor = await pages.OpenAsync($"/t/{host.SecretTo(PlacementGestures.Tutor)}");
        await tutor.GetByText("Un désaccord ?").ClickAsync();
        await tutor.GetByLabel("Quel jour").SelectOptionAsync("2026-11-02");
        await tutor.GetByLabel("Pourquoi").FillAsync("Partie à midi");
        await tutor.GetByRole(AriaRole.Button, new() { Name = "Envoyer au stagiaire" }).ClickAsync();
        await Assertions.Expect(tutor.GetByLabel("Pourquoi")).ToHaveValueAsync("Partie à midi");
        await tutor.GetByLabel("Combien d’heures").FillAsync("3h30");
        await tutor.GetByRole(AriaRole.Button, new() { Name = "Envoyer au stagiaire" }).ClickAsync();
        await Assertions.Expect(tutor.GetByText("Partie à midi")).ToBeAttachedAsync();

        await learner.GotoAsync($"/o/garonne/placements/{placement}/week");
        await learner.GetByLabel("Un mot pour votre tuteur").FillAsync("J’ai fini le soir");
        await learner.GetByRole(AriaRole.Button, new() { Name = "Maintenir" }).ClickAsync();
        await Assertions.Expect(learner.GetByText("votre tuteur compte")).ToBeHiddenAsync();
        await host.IdleAsync();

        await tutor.GotoAsync($"/t/{host.SecretTo(PlacementGestures.Tutor)}");
        await tutor.GetByText("Voir les jours").ClickAsync();
        await tutor.GetByText("3 h 30", new() { Exact = true }).ClickAsync();
        await tutor.GetByLabel("Votre nom, en guise de signature").FillAsync("Claire Ruiz");
        await tutor.Locator("[data-submit]").ClickAsync();
        await Assertions.Expect(tutor.GetByText("Validée").First).ToBeVisibleAsync();
        await Assertions.Expect(tutor.Locator("[data-submit]")).ToHaveCountAsync(0);
    }

    private static async Task ByTokenAsync(WebWorld world)
    {
        var secret = (await world.Get<ProvisionToken>().RunAsync(WebWorld.Org, Reference.Parse("L1"), Cancellation)).ShouldBeOk().Secret();
        var learner = await world.WithoutScriptsAsync($"/o/{WebWorld.Org}/sign");
        await learner.GetByLabel("Adresse électronique ou référence").FillAsync("L1");
        await learner.Locator("#token-value").FillAsync("000000");
        await learner.Locator("#token [type=submit]").ClickAsync();
        await Assertions.Expect(learner.Locator("#token [role=alert]")).Not.ToBeEmptyAsync();
        await Assertions.Expect(learner.GetByLabel("Adresse électronique ou référence")).ToHaveValueAsync("L1");

        await learner.Locator("#token-value").FillAsync(new Totp(secret).ComputeTotp(DateTime.UtcNow));
        await learner.Locator("#token [type=submit]").ClickAsync();
        await TickedAsync(learner);
    }

    private static async Task ByCodeAsync(WebWorld world, Session session)
    {
        var learner = await world.WithoutScriptsAsync($"/o/{WebWorld.Org}/sign", "L2");
        await learner.Locator("#code-value").FillAsync("22222222");
        await learner.Locator("#code [type=submit]").ClickAsync();
        await Assertions.Expect(learner.Locator("#code [role=alert]")).Not.ToBeEmptyAsync();

        await learner.Locator("#code-value").FillAsync(PresenceCode.Typed(
            session.Key.Span, WebWorld.Org, world.Session, PresenceCode.TypedStep(DateTimeOffset.UtcNow)));
        await learner.Locator("#code [type=submit]").ClickAsync();
        await SignAsync(learner, "Mohamed Amine El Mansouri");
    }

    private static async Task ByScanAsync(WebWorld world, Session session)
    {
        var code = PresenceCode.Qr(session.Key.Span, WebWorld.Org, world.Session, PresenceCode.QrStep(DateTimeOffset.UtcNow));
        var learner = await world.WithoutScriptsAsync($"/s/{WebWorld.Org}/{world.Session}/{code}", "L3");
        await SignAsync(learner, "Maria Costa");
    }

    private static async Task SignAsync(IPage learner, string name)
    {
        await learner.GetByLabel("Votre nom, en guise de signature").FillAsync(name);
        await Gestures.PictureAsync(learner, $"without-scripts-{name[..4]}");
        await learner.GetByRole(AriaRole.Button, new() { Name = "Signer", Exact = true }).ClickAsync();
        await TickedAsync(learner);
    }

    private static async Task TickedAsync(IPage learner)
    {
        await Assertions.Expect(learner.Locator("#done h1")).ToContainTextAsync("Vous avez signé à");
        new Uri(learner.Url).Query.ShouldBeEmpty();
    }
}
