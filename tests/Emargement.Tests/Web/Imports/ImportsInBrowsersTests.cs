using System.Net;
using Emargement.Tests.Planning;
using Emargement.Tests.Planning.Sources;
using Emargement.Tests.Platform.Access;
using Microsoft.Playwright;

namespace Emargement.Tests.Web.Imports;

/// <summary>A manager sends a planning and adds a source in a browser that runs no script.</summary>
public sealed class ImportsInBrowsersTests : IAsyncLifetime
{
    private AccessHost _host = null!;
    private FakeGoogle _google = null!;
    private IBrowserContext _context = null!;
    private IPage _page = null!;

    public async ValueTask InitializeAsync()
    {
        _google = await FakeGoogle.StartAsync();
        _google.Tabs["Planning"] = [SmallPlanning.Heading, SmallPlanning.Row("P1", "24/11/2026"), SmallPlanning.Row("P2", "25/11/2026")];
        _host = await AccessHost.StartAsync(("Outgoing:ThisMachine", "true"));
        await _host.CreateOrganisationAsync("garonne");
        await _host.CreateManagerAsync("garonne", "M1", "ines@garonne.example");
        using var signedIn = await AccessHost.SignInAsync(_host.Client(), "garonne", "ines@garonne.example");
        await _host.ProveAsync("garonne", signedIn);
        _context = await Browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = _host.Address.ToString(),
            Locale = "fr-FR",
            JavaScriptEnabled = false,
            ViewportSize = new ViewportSize { Width = 1280, Height = 800 },
        });
        var cookie = signedIn.Headers.GetValues("Set-Cookie").First().Split(';')[0].Split('=', 2);
        await _context.AddCookiesAsync(
            [new Microsoft.Playwright.Cookie { Name = cookie[0], Value = cookie[1], Url = _host.Address.ToString() }]);
        _page = await _context.NewPageAsync();
        await _page.GotoAsync("/o/garonne/imports");
    }

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        await _host.DisposeAsync();
        await _google.DisposeAsync();
    }

    [Fact]
    public async Task Files_are_checked_then_imported_and_a_cut_one_only_when_its_count_is_typed()
    {
        await SendAsync("Vérifier", [.. SmallPlanning.AllPeople()]);
        await SeesAsync("Rien n’a été importé");
        await _page.GoBackAsync();
        await SendAsync("Importer", [.. SmallPlanning.AllPeople(), Planning(12)]);
        await SeesAsync("Rapport d’import");
        new Uri(_page.Url).AbsolutePath.ShouldStartWith("/o/garonne/imports/upload-");

        await _page.GotoAsync("/o/garonne/imports");
        await SendAsync("Importer", Planning(12, 1, 12));
        await SeesAsync("il a sans doute été tronqué");
        await ForceAsync("12");
        await SeesAsync("Ce n’est pas le nombre de séances");
        await ForceAsync("2");
        await SeesAsync("Séances");
        (await _page.Locator("dl.count-list").First.InnerTextAsync()).ReplaceLineEndings(" ").ShouldContain("Annulées 10");
    }

    [Fact]
    public async Task A_source_is_tried_saved_run_paused_and_deleted()
    {
        using (var people = new MultipartFormDataContent())
        {
            foreach (var (name, content) in SmallPlanning.AllPeople())
            {
                people.Add(new ByteArrayContent(content), "files", name);
            }

            using var sent = await _host.Operator.PostAsync(
                "/api/organisations/garonne/imports", people, TestContext.Current.CancellationToken);
            sent.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        _google.Behaviour = FakeGoogle.Mood.NotShared;
        await _page.Locator("#source").GetByLabel("Nom de la source").FillAsync("Notre planning");
        await _page.Locator("#source").GetByLabel("Adresse", new() { Exact = true }).FillAsync(_google.Sheet());
        await PressAsync("Vérifier", "#source");
        await SeesAsync("Google ne montre cette feuille qu’à certains comptes");
        _google.Behaviour = FakeGoogle.Mood.Shared;
        await PressAsync("Vérifier", "#source");
        await SeesAsync("L’adresse a donné un planning");
        (await _page.Locator("#source").GetByLabel("Nom de la source").InputValueAsync())
            .ShouldBe("Notre planning", "nothing is typed twice");
        await PressAsync("Enregistrer", "#source");
        await SeesAsync("La source est enregistrée");

        await PressAsync("Lancer maintenant", "[id^=source-]");
        await SeesAsync("Rapport d’import");
        await _page.Locator("main").GetByRole(AriaRole.Link, new() { Name = "Imports et sources" }).ClickAsync();
        await SeesAsync("2 créées");
        await PressAsync("Mettre en pause", "[id^=source-]");
        await SeesAsync("La source est en pause");
        await PressAsync("Supprimer", "[id^=source-]");
        await SeesAsync("La source est supprimée");
        await SeesAsync("Aucune source.");
    }

    [Fact]
    public async Task Tonight_is_seen_and_what_contradicts_a_hand_is_decided_before_it_happens()
    {
        await SendAsync("Importer", [.. SmallPlanning.AllPeople(), Planning(2)]);
        await SeesAsync("Rapport d’import");
        await _page.GotoAsync("/o/garonne/sessions/20261201-1-P1/edit");
        await _page.GetByLabel("Salle").FillAsync("Salle 9");
        await _page.Locator("#reason").FillAsync("Panne");
        await _page.GetByRole(AriaRole.Button, new() { Name = "Enregistrer" }).ClickAsync();

        await _page.GotoAsync("/o/garonne/imports");
        await SendAsync("Pour cette nuit", ImportDriver.Text(
            "planning.csv", SmallPlanning.Heading, SmallPlanning.Row("P1", "01/12/2026", "10:00"), SmallPlanning.Row("P2", "02/12/2026")));
        await SeesAsync("Aperçu de ce soir");
        await SeesAsync("1 séance à décider");
        await Gestures.PictureAsync(_page, "tonight-conflict");
        await PressAsync("Garder", "#conflicts");
        await SeesAsync("Votre version est gardée");

        await SendAsync("Importer", ImportDriver.Text(
            "planning.csv", SmallPlanning.Heading, SmallPlanning.Row("P1", "01/12/2026", "11:00"), SmallPlanning.Row("P2", "02/12/2026")));
        await SeesAsync("1 séance à décider");
        await Gestures.PictureAsync(_page, "report-conflict");
        await _page.SetViewportSizeAsync(390, 740);
        await _page.Locator("#conflicts").ScrollIntoViewIfNeededAsync();
        await Gestures.PictureAsync(_page, "phone-report-conflict");
        await PressAsync("Suivre le fichier", "#conflicts");
        await SeesAsync("Le prochain import suivra le fichier");
    }

    private static (string, byte[]) Planning(int days, params int[] kept) => ImportDriver.Text(
        "planning.csv",
        [
            SmallPlanning.Heading,
            .. Enumerable.Range(1, days).Where(d => kept.Length == 0 || kept.Contains(d))
                .Select(d => SmallPlanning.Row($"P{d}", $"{d:D2}/12/2026")),
        ]);

    private Task SeesAsync(string text) => Assertions.Expect(_page.Locator("main")).ToContainTextAsync(text);

    private Task PressAsync(string button, string within) =>
        _page.Locator(within).GetByRole(AriaRole.Button, new() { Name = button }).First.ClickAsync();

    private async Task SendAsync(string button, params (string Name, byte[] Content)[] files)
    {
        await _page.GetByLabel("Fichiers").SetInputFilesAsync(
            files.Select(f => new FilePayload { Name = f.Name, MimeType = "text/csv", Buffer = f.Content }));
        await PressAsync(button, "#upload");
    }

    private async Task ForceAsync(string count)
    {
        await _page.Locator("#count").FillAsync(count);
        await PressAsync("Importer quand même", "#force");
    }
}
