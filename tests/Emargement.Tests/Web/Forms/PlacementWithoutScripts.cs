using System.Net.Http.Json;
using Emargement.Tests.Placements;
using Microsoft.Playwright;

namespace Emargement.Tests.Web.Forms;

/// <summary>Browsers without scripts on the pages of weeks in a company.</summary>
internal sealed class PlacementWithoutScripts(PlacementHost host) : IAsyncDisposable
{
    private readonly List<IBrowserContext> _contexts = [];

    /// <summary>A week at « Chez Ruiz » for the learner of the host; its id.</summary>
    public static async Task<string> CreateAsync(PlacementHost host)
    {
        var manager = await host.SignedInAsync("ines@of.example");
        var body = new
        {
            learner = "S1",
            training = "A1",
            group = "G1",
            company = "Chez Ruiz",
            tutors = new[] { new { name = "Mme Ruiz", email = PlacementGestures.Tutor } },
            firstDay = "2026-11-02",
            lastDay = "2026-11-06",
            minutesADay = 420,
        };
        using var created = await manager.PostAsJsonAsync($"{PlacementHost.Api}/placements", body, PlacementHost.Cancellation);
        return (await PlacementHost.JsonAsync(created, 201))["id"]!.GetValue<string>();
    }

    public async Task<IPage> OpenAsync(string path, string? login = null)
    {
        var context = await Browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = host.Address.ToString(),
            Locale = "fr-FR",
            JavaScriptEnabled = false,
            ViewportSize = new ViewportSize { Width = 390, Height = 740 },
        });
        _contexts.Add(context);
        if (login is not null)
        {
            await context.AddCookiesAsync(
                [new Cookie { Name = "emargement", Value = await host.CookieAsync(login), Url = host.Address.ToString() }]);
        }

        var page = await context.NewPageAsync();
        await page.GotoAsync(path);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var context in _contexts)
        {
            await context.DisposeAsync();
        }
    }
}
