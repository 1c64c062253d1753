using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Http.Middleware;
using Emargement.Web.Platform;
using Microsoft.Playwright;

namespace Emargement.Tests.Web;

/// <summary>
/// A page of the gallery in a browser, with no server: pages and assets are handed over as they would be sent, under the same policy.
/// </summary>
internal sealed class Screen : IAsyncDisposable
{
    private const string Origin = "https://emargement.example";

    private readonly IBrowserContext _context;

    private string _html;

    private Screen(IBrowserContext context, IPage page, string html) => (_context, Page, _html) = (context, page, html);

    public IPage Page { get; }

    public List<string> Faults { get; } = [];

    public static async Task<Screen> OpenAsync(string html, int width, int height, bool dark = false)
    {
        var context = await Browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
            HasTouch = width < 600,
        });
        var screen = new Screen(context, await context.NewPageAsync(), html);
        screen.Page.Console += (_, message) =>
        {
            if (message.Type == "error" && !message.Text.Contains("net::ERR", StringComparison.Ordinal))
            {
                screen.Faults.Add(message.Text);
            }
        };
        screen.Page.PageError += (_, error) => screen.Faults.Add(error);
        await context.RouteAsync("**/*", route => AnswerAsync(route, screen._html));
        await screen.ShowAsync(html);
        return screen;
    }

    /// <summary>Another page on the same screen.</summary>
    public async Task ShowAsync(string html)
    {
        _html = html;
        await Page.GotoAsync($"{Origin}/page");
        await Page.EvaluateAsync("document.fonts.ready");
    }

    /// <summary>Words of which a part is hidden because they are too long for their place.</summary>
    public async Task<IReadOnlyList<string>> CutWordsAsync() => await Page.EvaluateAsync<string[]>(
        """
        () => [...document.querySelectorAll("body *")]
          .filter(
              e => e.clientWidth > 1 && e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX !== "visible"
                  && e.tagName !== "INPUT")
          .map(e => `${e.tagName}: ${e.textContent.trim().slice(0, 80)}`)
        """);

    /// <summary>Violations of WCAG 2.1 A and AA that axe finds in what is shown now.</summary>
    public Task<IReadOnlyList<string>> AxeAsync() => Axe.ViolationsAsync(Page);

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    private static Task AnswerAsync(IRoute route, string html)
    {
        var path = new Uri(route.Request.Url).AbsolutePath;
        if (path.StartsWith("/assets/", StringComparison.Ordinal) && Bundle.Find(path["/assets/".Length..]) is { } asset)
        {
            return route.FulfillAsync(new RouteFulfillOptions { ContentType = asset.ContentType, BodyBytes = asset.Content });
        }

        return path == "/page"
            ? route.FulfillAsync(new RouteFulfillOptions
            {
                ContentType = "text/html; charset=utf-8",
                Body = html,
                Headers = new Dictionary<string, string> { ["Content-Security-Policy"] = SecurityHeadersMiddleware.ContentSecurityPolicy },
            })
            : route.AbortAsync();
    }
}
