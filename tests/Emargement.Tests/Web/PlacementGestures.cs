using Microsoft.Playwright;

namespace Emargement.Tests.Web;

/// <summary>What people do on the pages of weeks in a company.</summary>
internal static class PlacementGestures
{
    public const string Tutor = "ruiz@chez-ruiz.example";

    public static async Task CreateAsync(IPage manager)
    {
        await manager.GetByRole(AriaRole.Link, new() { Name = "Périodes en entreprise" }).ClickAsync();
        await manager.GetByRole(AriaRole.Link, new() { Name = "Nouvelle période en entreprise" }).ClickAsync();
        await manager.GetByLabel("Stagiaire").FillAsync("lefebvre");
        await manager.Keyboard.PressAsync("Enter");
        await manager.GetByRole(AriaRole.Link, new() { Name = "Zoë Lefèbvre" }).ClickAsync();
        await manager.GetByLabel("Entreprise", new() { Exact = true }).FillAsync("Chez Ruiz");
        await manager.GetByLabel("Nom du tuteur").FillAsync("Mme Ruiz");
        await manager.GetByLabel("Adresse électronique du tuteur").FillAsync(Tutor);
        await manager.GetByLabel("Premier jour").FillAsync("2026-11-02");
        await manager.GetByLabel("Dernier jour").FillAsync("2026-11-06");
        await manager.GetByRole(AriaRole.Button, new() { Name = "Créer" }).ClickAsync();
        await Assertions.Expect(manager.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Zoë Lefèbvre, chez Chez Ruiz");
    }

    public static async Task DeclareAsync(IPage learner)
    {
        var monday = learner.Locator("[data-day='2026-11-02']");
        await monday.Locator("[data-field=start]").FillAsync("09:00");
        await monday.Locator("[data-field=end]").FillAsync("17:00");
        await learner.GetByRole(AriaRole.Button, new() { Name = "Mêmes horaires" }).ClickAsync();
        await Assertions.Expect(learner.Locator("[data-total]")).ToHaveTextAsync("35\u00a0h");
        await Gestures.PictureAsync(learner, "journey-declare");
        await Gestures.DrawAsync(learner, "#pad");
        await learner.GetByRole(AriaRole.Button, new() { Name = "Signer la semaine" }).ClickAsync();
        await Assertions.Expect(learner.Locator("#done")).ToBeVisibleAsync();
        await Assertions.Expect(learner.Locator("#done")).ToContainTextAsync("35\u00a0h");
        await Gestures.PictureAsync(learner, "journey-declared");
    }

    public static async Task DisputeAsync(IPage tutor)
    {
        await tutor.GetByText("Un désaccord ?").ClickAsync();
        await tutor.GetByLabel("Quel jour").SelectOptionAsync("2026-11-06");
        await tutor.GetByLabel("Combien d’heures").FillAsync("3:30");
        await tutor.GetByLabel("Pourquoi").FillAsync("Partie à midi");
        await Gestures.PictureAsync(tutor, "journey-dispute");
        await tutor.GetByRole(AriaRole.Button, new() { Name = "Envoyer au stagiaire" }).ClickAsync();
        await Assertions.Expect(tutor.GetByText("Partie à midi")).ToBeAttachedAsync();
        await Assertions.Expect(tutor.GetByText("Votre désaccord est parti à Zoë Lefèbvre")).ToBeVisibleAsync();
    }

    public static async Task SignAsync(IPage tutor)
    {
        await tutor.Locator("[data-submit]").ClickAsync();
        await Gestures.DrawAsync(tutor, "#pad");
        await tutor.GetByRole(AriaRole.Button, new() { Name = "Signer", Exact = true }).ClickAsync();
        await Assertions.Expect(tutor.GetByText("Validée")).ToBeVisibleAsync();
        await Assertions.Expect(tutor.GetByRole(AriaRole.Heading, new() { Name = "C’est validé" })).ToBeVisibleAsync();
    }

    /// <summary>
    /// Opens a dialog by the button or menu item that names it, fills it in and submits it; the page then shows the placement anew.
    /// </summary>
    public static async Task ActAsync(IPage manager, string opener, string submit, params (string Label, string Value)[] fields)
    {
        var button = manager.Locator("[data-dialog]").Filter(new() { HasText = opener }).First;
        if (!await button.IsVisibleAsync())
        {
            await manager.Locator(".session-side .menu summary").First.ClickAsync();
        }

        await button.ClickAsync();
        var dialog = manager.Locator("dialog[open]");
        foreach (var (label, value) in fields)
        {
            await dialog.GetByLabel(label, new() { Exact = true }).FillAsync(value);
        }

        await SubmitAsync(manager, (await dialog.GetAttributeAsync("id")).ShouldNotBeNull(), submit);
    }

    public static async Task SubmitAsync(IPage manager, string dialog, string submit)
    {
        await manager.RunAndWaitForResponseAsync(
            () => manager.Locator($"#{dialog}").GetByRole(AriaRole.Button, new() { Name = submit, Exact = true }).ClickAsync(),
            answer => answer.Request.IsNavigationRequest);

        // The page that came instead has no dialog open.
        await Assertions.Expect(manager.Locator("dialog[open]")).ToHaveCountAsync(0);
        await manager.WaitForLoadStateAsync();
    }

    public static async Task<string> PdfAsync(IPage page, string link)
    {
        var href = (await page.GetByRole(AriaRole.Link, new() { Name = link }).GetAttributeAsync("href")).ShouldNotBeNull();
        var answer = await page.Context.APIRequest.GetAsync(href);
        answer.Status.ShouldBe(200);
        return string.Join(
            ' ', UglyToad.PdfPig.PdfDocument.Open(await answer.BodyAsync()).GetPages().SelectMany(p => p.GetWords()).Select(w => w.Text));
    }
}
