using Emargement.Functions.Platform.Codes;
using Emargement.Tests.Platform.Access;
using Emargement.Tests.Web;
using Microsoft.Playwright;

namespace Emargement.Tests.Accounts.Factors;

/// <summary>The second factor as people live it: set up on a phone, lost, and a passkey in its place.</summary>
public sealed class SecondFactorInBrowsersTests(SecondStepScene scene) : IClassFixture<SecondStepScene>, IAsyncDisposable
{
    private const string Home = $"/o/{SecondStepScene.Organisation}";

    private readonly List<IBrowserContext> _contexts = [];

    [Fact]
    public async Task A_manager_sets_it_up_on_a_phone_loses_it_and_comes_back_with_a_recovery_code()
    {
        var manager = await scene.NewManagerAsync();
        var phone = await SignInAsync(manager, phone: true);
        await Assertions.Expect(phone.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Protégez votre accès");
        await Gestures.PictureAsync(phone, "journey-enrol-phone");
        await phone.GetByText("Saisir la clé à la main").ClickAsync();
        var secret = TimeCodes.Read((await phone.Locator("#secret").TextContentAsync())!.Replace(" ", "", StringComparison.Ordinal));
        await phone.Locator("#code").FillAsync(scene.CodeOf(secret));
        await phone.GetByRole(AriaRole.Button, new() { Name = "Confirmer" }).ClickAsync();
        await Assertions.Expect(phone.Locator("#codes li")).ToHaveCountAsync(10);
        await Gestures.PictureAsync(phone, "journey-recovery-codes-phone");
        (await Axe.ViolationsAsync(phone)).ShouldBeEmpty();
        var code = (await phone.Locator("#codes li").First.TextContentAsync())!;
        await phone.GetByRole(AriaRole.Button, new() { Name = "Je les ai gardés, continuer" }).ClickAsync();
        await phone.WaitForURLAsync($"**{Home}/today");

        var desk = await SignInAsync(manager);
        await Assertions.Expect(desk.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Seconde étape");
        await desk.Locator("#code").FillAsync("000000");
        await desk.GetByRole(AriaRole.Button, new() { Name = "Continuer" }).ClickAsync();
        await Assertions.Expect(desk.Locator("#error")).ToContainTextAsync("Ce code n’est pas le bon");
        await Gestures.PictureAsync(desk, "journey-second-step-desk");
        await desk.Locator("#code").FillAsync(code);
        await desk.GetByRole(AriaRole.Button, new() { Name = "Continuer" }).ClickAsync();
        await desk.WaitForURLAsync($"**{Home}/today");
        await desk.GotoAsync($"{Home}/account");
        await Assertions.Expect(desk.GetByText("9 codes de secours restent.")).ToBeVisibleAsync();
        await Gestures.PictureAsync(desk, "journey-account-desk");
    }

    [Fact]
    public async Task A_manager_adds_a_passkey_and_signs_in_with_it_alone()
    {
        var owner = await scene.EnrolAsync(await scene.NewManagerAsync());
        var page = await SignInAsync(owner.Login);
        await HoldKeysAsync(page);
        await page.Locator("#code").FillAsync(owner.Codes[0]);
        await page.GetByRole(AriaRole.Button, new() { Name = "Continuer" }).ClickAsync();
        await page.WaitForURLAsync($"**{Home}/today");
        await page.GotoAsync($"{Home}/account");
        await page.GetByText("Ajouter une clé d’accès").ClickAsync();
        await page.Locator("#passkey-name").FillAsync("Ordinateur");
        await page.Locator("#passkey-password").FillAsync(AccessHost.Password);
        await page.Locator("#passkey-code").FillAsync(owner.Codes[1]);
        await page.GetByRole(AriaRole.Button, new() { Name = "Ajouter la clé" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Clé «\u00a0Ordinateur\u00a0»")).ToBeVisibleAsync();
        await Gestures.PictureAsync(page, "journey-passkeys-desk");

        await page.Context.ClearCookiesAsync();
        await page.GotoAsync(Home);
        await page.GetByRole(AriaRole.Button, new() { Name = "Utiliser une clé d’accès" }).ClickAsync();

        await page.WaitForURLAsync($"**{Home}/today");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var context in _contexts)
        {
            await context.DisposeAsync();
        }
    }

    /// <summary>A browser in which somebody has given the password.</summary>
    private async Task<IPage> SignInAsync(string login, bool phone = false)
    {
        var context = await Browser.NewContextAsync(new BrowserNewContextOptions
        {
            // A passkey is made for a name, never for an address in numbers.
            BaseURL = $"http://localhost:{scene.Host.Address.Port}",
            Locale = "fr-FR",
            ViewportSize = phone ? new ViewportSize { Width = 390, Height = 740 } : new ViewportSize { Width = 1280, Height = 800 },
            ReducedMotion = ReducedMotion.Reduce,
        });
        _contexts.Add(context);
        var page = await context.NewPageAsync();
        await page.GotoAsync(Home);
        await page.GetByLabel("Adresse électronique ou référence").FillAsync(login);
        await page.Locator("#password").FillAsync(AccessHost.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Se connecter", Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**/second-step?**");
        return page;
    }

    /// <summary>Gives the browser a device that holds passkeys and unlocks them for whoever asks.</summary>
    private static async Task HoldKeysAsync(IPage page)
    {
        var devices = await page.Context.NewCDPSessionAsync(page);
        await devices.SendAsync("WebAuthn.enable");
        await devices.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
    }
}
