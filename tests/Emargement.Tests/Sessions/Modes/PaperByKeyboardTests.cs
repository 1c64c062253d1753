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

    [Fact]
    public async Task On_a_phone_a_finger_says_that_all_of_a_half_day_were_present()
    {
        await using var screen = await Screen.OpenAsync(await GalleryPages.HtmlAsync("paper-entry", Texts.For("fr")), 390, 740);
        await screen.Page.Locator("[data-fill='2']").DispatchEventAsync("click");

        (await SaidAsync(screen)).ShouldNotContain("h.2", Case.Sensitive, "nothing is counted by itself");
        (await screen.Page.Locator("select[data-column='2']").EvaluateAllAsync<int>(
            "boxes => boxes.filter(box => box.value === 'Present').length")).ShouldBe(8);
        await Gestures.PictureAsync(screen.Page, "paper-by-finger");
    }

    private static Task<string> SaidAsync(Screen screen) => screen.Page.EvaluateAsync<string>(
        "[...new FormData(document.querySelector('[data-paper]'))].filter(([name, value]) => /^[mnht]\\.2/.test(name) && value)"
            + ".map(said => said.join('=')).join(' ')");
}
