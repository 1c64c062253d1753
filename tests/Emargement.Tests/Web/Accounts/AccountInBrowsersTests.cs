using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts;
using Emargement.Tests.Sealing;
using Microsoft.Playwright;

namespace Emargement.Tests.Web.Accounts;

/// <summary>Passwords, codes and devices as people handle them, in their browsers, on the whole app. Numbers are those of OWASP ASVS
/// 5.0.</summary>
public sealed class AccountInBrowsersTests : IAsyncLifetime
{
    private const string NewPassword = "Cinq chevaux bleus";

    private static readonly string Home = $"/o/{WebWorld.Org}/sign";
    private static readonly string Account = $"/o/{WebWorld.Org}/account";

    private WebWorld _world = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _world = await WebWorld.StartAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_learner_recovers_the_password_on_a_phone_from_the_mail_to_the_signed_in_page()
    {
        await HolderAsync(AccountKind.Learner, "L1", "Lefèbvre", "Zoë", "zoe@example.fr");
        var stolen = await _world.SignedInAsync("L1", Home, phone: true);

        var phone = await _world.OpenAsync($"/o/{WebWorld.Org}", phone: true);
        await phone.GetByRole(AriaRole.Link, new() { Name = "Mot de passe oublié" }).ClickAsync();
        await phone.Locator("#login").FillAsync("zoe@example.fr");
        await Gestures.PictureAsync(phone, "recover-1-ask");
        (await Axe.ViolationsAsync(phone)).ShouldBeEmpty();
        await phone.GetByRole(AriaRole.Button, new() { Name = "Recevoir un lien" }).ClickAsync();
        await Assertions.Expect(phone.Locator("#sent")).ToBeVisibleAsync();
        await Gestures.PictureAsync(phone, "recover-2-sent");
        (await Axe.ViolationsAsync(phone)).ShouldBeEmpty();

        await phone.GotoAsync(await LinkInTheMailboxAsync());
        await Assertions.Expect(phone.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Choisissez votre mot de passe");
        (await Axe.ViolationsAsync(phone)).ShouldBeEmpty();
        await phone.Locator("#password").FillAsync(NewPassword);
        await Gestures.PictureAsync(phone, "recover-3-choose");
        await phone.GetByRole(AriaRole.Button, new() { Name = "Enregistrer" }).ClickAsync();
        await phone.WaitForURLAsync(url => new Uri(url).AbsolutePath == $"/o/{WebWorld.Org}");
        await SignInAsync(phone, "zoe@example.fr", NewPassword);

        await Assertions.Expect(phone.Locator("main")).ToContainTextAsync("Technicien supérieur");
        await Gestures.PictureAsync(phone, "recover-4-signed-in");
        await IsSignedOutAsync(stolen);
    }

    [Fact]
    public async Task A_trainer_prints_a_code_and_the_learner_without_e_mail_chooses_a_password_with_it()
    {
        var trainer = await _world.SignedInAsync("claire.ruiz@example.fr", _world.SessionPath);
        await trainer.GetByRole(AriaRole.Button, new() { Name = "Ouvrir la séance" }).ClickAsync();
        await trainer.GetByRole(AriaRole.Button, new() { Name = "Codes d’accès à imprimer" }).ClickAsync();
        await Gestures.PictureAsync(trainer, "codes-1-dialog");
        (await Axe.ViolationsAsync(trainer)).ShouldBeEmpty();
        var file = await trainer.RunAndWaitForDownloadAsync(
            () => trainer.GetByRole(AriaRole.Button, new() { Name = "Préparer le PDF" }).ClickAsync());
        file.SuggestedFilename.ShouldBe("codes-acces.pdf");
        using var folder = new Folder();
        var pdf = Path.Combine(folder.Path, "codes.pdf");
        await file.SaveAsAsync(pdf);
        var lines = Tool.Run("pdftotext", "-raw", pdf, "-").Text.Split('\n').Select(l => l.Trim()).ToList();
        var code = lines.Skip(lines.IndexOf("Votre référence : L3")).First(l => RecoveryCode.TryParse(l, out _));

        var phone = await _world.OpenAsync($"/o/{WebWorld.Org}/password#code", phone: true);
        await phone.Locator("#reference").FillAsync("l3");
        await phone.Locator("#printed").FillAsync(code.ToLowerInvariant());
        await phone.Locator("#password").FillAsync(NewPassword);
        await Gestures.PictureAsync(phone, "codes-2-typed");
        (await Axe.ViolationsAsync(phone)).ShouldBeEmpty();
        await phone.Locator("#by-code [type=submit]").ClickAsync();
        await Assertions.Expect(phone.Locator("#chosen")).ToBeVisibleAsync();
        await Gestures.PictureAsync(phone, "codes-3-chosen");
        (await Axe.ViolationsAsync(phone)).ShouldBeEmpty();
        await phone.GetByRole(AriaRole.Link, new() { Name = "Revenir à la connexion" }).ClickAsync();
        await SignInAsync(phone, "L3", NewPassword);

        await Assertions.Expect(phone.Locator("main")).ToContainTextAsync("Technicien supérieur");
    }

    [Fact]
    public async Task V7_5_2_A_person_sees_where_they_are_signed_in_and_ends_one_and_all()
    {
        var phone = await _world.SignedInAsync("L1", Home, phone: true);
        var desk = await _world.SignedInAsync("L1", Home);
        var lost = await _world.SignedInAsync("L1", Home);
        await phone.GetByRole(AriaRole.Link, new() { Name = "Mon compte" }).ClickAsync();
        await Assertions.Expect(phone.Locator("[data-end]")).ToHaveCountAsync(2);
        await Gestures.PictureAsync(phone, "account-1-devices");
        (await Axe.ViolationsAsync(phone)).ShouldBeEmpty();

        await phone.Locator("[data-end]").First.ClickAsync();
        await Assertions.Expect(phone.Locator("[data-end]")).ToHaveCountAsync(1);
        await phone.ReloadAsync();
        await Assertions.Expect(phone.Locator("[data-end]")).ToHaveCountAsync(1);
        await phone.GetByRole(AriaRole.Button, new() { Name = "Me déconnecter partout" }).ClickAsync();
        await phone.WaitForURLAsync(url => new Uri(url).AbsolutePath == $"/o/{WebWorld.Org}");

        foreach (var page in new[] { phone, desk, lost })
        {
            await IsSignedOutAsync(page);
        }
    }

    [Fact]
    public async Task V7_4_5_A_manager_opens_a_person_from_the_half_day_and_ends_their_devices()
    {
        var manager = await HolderAsync(AccountKind.Manager, "M1", "Roche", "Inès", "ines@example.fr");
        (await _world.Get<Passwords>().SetAsync(WebWorld.Org, manager, WebWorld.Password, null, null, Cancellation)).IsOk.ShouldBeTrue();
        var lost = await _world.SignedInAsync("L1", Home, phone: true);

        var desk = await _world.SignedInAsync("ines@example.fr", _world.SessionPath);
        await desk.GetByRole(AriaRole.Link, new() { Name = "Lefèbvre Zoë" }).ClickAsync();
        await Assertions.Expect(desk.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Accès de Zoë Lefèbvre");
        await Gestures.PictureAsync(desk, "person-1");
        (await Axe.ViolationsAsync(desk)).ShouldBeEmpty();
        await desk.GetByRole(AriaRole.Button, new() { Name = "Déconnecter tous ses appareils" }).ClickAsync();

        await Assertions.Expect(desk.GetByText("Aucun appareil n’est connecté.")).ToBeVisibleAsync();
        await IsSignedOutAsync(lost);
    }

    [Fact]
    public async Task V6_2_6_and_V6_2_7_A_password_is_hidden_until_it_is_asked_for_and_may_be_pasted()
    {
        var page = await _world.OpenAsync($"/o/{WebWorld.Org}");
        var password = page.Locator("#password");
        await Assertions.Expect(password).ToHaveAttributeAsync("type", "password");
        await Assertions.Expect(password).ToHaveAttributeAsync("autocomplete", "current-password");

        await page.Locator("#login").FillAsync(" Cinq  chevaux bleus ");
        await page.Locator("#login").FocusAsync();
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.PressAsync("Control+C");
        await password.FocusAsync();
        await page.Keyboard.PressAsync("Control+V");
        await Assertions.Expect(password).ToHaveValueAsync(" Cinq  chevaux bleus ");
        await page.GetByRole(AriaRole.Button, new() { Name = "Afficher" }).ClickAsync();

        await Assertions.Expect(password).ToHaveAttributeAsync("type", "text");
        await page.GetByRole(AriaRole.Button, new() { Name = "Masquer" }).ClickAsync();
        await Assertions.Expect(password).ToHaveAttributeAsync("type", "password");
    }

    private async Task<AccountId> HolderAsync(AccountKind kind, string reference, string last, string first, string email)
    {
        var id = new AccountId(kind, Reference.Parse(reference));
        await _world.Get<IAccountDirectory>().EnsureAsync(
            WebWorld.Org, [new AccountHolder(id, last, first, EmailAddress.Parse(email))], Cancellation);
        return id;
    }

    // The mail leads to the app's configured address, which a test has not: only its path is followed.
    private async Task<string> LinkInTheMailboxAsync()
    {
        await _world.WhenIdleAsync();
        var mailbox = await _world.OpenAsync("/dev/mailbox");
        await mailbox.GetByRole(AriaRole.Link, new() { Name = "nouveau mot de passe" }).ClickAsync();
        var link = (await mailbox.Locator("a[href*='/a/']").First.GetAttributeAsync("href")).ShouldNotBeNull();
        return new Uri(link).AbsolutePath;
    }

    private static async Task SignInAsync(IPage page, string login, string password)
    {
        await page.Locator("#login").FillAsync(login);
        await page.Locator("#password").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Se connecter" }).ClickAsync();
        await page.WaitForURLAsync(url => new Uri(url).AbsolutePath == Home);
    }

    private static async Task IsSignedOutAsync(IPage page)
    {
        await page.GotoAsync(Account);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Connexion");
    }
}
