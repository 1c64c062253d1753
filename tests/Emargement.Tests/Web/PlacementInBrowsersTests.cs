using System.Net;
using Emargement.Tests.Placements;
using Microsoft.Playwright;
using static Emargement.Tests.Web.PlacementGestures;

namespace Emargement.Tests.Web;

/// <summary>
/// Weeks in a company as people live them: the learner and the tutor on their phones, the manager at a desk, on the whole app with the
/// clock set.
/// </summary>
public sealed class PlacementInBrowsersTests : IAsyncDisposable
{
    private readonly List<IBrowserContext> _contexts = [];
    private PlacementHost? _host;

    private PlacementHost Host => _host.ShouldNotBeNull();

    [Fact]
    public async Task From_the_manager_s_form_to_the_sealed_document_with_a_disagreement_between()
    {
        _host = await PlacementHost.StartAsync("2026-11-02 08:00");
        var manager = await SignedInAsync("ines@of.example", "/o/garonne/today");
        await CreateAsync(manager);
        await Host.UntilAsync("2026-11-06 16:30");

        var learner = await SignedInAsync("zoe@of.example", "/o/garonne/sign", phone: true);
        await learner.GetByRole(AriaRole.Link, new() { Name = "Chez Ruiz" }).ClickAsync();
        await DeclareAsync(learner);

        await Host.UntilAsync("2026-11-06 17:30");
        var tutor = await OpenAsync($"/t/{Host.SecretTo(Tutor)}", phone: true);
        await Assertions.Expect(tutor.GetByRole(AriaRole.Heading, new() { Level = 1 }))
            .ToContainTextAsync("Validez les heures de Zoë Lefèbvre");
        await Gestures.PictureAsync(tutor, "journey-tutor");
        (await PdfAsync(tutor, "Télécharger ces heures avant de signer")).ShouldContain("pas encore validées");
        await DisputeAsync(tutor);

        await learner.GotoAsync(
            Host.Mails.To("zoe@of.example")[^1].Text.Split('\n').First(l => l.Contains("/week", StringComparison.Ordinal)).Trim());
        await Gestures.PictureAsync(learner, "journey-disputed");
        await learner.GetByLabel("Un mot pour votre tuteur").FillAsync("J’ai fini le soir");
        await learner.GetByRole(AriaRole.Button, new() { Name = "Maintenir" }).ClickAsync();
        await Assertions.Expect(learner.GetByText("Vos heures sont maintenues")).ToBeVisibleAsync();
        await Assertions.Expect(learner.GetByText("votre tuteur compte")).ToBeHiddenAsync();
        await Host.IdleAsync();

        await tutor.GotoAsync($"/t/{Host.SecretTo(Tutor)}");
        await tutor.GetByText("Voir les jours").ClickAsync();
        await Assertions.Expect(tutor.GetByText("J’ai fini le soir")).ToBeVisibleAsync();
        await tutor.GetByText("3 h 30", new() { Exact = true }).ClickAsync();
        await SignAsync(tutor);
        await Host.IdleAsync();

        await tutor.ReloadAsync();
        await Gestures.PictureAsync(tutor, "journey-tutor-done");
        (await PdfAsync(tutor, "Télécharger le document scellé")).ShouldContain("J'ai fini le soir".Replace('\'', '’'));
        await manager.ReloadAsync();
        await Assertions.Expect(manager.Locator(".session-head")).ToContainTextAsync("Validée et scellée");
        await Assertions.Expect(manager.GetByText($"Mme Ruiz, {Tutor}").First).ToBeVisibleAsync();
        await Gestures.PictureAsync(manager, "journey-manager");
        await manager.GetByRole(AriaRole.Link, new() { Name = "Vérifier", Exact = true }).ClickAsync();
        await Assertions.Expect(manager.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("authentique");
    }

    [Fact]
    public async Task A_manager_resends_revokes_changes_the_address_and_the_tutor_from_the_page()
    {
        var manager = await DeclaredAsync();
        var first = Host.SecretTo(Tutor);
        Host.Clock.Advance(TimeSpan.FromMinutes(11));

        await ActAsync(manager, "Révoquer les liens", "Révoquer", ("Motif", "Transféré par erreur"));
        await OpensAsync(first, HttpStatusCode.Gone);
        await ActAsync(manager, "Renvoyer le courriel", "Envoyer");
        await Assertions.Expect(manager.GetByRole(AriaRole.Status)).ToContainTextAsync("en route vers le tuteur");
        await Host.IdleAsync();
        var second = Host.SecretTo(Tutor);
        await OpensAsync(second, HttpStatusCode.OK);

        await ActAsync(
            manager,
            "Changer le nom ou l’adresse",
            "Enregistrer",
            ("Nom du tuteur", "M. Paul"),
            ("Adresse électronique du tuteur", "paul@chez-ruiz.example"),
            ("Motif", "Adresse fausse"));
        await Host.IdleAsync();
        await OpensAsync(second, HttpStatusCode.Gone);
        await OpensAsync(Host.SecretTo("paul@chez-ruiz.example"), HttpStatusCode.OK);

        await ActAsync(manager, "Changer les dates", "Enregistrer", ("Dernier jour", "2026-11-13"), ("Motif", "Avenant"));
        await ActAsync(
            manager,
            "Changer de tuteur",
            "Enregistrer",
            ("Nom du tuteur", "Mme Viguier"),
            ("Adresse électronique du tuteur", "viguier@chez-ruiz.example"),
            ("À partir du", "2026-11-09"),
            ("Motif", "Départ"));
        await ActAsync(
            manager, "Ajouter des jours sans travail", "Enregistrer", ("Du", "2026-11-12"), ("Au", "2026-11-13"), ("Motif", "Congés"));
        await Assertions.Expect(manager.Locator(".session-side").GetByText("Mme Viguier", new() { Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(manager.GetByText("· Congés")).ToBeVisibleAsync();
        await Assertions.Expect(manager.Locator(".hours-week")).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task A_manager_records_a_paper_form_and_cancels()
    {
        var manager = await DeclaredAsync();
        await manager.GetByRole(AriaRole.Button, new() { Name = "Enregistrer un formulaire papier" }).ClickAsync();
        await manager.GetByLabel("Formulaire signé")
            .SetInputFilesAsync(new FilePayload { Name = "scan.pdf", MimeType = "application/pdf", Buffer = "%PDF-1.7 scan"u8.ToArray() });
        await manager.Locator("#paper-2026-11-06").FillAsync("5h30");
        await manager.Locator("#paper-reason").FillAsync("Tutrice sans accès à internet");
        await SubmitAsync(manager, "paper", "Enregistrer le formulaire");
        await Host.IdleAsync();
        await manager.ReloadAsync();

        await Assertions.Expect(manager.Locator(".hours-week")).ToContainTextAsync("33 h 30 validées");
        await Assertions.Expect(manager.Locator(".session-head")).ToContainTextAsync("Validée et scellée");
        await ActAsync(manager, "Annuler cette période", "Annuler la période", ("Motif", "Essai"));
        await Assertions.Expect(manager.Locator(".session-head")).ToContainTextAsync("Annulée");
    }

    [Fact]
    public async Task A_tutor_reads_the_language_of_the_mail_chooses_another_and_validates_with_the_keyboard_alone()
    {
        await DeclaredAsync();
        var tutor = await OpenAsync($"/t/{Host.SecretTo(Tutor)}", locale: "pt-PT");
        await Assertions.Expect(tutor.GetByRole(AriaRole.Heading, new() { Level = 1 }))
            .ToContainTextAsync("Bonjour Mme Ruiz", new() { Timeout = 5_000 });
        await tutor.GotoAsync($"/t/{Host.SecretTo(Tutor)}?lang=en");

        await Gestures.TabToAsync(tutor, "[data-submit]");
        await tutor.Keyboard.PressAsync("Enter");
        await Gestures.TabToAsync(tutor, "[data-pad-switch]");
        await tutor.Keyboard.PressAsync("Enter");
        await tutor.Keyboard.TypeAsync("Claire Ruiz");
        await tutor.Keyboard.PressAsync("Enter");

        await Assertions.Expect(tutor.GetByRole(AriaRole.Heading, new() { Name = "Validated" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_week_is_declared_by_hours_alone_with_an_absence_on_the_trainer_s_device()
    {
        _host = await PlacementHost.StartAsync("2026-11-02 08:00");
        var manager = await SignedInAsync("ines@of.example", "/o/garonne/today");
        await CreateAsync(manager);
        await Host.UntilAsync("2026-11-06 16:30");
        await manager.ReloadAsync();

        await manager.GetByRole(AriaRole.Link, new() { Name = "Faire déclarer le stagiaire" }).ClickAsync();
        await Assertions.Expect(manager.Locator("#declare")).ToHaveCountAsync(0);
        await manager.GetByRole(AriaRole.Button, new() { Name = "Faire signer sur cet appareil" }).ClickAsync();
        await manager.GetByText("Durée seule").ClickAsync();
        await manager.Locator("[data-day='2026-11-02'] [data-field=hours]").FillAsync("7h30");
        await manager.GetByRole(AriaRole.Button, new() { Name = "Mêmes horaires" }).ClickAsync();
        await manager.Locator("[data-day='2026-11-06'] [data-field=absent]").CheckAsync();
        await Assertions.Expect(manager.Locator("[data-total]")).ToHaveTextAsync("30\u00a0h");
        await Gestures.DrawAsync(manager, "#pad");
        await manager.GetByRole(AriaRole.Button, new() { Name = "Signer la semaine" }).ClickAsync();
        await Assertions.Expect(manager.GetByText("Dites pourquoi")).ToBeVisibleAsync();
        await manager.Locator("[data-day='2026-11-06'] [data-field=reason]").FillAsync("Rendez-vous médical");
        await manager.GetByRole(AriaRole.Button, new() { Name = "Signer la semaine" }).ClickAsync();

        await Assertions.Expect(manager.Locator("#done")).ToBeVisibleAsync();
        await Assertions.Expect(manager.Locator("#done")).ToContainTextAsync("30\u00a0h");
        await manager.GetByRole(AriaRole.Button, new() { Name = "reprendre l’appareil" }).ClickAsync();
        await manager.GetByLabel("Votre mot de passe").FillAsync(PlacementHost.Password);
        await manager.GetByRole(AriaRole.Button, new() { Name = "Reprendre", Exact = true }).ClickAsync();
        // The device was in other hands: it is the manager's again with both factors only.
        await manager.WaitForURLAsync(url => new Uri(url).AbsolutePath == "/o/garonne/second-step");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var context in _contexts)
        {
            await context.DisposeAsync();
        }

        if (_host is not null)
        {
            await _host.DisposeAsync();
        }
    }

    /// <summary>A placement whose only week is declared and whose tutor was asked; the manager looks at it.</summary>
    private async Task<IPage> DeclaredAsync()
    {
        _host = await PlacementHost.StartAsync("2026-11-02 08:00");
        var manager = await SignedInAsync("ines@of.example", "/o/garonne/today");
        await CreateAsync(manager);
        await Host.UntilAsync("2026-11-06 16:30");
        await DeclareAsync(await SignedInAsync("zoe@of.example", new Uri(manager.Url).AbsolutePath + "/week", phone: true));
        await Host.UntilAsync("2026-11-06 17:30");
        await manager.ReloadAsync();
        return manager;
    }

    private async Task OpensAsync(string secret, HttpStatusCode status)
    {
        using var answer = await Host.Client().GetAsync($"/t/{secret}", PlacementHost.Cancellation);
        answer.StatusCode.ShouldBe(status);
    }

    private async Task<IPage> SignedInAsync(string login, string path, bool phone = false)
    {
        var page = await OpenAsync(null, phone);
        var cookie = await Host.CookieAsync(login);
        await page.Context.AddCookiesAsync(
            [new Microsoft.Playwright.Cookie { Name = "emargement", Value = cookie, Url = Host.Address.ToString() }]);
        await page.GotoAsync(path);
        return page;
    }

    private async Task<IPage> OpenAsync(string? path, bool phone = false, string locale = "fr-FR")
    {
        var context = await Browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = Host.Address.ToString(),
            Locale = locale,
            ViewportSize = phone ? new ViewportSize { Width = 390, Height = 740 } : new ViewportSize { Width = 1280, Height = 800 },
            ReducedMotion = ReducedMotion.Reduce,
        });
        _contexts.Add(context);
        var page = await context.NewPageAsync();
        if (path is not null)
        {
            await page.GotoAsync(path);
        }

        return page;
    }
}
