using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Emargement.Tests.Web;

/// <summary>A page of the gallery in a browser, without the app: <see cref="ScreenServer"/> hands it over.</summary>
internal sealed class Screen : IAsyncDisposable
{
    // What showed one page shows the next: a process of the browser for each, which fetches everything again, takes longer than the tests.
    private static readonly ConcurrentDictionary<Kind, ConcurrentBag<IPage>> Free = new();

    private readonly string _name = Guid.NewGuid().ToString("N");
    private readonly Kind _kind;

    private Screen(Kind kind, IPage page)
    {
        (_kind, Page) = (kind, page);
        page.Console += HearConsole;
        page.PageError += HearError;
    }

    public IPage Page { get; }

    public List<string> Faults { get; } = [];

    public static async Task<Screen> OpenAsync(string html, int width, int height, bool dark = false)
    {
        var kind = new Kind(width, height, dark);
        var screen = new Screen(kind, Free.GetOrAdd(kind, _ => []).TryTake(out var before) ? before : await kind.NewPageAsync());
        await screen.ShowAsync(html);
        return screen;
    }

    /// <summary>Another page on the same screen.</summary>
    public async Task ShowAsync(string html)
    {
        await Page.GotoAsync(await ScreenServer.PutAsync(_name, html));
        await Page.EvaluateAsync("document.fonts.ready");
    }

    /// <summary>How the words of a page stand in it, asked at once: hundreds of pages are.</summary>
    public Task<Words> WordsAsync() => Page.EvaluateAsync<Words>(
        """
        () => ({
          language: document.documentElement.lang,
          width: document.documentElement.scrollWidth,
          cut: [...document.querySelectorAll("body *")]
            .filter(
                e => e.clientWidth > 1 && e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX !== "visible"
                    && e.tagName !== "INPUT" && !(getComputedStyle(e).overflowX === "auto" && e.tabIndex === 0))
            .map(e => `${e.tagName}: ${e.textContent.trim().slice(0, 80)}`),
        })
        """);

    /// <summary>Violations of WCAG 2.1 A and AA that axe finds in what is shown now.</summary>
    public Task<IReadOnlyList<string>> AxeAsync() => Axe.ViolationsAsync(Page);

    public async ValueTask DisposeAsync()
    {
        Page.Console -= HearConsole;
        Page.PageError -= HearError;

        // Nothing that a page kept is found by the next.
        await Page.EvaluateAsync("localStorage.clear(); sessionStorage.clear()");
        await Page.Context.ClearCookiesAsync();
        Free[_kind].Add(Page);
    }

    private void HearConsole(object? page, IConsoleMessage message)
    {
        if (message.Type == "error" && !message.Text.Contains("net::ERR", StringComparison.Ordinal))
        {
            Faults.Add(message.Text);
        }
    }

    private void HearError(object? page, string error) => Faults.Add(error);

    /// <summary>The language that a page says, the width that it takes, and words of which a part is hidden because they are too long for
    /// their place, which cannot be scrolled by key.</summary>
    public sealed record Words(string Language, int Width, string[] Cut)
    {
        // The browser's answer is filled in.
        public Words()
            : this("", 0, [])
        {
        }
    }

    private readonly record struct Kind(int Width, int Height, bool Dark)
    {
        public async Task<IPage> NewPageAsync()
        {
            var context = await Browser.NewContextAsync(new BrowserNewContextOptions
            {
                ViewportSize = new ViewportSize { Width = Width, Height = Height },
                ColorScheme = Dark ? ColorScheme.Dark : ColorScheme.Light,
                ReducedMotion = ReducedMotion.Reduce,
                HasTouch = Width < 600,
            });
            return await context.NewPageAsync();
        }
    }
}
