using Emargement.Tests.Web;
using Emargement.Web.Platform;

namespace Emargement.Tests.Sessions.Modes;

public sealed class PaperByKeyboardTests
{
    [Fact]
    public async Task A_half_day_is_entered_from_top_to_bottom_without_leaving_the_keyboard()
    {
        await using var screen = await Screen.OpenAsync(await GalleryPages.HtmlAsync("paper-entry", Texts.For("fr")), 1280, 800);
        await screen.Page.Locator("[name='m.2.S0']").FocusAsync();

        // Present, late by 20 minutes, absent, then everybody else of the column; seven counted; the trainer signed; the next half-day.
        foreach (var key in (string[])["p", "R", "2", "0", "Enter", "i", "Shift+P", "7", "Enter", "Space", "Enter"])
        {
            await screen.Page.Keyboard.PressAsync(key);
        }

        (await SaidAsync(screen)).ShouldBe(
            "m.2.S0=Present m.2.S1=Late n.2.S1=20 m.2.S2=AbsentUnjustified m.2.S3=Present m.2.S4=Present m.2.S5=Present m.2.S6=Present "
                + "m.2.S7=Present h.2=7 t.2=yes");
        (await screen.Page.EvaluateAsync<string>("document.activeElement.name")).ShouldBe("m.3.S0");
        (await screen.Page.Locator("[data-save]").InnerTextAsync()).ShouldBe("Enregistrer 1 demi-journée");
        (await screen.Page.Locator("[data-ready]").InnerTextAsync()).ShouldStartWith("1 demi-journée est commencée");

        await Gestures.PictureAsync(screen.Page, "paper-by-keyboard");

        await screen.Page.Keyboard.PressAsync("ArrowLeft");
        await screen.Page.Keyboard.PressAsync("Delete");
        (await screen.Page.Locator("[name='m.2.S0']").InputValueAsync()).ShouldBeEmpty("a mistake is taken back");
        screen.Faults.ShouldBeEmpty();
    }

    private static Task<string> SaidAsync(Screen screen) => screen.Page.EvaluateAsync<string>(
        "[...new FormData(document.querySelector('[data-paper]'))].filter(([name, value]) => /^[mnht]\\.2/.test(name) && value)"
            + ".map(said => said.join('=')).join(' ')");
}
