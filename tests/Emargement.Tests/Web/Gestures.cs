using Microsoft.Playwright;

namespace Emargement.Tests.Web;

/// <summary>What people do with hands and keys.</summary>
internal static class Gestures
{
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("EMARGEMENT_PICTURES");

    /// <summary>Draws a signature.</summary>
    public static async Task DrawAsync(IPage page, string canvas)
    {
        await Assertions.Expect(page.Locator(canvas)).ToBeVisibleAsync();
        var box = (await page.Locator(canvas).BoundingBoxAsync()).ShouldNotBeNull();
        await page.Mouse.MoveAsync(box.X + 40, box.Y + (box.Height / 2));
        await page.Mouse.DownAsync();
        foreach (var (x, y) in new[] { (80, -30), (110, 25), (150, -20), (190, 15), (240, -5) })
        {
            await page.Mouse.MoveAsync(box.X + x, box.Y + (box.Height / 2) + y, new() { Steps = 4 });
        }

        await page.Mouse.UpAsync();
    }

    /// <summary>Goes to an element with the tab key alone.</summary>
    public static async Task TabToAsync(IPage page, string selector)
    {
        for (var i = 0; i < 30 && !await page.Locator(selector).EvaluateAsync<bool>("e => e === document.activeElement"); i++)
        {
            await page.Keyboard.PressAsync("Tab");
        }

        await Assertions.Expect(page.Locator(selector)).ToBeFocusedAsync();
    }

    /// <summary>Takes a picture of what the window shows, when <c>EMARGEMENT_PICTURES</c> names a folder.</summary>
    public static async Task PictureAsync(IPage page, string name)
    {
        if (Pictures is not null)
        {
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Pictures, $"{name}.png") });
        }
    }
}
