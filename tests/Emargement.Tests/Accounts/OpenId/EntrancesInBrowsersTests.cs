using System.Text.RegularExpressions;
using Emargement.Tests.Accounts.Factors;
using Emargement.Tests.Platform.Access;
using Emargement.Tests.Web;
using Microsoft.Playwright;

namespace Emargement.Tests.Accounts.OpenId;

/// <summary>How somebody comes in who was invited, in real browsers: with a password on a phone, and by a provider.</summary>
public sealed class EntrancesInBrowsersTests(OpenIdHost world) : IClassFixture<OpenIdHost>, IAsyncLifetime
{
    private readonly AccessHost _host = world.Staff.Host;
    private readonly List<IBrowserContext> _contexts = [];
    private string _org = "";

    public async ValueTask InitializeAsync() => _org = await world.Staff.OrganisationAsync(org => $"ines@{org}.test");

    public async ValueTask DisposeAsync()
    {
        foreach (var context in _contexts)
        {
            await context.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_manager_invites_and_the_invited_chooses_a_password_on_a_phone_without_script()
    {
        var manager = await OpenAsync($"/o/{_org}");
        await SignInAsync(manager, $"ines@{_org}.test", AccessHost.Password);
        await manager.GotoAsync($"/o/{_org}/settings/managers");
        await manager.GetByLabel("Prénom").FillAsync("Núria");
        await manager.GetByLabel("Nom", new() { Exact = true }).FillAsync("Fábregas");
        await manager.GetByLabel("Adresse électronique").FillAsync($"nuria@{_org}.test");
        await manager.GetByRole(AriaRole.Button, new() { Name = "Envoyer l’invitation", Exact = true }).ClickAsync();
        await Assertions.Expect(manager.GetByText("L’invitation part dans la minute.")).ToBeVisibleAsync();
        await Gestures.PictureAsync(manager, "journey-invited-desk");
        (await Axe.ViolationsAsync(manager)).ShouldBeEmpty();
        await _host.WhenIdleAsync();

        var phone = await OpenAsync($"/a/{SecretFor($"nuria@{_org}.test")}", phone: true, script: false);
        await Assertions.Expect(phone.GetByText("Inès Roche vous invite")).ToBeVisibleAsync();
        await Gestures.PictureAsync(phone, "journey-invitation-phone");
        await phone.GetByLabel("Nouveau mot de passe").FillAsync("Cinq chevaux bleus");
        await phone.GetByRole(AriaRole.Button, new() { Name = "Enregistrer" }).ClickAsync();
        await phone.WaitForURLAsync(url => new Uri(url).AbsolutePath == $"/o/{_org}");

        await manager.ReloadAsync();
        await Assertions.Expect(manager.GetByText("Actif", new() { Exact = true })).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task Whoever_is_invited_comes_in_by_the_provider_and_again_from_the_sign_in_page()
    {
        await world.AddAsync(_org);
        world.Provider.Person = asked => world.Provider.Token(
            asked, _host.Time.GetUtcNow(), $"oid-{_org}", claims => claims["roles"] = "Emargement.Trainer");
        var secret = await world.InviteAsync(_org, $"nuria@{_org}.test", "trainer");

        var page = await OpenAsync($"/a/{secret}", phone: true);
        await Gestures.PictureAsync(page, "journey-provider-phone");
        (await Axe.ViolationsAsync(page)).ShouldBeEmpty();
        await ByProviderAsync(page);
        await page.WaitForURLAsync(url => new Uri(url).AbsolutePath == $"/o/{_org}/today");

        var desk = await OpenAsync($"/o/{_org}?back=%2Fo%2F{_org}%2Faccount");
        await Gestures.PictureAsync(desk, "journey-provider-desk");
        (await Axe.ViolationsAsync(desk)).ShouldBeEmpty();
        await ByProviderAsync(desk);
        await desk.WaitForURLAsync(url => new Uri(url).AbsolutePath == $"/o/{_org}/account");
        await Assertions.Expect(desk.GetByText("Núria Fábregas")).ToBeVisibleAsync();
    }

    // The page on the way goes on by itself. A browser on a busy machine was once seen to stay there: a person would begin again, too.
    private static async Task ByProviderAsync(IPage page)
    {
        var begun = page.Url;
        for (var left = 2; ; left--)
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Continuer avec Annuaire" }).ClickAsync();
            try
            {
                await page.GetByRole(AriaRole.Link, new() { Name = "Je suis Núria" }).ClickAsync(new() { Timeout = 15_000 });
                return;
            }
            catch (TimeoutException) when (left > 0)
            {
                await page.GotoAsync(begun);
            }
        }
    }

    private async Task SignInAsync(IPage page, string login, string password)
    {
        await page.GetByLabel("Adresse électronique ou référence").FillAsync(login);
        await page.GetByLabel("Mot de passe").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Se connecter" }).ClickAsync();
        await page.WaitForURLAsync("**/second-step?**");
        await Proven.OnPageAsync(page, _host.Time.GetUtcNow());
        await page.WaitForURLAsync(url => new Uri(url).AbsolutePath.EndsWith("/today", StringComparison.Ordinal));
    }

    private string SecretFor(string email) =>
        Regex.Match(world.Staff.Mails.To(email)[^1].Text, "/a/([A-Za-z0-9_-]{22})").Groups[1].Value;

    private async Task<IPage> OpenAsync(string path, bool phone = false, bool script = true)
    {
        var context = await Browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = _host.Address.ToString(),
            Locale = "fr-FR",
            JavaScriptEnabled = script,
            ViewportSize = phone ? new ViewportSize { Width = 390, Height = 740 } : new ViewportSize { Width = 1280, Height = 800 },
            ReducedMotion = ReducedMotion.Reduce,
        });
        _contexts.Add(context);

        // The address that people and providers know leads here.
        await context.RouteAsync("https://emargement.example/**", route => route.FulfillAsync(new RouteFulfillOptions
        {
            Status = 302,
            Headers = new Dictionary<string, string>
            {
                ["Location"] = new Uri(_host.Address, new Uri(route.Request.Url).PathAndQuery).ToString(),
            },
        }));
        var page = await context.NewPageAsync();
        await page.GotoAsync(path);
        return page;
    }
}
